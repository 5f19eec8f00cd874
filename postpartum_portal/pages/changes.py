"""変更届: what is on file, what was reported before, and for each kind the new, then what follows, then the deed."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.public import (
    ChangeForm,
    ChangeNotice,
    MovedAlready,
    NothingChanged,
    OnFile,
    Standing,
    change_form,
    entitlement_of,
    in_words,
    on_file,
    report_change,
    standing_of,
    told_notices,
    wanted_of,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock, wareki

from .change_page import change_page

Kind = ChangeNotice.Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on file; `later` is what holds from a day to come, or ""."""

    kind: str
    label: str
    value: str
    later: str


@access.citizen
@require_safe
def changes(request: PortalRequest) -> HttpResponse:
    found = on_file(request.user, request.municipality)
    if found is None:
        return redirect("pages:my_page", slug=request.municipality.slug)
    context = {
        "lines": [_line(found, kind, on=clock.today()) for kind in found.kinds],
        "notices": told_notices(found.household, found.terms),
        "certificates": wanted_of(request.user, request.municipality, on=clock.today()),
        "after_loss": found.after_loss,
    }
    return render(request, "citizen/changes/changes.html", context)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PortalRequest, kind: str) -> HttpResponse:
    """The form; sent once, what would follow; confirmed as it was shown, the report."""
    found, now = on_file(request.user, request.municipality), clock.now()
    if found is None:
        return redirect("pages:my_page", slug=request.municipality.slug)
    if kind not in found.kinds:
        raise Http404
    posted = request.POST if request.method == "POST" else give_back(request)
    form = change_form(Kind(kind), found, posted, today=clock.day_of(now))
    context: dict[str, object] = {"form": form, "after_loss": found.after_loss}
    if posted is None or request.method != "POST" or not form.is_valid():
        line = _line(found, form.kind, on=clock.day_of(now))
        context |= {"stands": line.value, "later": line.later}
        return render(request, "citizen/changes/change.html", context)
    page = change_page(form, _standing(request), now=now, on=clock.day_of(now))
    shown = posted.get("shown", "")
    if shown != page.shown:
        context |= {"page": page, "changed": bool(shown)}
        return render(request, "citizen/changes/confirm.html", context)
    return _report(request, form, now)


def _report(request: PortalRequest, form: ChangeForm, now: dt.datetime) -> HttpResponse:
    household = form.found.household
    try:
        report_change(
            household,
            form.kind,
            form.values(),
            effective_on=form.effective_on,
            form_token=f"{household.pk}:{form.cleaned_data['token']}",
            by=request.user,
            at=now,
        )
    except NothingChanged:
        messages.warning(request, _("もう届け出た内容と同じです。"))
    except MovedAlready:
        messages.warning(request, _("転出の日を過ぎたので、ここでは取り消せません。下の番号に電話してください。"))
    else:
        messages.success(request, _("変更届を受け取りました。"))
    return redirect("pages:changes", slug=request.municipality.slug)


def _standing(request: PortalRequest) -> Standing | None:
    entitlement = entitlement_of(request.user, request.municipality)
    return standing_of(entitlement) if entitlement else None


def _line(found: OnFile, kind: Kind, *, on: dt.date) -> Line:
    coming = [row for row in found.classes if kind is Kind.HOUSEHOLD_CLASS and row.starts_on > on]
    later = [
        _("%(day)sから「%(label)s」")
        % {
            "day": wareki.short(row.starts_on),
            "label": in_words(kind, {"household_class": row.code}, found.terms),
        }
        for row in coming[-1:]
    ]
    return Line(kind.value, str(kind.label), in_words(kind, found.stands(kind, on=on), found.terms), "".join(later))
