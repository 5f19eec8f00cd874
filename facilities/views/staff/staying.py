"""A use under way that ends earlier, or goes on for longer: what it means is shown first, then the deed."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from eligibility import engine
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.stay import AgreedForm, LastDayForm
from facilities.models import Booking, Offering
from facilities.selectors.arrivals import no_room
from facilities.selectors.guests import as_told
from facilities.selectors.told_to_desk import told_to_desk
from facilities.services.booking import DayFull, NotBookable
from facilities.services.moving import NothingToMove
from facilities.services.reading import read_card
from facilities.services.shown import ConsequenceChanged, Shown
from facilities.services.staying import NotUnderWay, Stay, extend, leave_early, preview_stay
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import booking_or_404
from .told import told

MOST_MORE = 7
LEFT = "早く終わることを記録し、お母さんにメールで知らせました。"
EXTENDED = "日をのばし、お母さんにメールで知らせました。"
NOT_UNDER_WAY = "利用の途中ではないので、最後の日を変えられません。"
NO_DAY = "変えられる日がありません。"
CHANGED = "見ているあいだに、予約か結果が変わりました。もういちど確かめてください。"


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: FacilityRequest, number: str) -> HttpResponse:
    booking, now = booking_or_404(number), clock.now()
    days = engine.each_day(max(booking.first_day, now.date()), booking.last_day)[:-1]

    def deed(offering: Offering, last_day: dt.date, token: str) -> None:
        shown = Shown.read(request.POST.get("shown", ""))
        if shown is None:
            raise NothingToMove
        leave_early(booking, offering, last_day=last_day, shown=shown, form_token=token, by=request.user, at=now)

    return _page(
        request,
        booking,
        days,
        deed,
        template="facility/leave.html",
        done=LEFT,
    )


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def stay_on(request: FacilityRequest, number: str) -> HttpResponse:
    booking, now = booking_or_404(number), clock.now()
    one_day = dt.timedelta(days=1)
    days = engine.each_day(booking.last_day + one_day, booking.last_day + MOST_MORE * one_day)

    def deed(offering: Offering, last_day: dt.date, token: str) -> None:
        extend(booking, offering, last_day=last_day, form_token=token, by=request.user, at=now)

    return _page(
        request,
        booking,
        days,
        deed,
        template="facility/extend.html",
        done=EXTENDED,
    )


def _page(
    request: FacilityRequest,
    booking: Booking,
    days: Sequence[dt.date],
    deed: Callable[[Offering, dt.date, str], None],
    *,
    template: str,
    done: str,
) -> HttpResponse:
    now = clock.now()
    offering = _offering(booking)
    said = request.POST if request.method == "POST" else request.GET
    form = LastDayForm(said if "last_day" in said else {"last_day": days[0].isoformat()} if days else None, days=days)
    agreed = AgreedForm(request.POST if request.method == "POST" else None)
    if offering is None or not days or booking.status != Booking.Status.ATTENDED:
        messages.warning(request, NO_DAY if booking.status == Booking.Status.ATTENDED else NOT_UNDER_WAY)
        return redirect("facility:booking", number=booking.number)
    if request.method == "POST" and form.is_valid() and agreed.is_valid():
        try:
            deed(offering, form.cleaned_data["last_day"], f"{booking.pk}:{agreed.cleaned_data['token']}")
        except (ConsequenceChanged, DayFull, NotBookable, Overtaken):
            messages.warning(request, CHANGED)
        except (NotUnderWay, NothingToMove):
            messages.warning(request, NOT_UNDER_WAY)
            return redirect("facility:booking", number=booking.number)
        else:
            messages.success(request, done)
            return redirect("facility:booking", number=booking.number)
    context = {"card": read_card(booking, by=request.user, at=now), "form": form, "agreed": AgreedForm()}
    return render(request, template, {**context, **_meaning(booking, offering, form, now)})


def _meaning(booking: Booking, offering: Offering, form: LastDayForm, now: dt.datetime) -> dict[str, Any]:
    """What the chosen day means; nothing where none is, or where she is not here."""
    if not form.is_valid():
        return {}
    last_day = form.cleaned_data["last_day"]
    try:
        stay: Stay = preview_stay(booking, offering, last_day=last_day, at=now)
    except (NotUnderWay, NothingToMove):
        return {}
    own = engine.each_day(booking.first_day, booking.last_day) if booking.place else ()
    return {
        "against": told_to_desk(stay.refusals),
        "chosen": last_day,
        "to_pay": as_told(stay.price.total),
        "told": told(booking, stay.consequence) if stay.shift.dropped else None,
        "no_room": no_room(offering, stay.use, own=own) if stay.shift.added else "",
    }


def _offering(booking: Booking) -> Offering | None:
    rows = Offering.objects.select_related("facility", "contract")
    return rows.filter(
        municipality=booking.municipality_id, facility=booking.facility_id, service=booking.service
    ).first()
