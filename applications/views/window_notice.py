"""申請できる日になったら知らせる: asked from the public check, looked at and taken back from My page."""

import datetime as dt
from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Birth
from applications.selectors.standing import latest_birth
from applications.selectors.window_notices import notice_of
from applications.services.window_notices import NothingToWaitFor, ask_notice, withdraw_notice
from eligibility.access import programme_for
from eligibility.engine import Facts, application_window
from eligibility.views import CHECK_DUE_DATE
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

WITHDRAW = "withdraw"
"""Name of the button that takes it back."""


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def window_notice(request: PortalRequest) -> HttpResponse:
    """What she came with from the check is asked about first; else what she has asked for stands here.

    After a loss nothing asks for a due date: her own page says what is left, and leads to a new application.
    """
    due, notice = _from_check(request), notice_of(request.user, request.municipality)
    birth = latest_birth(request.user, request.municipality)
    if notice is None and birth is not None and birth.outcome == Birth.Outcome.LOST:
        return redirect("pages:my_page", slug=request.municipality.slug)
    if request.method == "POST":
        if WITHDRAW in request.POST and notice:
            withdraw_notice(notice, by=request.user, at=clock.now())
            messages.success(request, _("お知らせを取りやめました。予定日も消しました。"))
        elif due:
            with suppress(NothingToWaitFor):  # the page that follows leads to applying
                ask_notice(request.municipality, due, by=request.user, at=clock.now())
            del request.session[CHECK_DUE_DATE]
        return redirect("applications:window_notice", slug=request.municipality.slug)
    if due is None and notice is None:
        return redirect("eligibility:check", slug=request.municipality.slug)
    return render(request, "citizen/window_notice.html", {"notice": notice, "due": due, "opens": _opens(request, due)})


def _from_check(request: PortalRequest) -> dt.date | None:
    """The due date that she gave to the check of this municipality, on her way here."""
    told = request.session.get(CHECK_DUE_DATE) or {}
    if told.get("municipality") != request.municipality.slug:
        return None
    return dt.date.fromisoformat(told["due_date"])


def _opens(request: PortalRequest, due: dt.date | None) -> dt.date | None:
    if due is None:
        return None
    return application_window(Facts(due_date=due), programme_for(request.municipality, clock.today()).terms).opens_on
