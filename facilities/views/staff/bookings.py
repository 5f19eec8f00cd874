"""One booking as its facility sees it, or the association that books for it; and a cancellation that came by phone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from facilities.access import FacilityRequest, facility_desk
from facilities.models import Booking
from facilities.selectors.corrections import against_correcting
from facilities.selectors.history import decision_steps, history_of
from facilities.selectors.money_desk import desk_of
from facilities.selectors.move_receipts import receipts_of_moves
from facilities.selectors.moves import lost_a_move
from facilities.selectors.outcomes import receipt_of
from facilities.selectors.suggestions import choosing
from facilities.selectors.uses import deadline_of
from facilities.services.attending import undoable
from facilities.services.reading import read_card
from facilities.views.phone_cancel import phone_cancel_page
from postpartum_portal.shared import clock

from .lookup import booking_address, opened_or_404


@facility_desk
@require_safe
def booking(request: FacilityRequest, number: str) -> HttpResponse:
    """Once it is cancelled, this page is the receipt."""
    found, now = opened_or_404(request, number), clock.now()
    card, receipt = read_card(found, by=request.user, at=now), receipt_of(found)
    own = found.facility_id == request.facility.pk
    context = {
        "card": card if own else card.told_elsewhere(),
        "own": own,
        "steps": history_of(found, card),
        "receipt": receipt,
        "moves": receipts_of_moves(found),
        "choosing": choosing(found) if found.status == Booking.Status.SUGGESTED else None,
        "decisions": decision_steps(receipt) if receipt and own else (),
        "desk": desk_of(found) if own else None,
        "correctable": receipt is not None and not against_correcting(found),
        "undoable": own and undoable(found, at=now),
        "lost_a_move": lost_a_move(found),
        "deadline": deadline_of(found),
        "now": now,
        "today": now.date(),
    }
    return render(request, "facility/booking.html", context)


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: FacilityRequest, number: str) -> HttpResponse:
    """The mother called."""
    found = opened_or_404(request, number)
    return phone_cancel_page(request, found, template="facility/cancel.html", done=booking_address(request, found))
