"""Answering a request by other days."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.suggest import SuggestForm
from facilities.models import Booking, Hold
from facilities.selectors.holds import offering_of
from facilities.selectors.suggestions import may_suggest
from facilities.selectors.told_to_desk import told_to_desk
from facilities.selectors.uses import terms_of
from facilities.services.booking import DayFull
from facilities.services.reading import read_card
from facilities.services.suggesting import NotSuggested, suggest_days
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import to_booking
from .requests import ANSWERED, request_or_404


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: FacilityRequest, number: str) -> HttpResponse:
    booking, now = request_or_404(request, number), clock.now()
    offering = offering_of(booking)
    if booking.status != Booking.Status.REQUESTED and request.method != "POST":
        messages.warning(request, ANSWERED)
        return to_booking(request, booking)
    if offering is None or not may_suggest(booking):
        return redirect("facility:request", number=number)
    sent = request.POST if request.method == "POST" else None
    form = SuggestForm(sent, booking=booking, service=terms_of(booking).service(booking.service), on=now.date())
    if form.is_valid():
        try:
            holds = suggest_days(booking, offering, **form.said(), by=request.user, at=now)
        except NotSuggested as refused:
            form.refuse([told_to_desk(findings) for findings in refused.findings])
        except DayFull as full:
            form.refuse_full(full.days)
        except (TransitionNotAllowed, Overtaken):
            messages.warning(request, ANSWERED)
            return to_booking(request, booking)
        else:
            return _suggested(request, booking, holds[0])
    booking = request_or_404(request, number)  # as it stands: a try that failed has changed nothing
    card = read_card(booking, by=request.user, at=now)
    context = {"card": card, "form": form, "hours": settings.SUGGESTION_HOURS}
    return render(request, "facility/suggest.html", context)


def _suggested(request: FacilityRequest, booking: Booking, hold: Hold) -> HttpResponse:
    until = wareki.moment(hold.expires_at)
    messages.success(
        request, f"ほかの日を提案しました。お母さんは{until}まで選べます。それまで、空きを取っておきます。"
    )
    return to_booking(request, booking)
