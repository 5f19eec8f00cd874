"""One booking as its facility sees it, or the association that books for it; and a cancellation that came by phone."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import TransitionNotAllowed

from eligibility import engine
from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.contact import ContactForm
from facilities.models import Booking
from facilities.selectors.history import decision_steps, history_of
from facilities.selectors.move_receipts import receipts_of_moves
from facilities.selectors.outcomes import receipt_of
from facilities.selectors.uses import deadline_of
from facilities.services.cancelling import HasBegun, preview
from facilities.services.cancelling import cancel as cancel_booking
from facilities.services.reading import read_card
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import opened_or_404, to_booking
from .told import told

CLOSED = "この予約は、もう取り消されているか、記録ずみです。"


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
        "decisions": decision_steps(receipt) if receipt and own else (),
        "deadline": deadline_of(found),
        "now": now,
        "today": now.date(),
    }
    return render(request, "facility/booking.html", context)


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: FacilityRequest, number: str) -> HttpResponse:
    """The mother called. What her call means is shown for the instant of the call, and shown again if it changes."""
    booking, now = opened_or_404(request, number), clock.now()
    if booking.status not in Booking.LIVE:
        messages.warning(request, CLOSED)
        return to_booking(request, booking)
    sent = request.POST if request.method == "POST" else None
    form = ContactForm(sent, now=now, requested_at=booking.requested_at)
    if sent is not None and not form.is_valid():
        return _page(request, booking, form, None)
    try:
        consequence = preview(booking, contact_at=form.contact_at())
    except HasBegun:
        if form.is_bound:
            form.refuse_begun()
        return _page(request, booking, form, None)
    shown = Shown.read(request.POST.get("shown", ""))
    if shown is None:
        return _page(request, booking, form, consequence)
    return _cancel(request, booking, form, shown, now)


def _cancel(
    request: FacilityRequest, booking: Booking, form: ContactForm, shown: Shown, now: dt.datetime
) -> HttpResponse:
    try:
        cancel_booking(booking, contact_at=form.contact_at(), shown=shown, by=request.user, at=now)
    except ConsequenceChanged as changed:
        return _page(request, booking, form, changed.consequence, changed=True)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, CLOSED)
    else:
        messages.success(request, "取り消しを記録しました。控えをお母さんにメールで送りました。")
    return to_booking(request, booking)


def _page(
    request: FacilityRequest,
    booking: Booking,
    form: ContactForm,
    consequence: engine.Consequence | None,
    *,
    changed: bool = False,
) -> HttpResponse:
    context = {
        "card": read_card(booking, by=request.user, at=form.now),
        "form": form,
        "told": told(booking, consequence) if consequence else None,
        "changed": changed,
    }
    return render(request, "facility/cancel.html", context)
