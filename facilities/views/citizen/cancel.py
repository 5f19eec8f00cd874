"""Cancelling a booking: the consequence first, then the question, then the deed."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from eligibility import engine
from facilities.models import Booking
from facilities.selectors.moves import open_move
from facilities.services.cancelling import HasBegun, cancel, preview
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .cancel_page import cancel_page
from .case import own_booking

CLOSED = gettext_lazy("この予約は、もう取り消せません。")
CANCELLED = gettext_lazy("この予約は、もう取り消してあります。")
BEGUN = gettext_lazy("使う時刻を過ぎたので、ここでは取り消せません。使えなかったときは、予約先に電話で伝えてください。")


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def cancelling(request: PortalRequest, number: str) -> HttpResponse:
    """The instant of the contact is the server's at receipt."""
    booking = own_booking(request, number)
    if booking.status not in Booking.LIVE:
        messages.warning(request, CANCELLED if booking.contact_at else CLOSED)
        return _to_booking(request, booking)
    now = clock.now()
    shown = Shown.read(request.POST.get("shown", ""))
    try:
        if shown is None:
            return _page(request, booking, preview(booking, contact_at=now), now)
        cancel(booking, contact_at=now, shown=shown, by=request.user, at=now)
    except ConsequenceChanged as changed:
        return _page(request, booking, changed.consequence, now, changed=True)
    except HasBegun:
        messages.warning(request, BEGUN)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, CLOSED)
    return _to_booking(request, booking)


def _page(
    request: PortalRequest,
    booking: Booking,
    consequence: engine.Consequence,
    now: dt.datetime,
    *,
    changed: bool = False,
) -> HttpResponse:
    bookings = list(Booking.objects.filter(entitlement=booking.entitlement))
    context = {
        "page": cancel_page(booking, bookings, consequence, now=now, on=clock.today()),
        "booking": booking,
        "shown": Shown.of(consequence),
        "changed": changed,
        "asked_move": open_move(booking),
        "now": now,
    }
    return render(request, "citizen/booking/cancel.html", context)


def _to_booking(request: PortalRequest, booking: Booking) -> HttpResponse:
    return redirect("facilities:booking", slug=request.municipality.slug, number=booking.number)
