"""熱がある・体調が悪い: whom to call, what the city says, what it costs, and other days. Nothing cancels by itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.public import Birth, standing_of
from facilities.models import Booking
from facilities.selectors.cards import card_of
from facilities.selectors.moves import open_move
from facilities.services.unwell import tell_unwell
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .case import own_booking
from .illness_page import illness_page
from .move import movable


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def unwell(request: PortalRequest, number: str) -> HttpResponse:
    booking, now = own_booking(request, number), clock.now()
    if request.method == "POST":
        return _tell(request, booking)
    if booking.status not in Booking.LIVE:
        return redirect("facilities:booking", slug=request.municipality.slug, number=number)
    standing = standing_of(booking.entitlement)
    moving = None if open_move(booking) else movable(booking, now.date())
    context = {
        "booking": booking,
        "card": card_of(booking, standing.terms, now=now),
        "page": illness_page(booking, standing.terms, moving, now=now, on=now.date()),
        "after_loss": standing.birth.outcome == Birth.Outcome.LOST,
    }
    return render(request, "citizen/booking/illness.html", context)


def _tell(request: PortalRequest, booking: Booking) -> HttpResponse:
    try:
        tell_unwell(booking, by=request.user, at=clock.now())
    except Overtaken:
        messages.warning(request, _("この予約は、もう取り消されているか、終わっています。"))
    else:
        messages.success(request, _("伝えました。予約はそのままです。まだのときは、電話もしてください。"))
    return redirect("facilities:unwell", slug=request.municipality.slug, number=booking.number)
