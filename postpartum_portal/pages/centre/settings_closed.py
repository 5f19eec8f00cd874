"""事務 › 設定 › 閉庁日: days on which the office is closed, beside those of the programme file."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from eligibility.engine import ready_day
from eligibility.public import Settings, as_closed_days, newly_closed, programme_on
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .settings_checked import check_page, save
from .settings_closed_form import ClosedDaysForm

TOLD = "閉庁日を変えました。開庁日で数える日は、いまから新しい閉庁日で数えます。"


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def closed_days(request: PortalRequest) -> HttpResponseBase:
    """By the word of the button: the list with its form, what would change ("check"), the change ("save")."""
    act, standing = request.POST.get("act", ""), Settings.of(request.municipality)
    if request.method != "POST" or act == "back":
        return _page(request, ClosedDaysForm(standing=standing, on=clock.today()))
    if act == "check":
        form = ClosedDaysForm(request.POST, standing=standing, on=clock.today())
        checked = check_page(request, form, page="閉庁日", **_effect(request, form)) if form.is_valid() else None
        return checked or _page(request, form)
    if act != "save":
        raise Http404
    return save(request, told=TOLD)


def _page(request: PortalRequest, form: ClosedDaysForm) -> HttpResponse:
    terms = programme_on(request.municipality, clock.today()).terms
    context = {"form": form, "by_programme": terms.office_days.closed}
    return render(request, "centre/settings_closed.html", context)


def _effect(request: PortalRequest, form: ClosedDaysForm) -> dict[str, Any]:
    """Which days of the coming year close and open by it, by when what is handed in today would be decided, and whether
    deadlines of bookings move with them.
    """
    on = clock.today()
    terms = programme_on(request.municipality, on).terms
    before, takes = terms.office_days, terms.application.takes
    after = replace(before, entered=as_closed_days(form.chosen.closed_days))
    return {
        "closing": newly_closed(before, after, on=on),
        "opening": newly_closed(after, before, on=on),
        "ready": [ready_day(on, takes, days) for days in (before, after)] if takes and takes.working else None,
        "deadlines": any(tier.deadline.working for service in terms.services for tier in service.cancellation.tiers),
    }
