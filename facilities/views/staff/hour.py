"""訪問の時刻を変える: agreed on the phone, pressed by whoever visits, told to the mother at once."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from eligibility import engine
from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.hour import HourForm
from facilities.models import Booking
from facilities.selectors.holds import offering_of
from facilities.selectors.hours import over_on
from facilities.selectors.moving import Moving, moving_of
from facilities.selectors.told_to_desk import told_to_desk
from facilities.services.booking import NotBookable
from facilities.services.cancelling import HasBegun
from facilities.services.moving import MoveWaits, NothingToMove
from facilities.services.reading import read_card
from facilities.services.visit_hours import change_hour
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .hour_choices import hour_choices
from .lookup import opened_or_404, to_booking

ANSWER_FIRST = "日の変更の依頼が届いています。先に返事をしてください。"
OVER = "この訪問の時刻は、もう変えられません。"
OWN = "visitor_"
"""How the codes of the facility's own rule begin: it may go beyond that, and beyond nothing else."""


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def hour(request: FacilityRequest, number: str) -> HttpResponse:
    """An hour is pressed, then the button; against its own rule the facility is asked once more."""
    booking, now = opened_or_404(request, number), clock.now()
    offering = offering_of(booking)
    if offering is None or not request.user.has_perm("facilities.agree_hour", booking):
        raise Http404
    moving = moving_of(booking, offering)
    if moving.rules.terms.service(booking.service).kind is not engine.ServiceKind.VISIT:
        raise Http404
    if booking.status != Booking.Status.CONFIRMED or booking.first_day < now.date():
        messages.warning(request, OVER)
        return to_booking(request, booking)
    form = _form(request, moving, now)
    chosen = form.hour() if form.is_valid() else None
    if chosen is None:
        return _page(request, booking, form, now)
    said: dict[str, Any] = {"arrival": chosen, "beyond": "beyond" in request.POST, "form_token": _token(booking, form)}
    try:
        change_hour(booking, offering, **said, by=request.user, at=now)
    except NotBookable as refused:
        return _page(request, booking, form, now, refusals=refused.findings)
    except (HasBegun, MoveWaits, Overtaken) as closed:
        messages.warning(request, ANSWER_FIRST if isinstance(closed, MoveWaits) else OVER)
    except NothingToMove:
        messages.warning(request, "いまの時刻と同じです。")
    else:
        messages.success(request, "時刻を変えました。お母さんにメールで知らせました。")
    return to_booking(request, booking)


def _page(
    request: FacilityRequest,
    booking: Booking,
    form: HourForm,
    now: dt.datetime,
    *,
    refusals: tuple[engine.Finding, ...] = (),
) -> HttpResponse:
    context: dict[str, Any] = {
        "card": read_card(booking, by=request.user, at=now),
        "form": form,
        "against": told_to_desk(refusals),
        "may_go_beyond": bool(refusals) and all(item.code.startswith(OWN) for item in refusals),
    }
    return render(request, "facility/hour.html", context)


def _form(request: FacilityRequest, moving: Moving, now: dt.datetime) -> HourForm:
    found = hour_choices(moving, after=over_on(moving.booking.first_day, now))
    sent = request.POST if request.method == "POST" else None
    return HourForm(sent, choices=[(choice.hour, choice.label) for choice in found])


def _token(booking: Booking, form: HourForm) -> str:
    return f"{booking.pk}:{form.cleaned_data['token']}"
