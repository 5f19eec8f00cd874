"""Changes of dates that wait for the facility's answer: one of them, yes, and no with a reason."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.answer import DeclineForm
from facilities.models import Booking, Move
from facilities.selectors.desks import answered_by
from facilities.selectors.guests import GuestCard, with_rows
from facilities.selectors.move_price import price_after
from facilities.selectors.move_receipts import MoveReceipt, receipt_of_move
from facilities.selectors.places import places_on
from facilities.selectors.waiting import waiting_moves
from facilities.services.move_answers import accept_move, decline_move
from facilities.services.reading import read_card, read_cards
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import to_booking

ANSWERED = "この日の変更は、もう返事がすんでいるか、取り下げられています。"


def asked_moves(request: FacilityRequest, now: dt.datetime) -> list[tuple[GuestCard, MoveReceipt]]:
    """Those that wait for this facility, oldest first, each with its booking as it is."""
    moves = list(waiting_moves(request.facility))
    rows = with_rows(Booking.objects.filter(pk__in=[move.booking_id for move in moves])).in_bulk()
    cards = {card.number: card for card in read_cards(rows.values(), by=request.user, at=now)}
    for move in moves:
        move.booking = rows[move.booking_id]
    return [(cards[move.booking.number], receipt_of_move(move)) for move in moves]


@facility_desk
@require_safe
def asked(request: FacilityRequest, number: str) -> HttpResponse:
    """One change of dates, with how full its new days are; one that is closed leads to its booking."""
    move = _move_or_404(request, number)
    if move.status != Move.Status.ASKED:
        return _closed(request, move)
    context = {
        "card": read_card(move.booking, by=request.user, at=clock.now()),
        "move": receipt_of_move(move),
        "after": price_after(move),
        "places": places_on(move.booking, move.first_day, move.last_day),
    }
    return render(request, "facility/move.html", context)


@facility_desk
@require_POST
def accept(request: FacilityRequest, number: str) -> HttpResponse:
    move = _move_or_404(request, number)
    try:
        accept_move(move, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        return _closed(request, move)
    messages.success(request, "日の変更を受け入れました。お母さんにメールで知らせました。")
    return redirect("facility:requests")


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: FacilityRequest, number: str) -> HttpResponse:
    move, now = _move_or_404(request, number), clock.now()
    if move.status != Move.Status.ASKED:
        return _closed(request, move)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        card = read_card(move.booking, by=request.user, at=now)
        context = {"card": card, "move": receipt_of_move(move), "form": form}
        return render(request, "facility/move_decline.html", context)
    try:
        decline_move(move, reason=form.reason(), by=request.user, at=now)
    except (TransitionNotAllowed, Overtaken):
        return _closed(request, move)
    messages.success(request, "お断りしました。理由をメールで知らせました。予約は、もとの日のまま残っています。")
    return redirect("facility:requests")


def _move_or_404(request: FacilityRequest, number: str) -> Move:
    """With its booking as services need it.

    Raises:
        Http404: there is none of this number here, or another desk answers it.
    """
    mine = with_rows(Booking.objects.filter(answered_by(request.facility)))
    booking = get_object_or_404(mine, moves__number=number)
    move = Move.objects.get(number=number)
    move.booking = booking
    return move


def _closed(request: FacilityRequest, move: Move) -> HttpResponse:
    messages.warning(request, ANSWERED)
    return to_booking(request, move.booking)
