"""Her bookings: all, with what the centre is arranging; and one, with its price and until when it may be cancelled."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications.public import dates_of, without_children, written_before_loss
from eligibility import engine
from facilities.models import Booking
from facilities.selectors.adjusting import needs_adjusting
from facilities.selectors.cards import Card, card_of
from facilities.selectors.desks import way_of
from facilities.selectors.move_receipts import receipts_of_moves
from facilities.selectors.outcomes import receipt_of
from facilities.selectors.owed_fees import owed_fee
from facilities.selectors.receipts import receipt_numbered, receipts_of
from facilities.selectors.spoken import spoken_of, spoken_until
from facilities.selectors.stored import price_of
from facilities.selectors.suggestions import choosing
from facilities.selectors.uses import terms_of
from facilities.selectors.waiting_list import waiting_of
from facilities.selectors.wishes import wishes_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.qr import qr_to

from .case import case_of, own_booking
from .suggestions import choices_of


@access.citizen
@require_safe
def bookings(request: PortalRequest) -> HttpResponse:
    case, now = case_of(request), clock.now()
    cards = [card_of(booking, case.standing.terms, now=now) for booking in case.bookings] if case else []
    wishes = wishes_of(case.entitlement) if case else ()
    context = {
        "waiting": waiting_of(case.entitlement) if case else (),
        "wishes": [card for card in wishes if card.open],
        "coming": [card for card in cards if card.live],
        "past": [card for card in reversed(cards) if not card.live],
    }
    return render(request, "citizen/booking/bookings.html", context)


@access.citizen
@require_safe
def booking(request: PortalRequest, number: str) -> HttpResponse:
    """One booking; once it is cancelled, this page is the receipt."""
    found, now = own_booking(request, number), clock.now()
    family = dates_of(found.entitlement.birth).family
    card = card_of(found, terms_of(found).said_to(family), now=now)
    lost = family is engine.Family.BEREAVED
    context = {
        "booking": found,
        "card": card,
        "quote": price_of(found),
        "note": "" if lost and written_before_loss(found.entitlement.birth, found.requested_at) else found.note,
        "notes": without_children(card.service.notes) if lost else card.service.notes,
        "receipt": receipt_of(found),
        "owed": owed_fee(found),
        "moves": receipts_of_moves(found),
        "choosing": choosing(found),
        "choices": choices_of(found, now=now),
        "receipts": receipts_of(found),
        "qr": qr_to(reverse("facility:booking", args=[number])) if _comes(card) else None,
        "to_adjust": needs_adjusting(found),
        "way": way_of(found),
        "spoken": spoken_of(found, at=now) if terms_of(found).booking.provisional else "",
        "spoken_until": spoken_until(found),
        "after_loss": lost,
        "now": now,
    }
    return render(request, "citizen/booking/booking.html", context)


@access.citizen
@require_safe
def receipt(request: PortalRequest, number: str, receipt: str) -> HttpResponse:
    """Her copy of a receipt (領収書)."""
    found = own_booking(request, number)
    kept = receipt_numbered(found, receipt)
    if kept is None:
        raise Http404
    family = dates_of(found.entitlement.birth).family
    context = {
        "booking": found,
        "card": card_of(found, terms_of(found).said_to(family)),
        "receipt": kept,
        "payer": found.entitlement.birth.household.name,
    }
    return render(request, "citizen/booking/receipt.html", context)


def _comes(card: Card) -> bool:
    """Whether she is to stand at a desk."""
    return card.live and not card.visit and card.booking.status == Booking.Status.CONFIRMED
