"""事務 › 設定: what letters carry, and who decides. First what would change and the letter, then the change."""

import base64
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.public import sample_page
from eligibility.public import (
    Settings,
    SettingsMoved,
    as_if,
    change_settings,
    programme_on,
    setting_changes,
    settings_differ,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .settings_forms import SettingsForm

CHECKED_FOR = 3_600
"""Seconds in which what was checked may be made to hold."""

MOVED = "確かめているあいだに、設定が変わりました。いまの設定を見て、もういちど変えてください。"
SALT = "postpartum_portal.pages.settings"


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PortalRequest) -> HttpResponseBase:
    """By the word of the button: the form, what would change ("check"), the letter ("letter"), the change ("save")."""
    act, standing = request.POST.get("act", ""), Settings.of(request.municipality)
    if request.method != "POST" or act == "back":
        return _page(request, SettingsForm(standing=standing))
    if act == "check":
        form = SettingsForm(request.POST, request.FILES, standing=standing)
        return _checked(request, form, standing) if form.is_valid() else _page(request, form)
    seen, chosen, reason = _read(request)
    if act == "letter":
        return HttpResponse(sample_page(as_if(request.municipality, chosen), on=clock.today()))
    if act != "save":
        raise Http404
    try:
        change_settings(request.municipality, chosen, seen=seen, reason=reason, by=request.user, at=clock.now())
    except SettingsMoved:
        messages.warning(request, MOVED)
    else:
        messages.success(request, "設定を変えました。これから作る手紙に使います。もう出した手紙は変わりません。")
    return redirect("pages:settings", slug=request.municipality.slug)


def _checked(request: PortalRequest, form: SettingsForm, standing: Settings) -> HttpResponse:
    changes = settings_differ(standing, form.chosen, on=clock.today())
    if not changes:
        form.add_error(None, "変わるところがありません。")
        return _page(request, form)
    said = {"of": _whose(request), "seen": _plain(standing), "chosen": _plain(form.chosen)}
    token = signing.dumps({**said, "reason": form.cleaned_data["reason"]}, salt=SALT, compress=True)
    context = {"changes": changes, "reason": form.cleaned_data["reason"], "token": token}
    return render(request, "centre/settings_check.html", context)


def _page(request: PortalRequest, form: SettingsForm) -> HttpResponse:
    terms = programme_on(request.municipality, clock.today()).terms
    context = {
        "form": form,
        "closed": terms.office_days.closed,
        "office": terms.offices[0],
        "history": setting_changes(request.municipality),
    }
    return render(request, "centre/settings.html", context)


def _read(request: PortalRequest) -> tuple[Settings, Settings, str]:
    """What this very person was shown a while ago: settings then, settings to be, the reason."""
    try:
        said = signing.loads(request.POST.get("checked", ""), salt=SALT, max_age=CHECKED_FOR)
    except signing.BadSignature:
        raise Http404 from None
    if said["of"] != _whose(request):
        raise Http404
    return _settings(said["seen"]), _settings(said["chosen"]), said["reason"]


def _whose(request: PortalRequest) -> list[int]:
    return [request.municipality.pk, request.user.pk]


def _plain(settings: Settings) -> dict[str, Any]:
    image = settings.seal_image
    return {**asdict(settings), "seal_image": base64.b64encode(image).decode() if image else None}


def _settings(plain: dict[str, Any]) -> Settings:
    image = plain["seal_image"]
    return Settings(**{**plain, "seal_image": base64.b64decode(image) if image else None})
