"""Requests that wait for an answer: the list, one of them, yes, and no with a reason."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.answer import DeclineForm
from facilities.forms.staff.spoken import SpokenForm
from facilities.models import Booking
from facilities.selectors.desks import answered_by
from facilities.selectors.guests import with_rows
from facilities.selectors.places import places_of
from facilities.selectors.spoken import request_spoken
from facilities.selectors.suggestions import may_suggest, suggested_by
from facilities.selectors.uses import counted_in, terms_of
from facilities.selectors.waiting import waiting_requests
from facilities.selectors.waiting_desk import count_in_line
from facilities.services import answering
from facilities.services.reading import read_card, read_cards
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import to_booking
from .moves import asked_moves
from .preparations import planned_visits
from .soundings import asked_soundings

CHANGED = "見ているあいだに、お母さんが日を変えました。新しい日を確かめてください。"
ANSWERED = "この依頼は、もう返事がすんでいるか、取り下げられています。"


@facility_desk
@require_safe
def inbox(request: FacilityRequest) -> HttpResponse:
    return _inbox(request, SpokenForm())


@facility_desk
@require_POST
def spoken(request: FacilityRequest) -> HttpResponse:
    """To the request that a mother on the phone names by six digits."""
    form = SpokenForm(request.POST)
    if form.is_valid():
        booking = request_spoken(request.facility, form.cleaned_data["code"], at=clock.now())
        if booking:
            return redirect("facility:request", number=booking.number)
        form.add_error("code", "この番号の依頼は、いまはありません。番号を聞きなおすか、下の一覧から探してください。")
    return _inbox(request, form)


@facility_desk
@require_safe
def asked(request: FacilityRequest, number: str) -> HttpResponse:
    """One request, with how full its days are; one that is answered leads to its booking."""
    booking = request_or_404(request, number)
    if booking.status != Booking.Status.REQUESTED:
        return to_booking(request, booking)
    card = read_card(booking, by=request.user, at=clock.now())
    context = {"card": card, "places": places_of(booking), "may_suggest": may_suggest(booking)}
    return render(request, "facility/request.html", context)


@facility_desk
@require_POST
def confirm(request: FacilityRequest, number: str) -> HttpResponse:
    booking = request_or_404(request, number)
    days = f"{booking.first_day}/{booking.last_day}"
    if request.POST.get("days", days) != days:
        messages.warning(request, CHANGED)
        return redirect("facility:request", number=number)
    try:
        answering.confirm(booking, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, ANSWERED)
        return to_booking(request, booking)
    messages.success(request, "受け入れました。お母さんにメールで知らせました。")
    return redirect("facility:requests")


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: FacilityRequest, number: str) -> HttpResponse:
    booking, now = request_or_404(request, number), clock.now()
    if booking.status not in Booking.UNANSWERED:
        messages.warning(request, ANSWERED)
        return to_booking(request, booking)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decline(request, booking, form.reason(), now)
    card = read_card(booking, by=request.user, at=now)
    return render(request, "facility/decline.html", {"card": card, "form": form})


def _decline(request: FacilityRequest, booking: Booking, reason: str, now: dt.datetime) -> HttpResponse:
    try:
        answering.decline(booking, reason=reason, by=request.user, at=now)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, ANSWERED)
        return to_booking(request, booking)
    terms = terms_of(booking)
    counted = counted_in(terms.service(booking.service), terms)
    messages.success(request, f"お断りしました。理由をメールで知らせ、{counted}はお母さんに戻りました。")
    return redirect("facility:requests")


def _inbox(request: FacilityRequest, form: SpokenForm) -> HttpResponse:
    waiting = with_rows(waiting_requests(request.facility))
    cards = read_cards(waiting, by=request.user, at=clock.now())
    now = clock.now()
    context = {
        "cards": cards,
        "form": form,
        "in_line": count_in_line(request.facility),
        "suggested": read_cards(with_rows(suggested_by(request.facility)), by=request.user, at=now),
        "moves": asked_moves(request, now),
        "soundings": asked_soundings(request, now),
        "preparations": planned_visits(request, now),
    }
    return render(request, "facility/requests.html", context)


def request_or_404(request: FacilityRequest, number: str) -> Booking:
    """Raises Http404: there is none of this number here, or another desk answers it."""
    return get_object_or_404(with_rows(Booking.objects.filter(answered_by(request.facility))), number=number)
