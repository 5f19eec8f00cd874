"""The two steps of each change of settings: what would change, signed for who was shown it; then the change."""

import base64
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, Protocol

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from eligibility.public import Settings, SettingsMoved, change_settings, settings_differ
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

CHECKED_FOR = 3_600
"""Seconds in which what was checked may be made to hold."""

MOVED = "確かめているあいだに、設定が変わりました。いまの設定を見て、もういちど変えてください。"
SALT = "postpartum_portal.pages.settings"


class Asked(Protocol):
    """A valid form that asks for settings; `standing` are those that it began with."""

    standing: Settings
    cleaned_data: dict[str, Any]

    @property
    def chosen(self) -> Settings: ...

    def add_error(self, field: None, error: str) -> None: ...


class Checked(NamedTuple):
    seen: Settings
    chosen: Settings
    reason: str


def check_page(request: PortalRequest, asked: Asked, **shown: Any) -> HttpResponse | None:
    """What would change, and what it looks like (`shown`); None where nothing would, which the form then says."""
    changes = settings_differ(asked.standing, asked.chosen, on=clock.today())
    if not changes:
        asked.add_error(None, "変わるところがありません。")
        return None
    said = {"of": _whose(request), "seen": _plain(asked.standing), "chosen": _plain(asked.chosen)}
    reason = asked.cleaned_data["reason"]
    token = signing.dumps({**said, "reason": reason}, salt=SALT, compress=True)
    context = {"changes": changes, "reason": reason, "token": token, **shown}
    return render(request, "centre/settings_check.html", context)


def read(request: PortalRequest) -> Checked:
    """What this very person was shown on this page a while ago."""
    try:
        said = signing.loads(request.POST.get("checked", ""), salt=SALT, max_age=CHECKED_FOR)
    except signing.BadSignature:
        raise Http404 from None
    if said["of"] != _whose(request):
        raise Http404
    return Checked(_settings(said["seen"]), _settings(said["chosen"]), said["reason"])


def save(request: PortalRequest, *, told: str) -> HttpResponseBase:
    """Make what was checked hold, say `told`, and go back to the page."""
    checked = read(request)
    try:
        change_settings(request.municipality, **checked._asdict(), by=request.user, at=clock.now())
    except SettingsMoved:
        messages.warning(request, MOVED)
    else:
        messages.success(request, told)
    return redirect(request.path)


def _whose(request: PortalRequest) -> Sequence[Any]:
    return [request.municipality.pk, request.user.pk, request.path]


def _plain(settings: Settings) -> dict[str, Any]:
    image = settings.seal_image
    return {**asdict(settings), "seal_image": base64.b64encode(image).decode() if image else None}


def _settings(plain: dict[str, Any]) -> Settings:
    image = plain["seal_image"]
    return Settings(**{**plain, "seal_image": base64.b64decode(image) if image else None})
