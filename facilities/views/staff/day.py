"""The day at the facility, and what the receptionist notes of it: she came, or she did not."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from eligibility import engine
from eligibility.engine.wording import money
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.find import FindForm
from facilities.models import Booking
from facilities.selectors.day_sheet import bookings_around, sheet_of
from facilities.selectors.guests import as_told, with_rows
from facilities.selectors.money_desk import owing_on
from facilities.selectors.places import place_kinds, places_between
from facilities.selectors.stored import price_of
from facilities.selectors.uses import terms_of
from facilities.selectors.visit_services import only_visits
from facilities.selectors.waiting_list import waiting_on
from facilities.services.attending import MoveUnanswered, TooEarly, attend, no_show, preview_no_show
from facilities.services.reading import read_card, read_cards
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.yen import notes_told

from .lookup import booking_or_404
from .told import told

ONE_DAY = dt.timedelta(days=1)
TOO_EARLY = "まだその日になっていないので、記録できません。"
ANSWER_FIRST = "日の変更の依頼が届いています。先に返事をしてください。"
MOVED_ON = "この予約は、もう記録ずみか、取り消されています。"


@facility_staff
@require_safe
def today(request: FacilityRequest) -> HttpResponse:
    """The day's sheet; an association to which nobody comes begins with its requests."""
    if not request.takes_guests:
        return redirect("facility:requests")
    now = clock.now()
    return _page(request, now.date(), now)


@facility_staff
@require_safe
def day(request: FacilityRequest, day: dt.date) -> HttpResponse:
    return _page(request, day, clock.now())


@facility_staff
@require_POST
def arrived(request: FacilityRequest, number: str) -> HttpResponse:
    booking = booking_or_404(number)
    try:
        attend(booking, by=request.user, at=clock.now())
    except TooEarly:
        messages.warning(request, TOO_EARLY)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, MOVED_ON)
    else:
        # The price stands from now on, and may differ from the one that was shown: the class of this day decides.
        to_pay, service = as_told(price_of(booking).total), terms_of(booking).service(booking.service)
        amount = f"{money(to_pay)}{notes_told(to_pay, service.price.tax_note)}"
        messages.success(request, f"到着を記録しました。受け取る額は {amount}です。")
    return _back(booking)


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def absent(request: FacilityRequest, number: str) -> HttpResponse:
    """What it costs her is shown first; the facility can call her before."""
    booking, now = booking_or_404(number), clock.now()
    shown = Shown.read(request.POST.get("shown", ""))
    if shown is not None:
        return _record_absence(request, booking, shown, now)
    if booking.status != Booking.Status.CONFIRMED or booking.first_day > now.date():
        messages.warning(request, MOVED_ON if booking.status != Booking.Status.CONFIRMED else TOO_EARLY)
        return redirect("facility:booking", number=number)
    return _absence(request, booking, preview_no_show(booking), now)


def _record_absence(request: FacilityRequest, booking: Booking, shown: Shown, now: dt.datetime) -> HttpResponse:
    try:
        no_show(booking, shown=shown, by=request.user, at=now)
    except ConsequenceChanged as changed:
        return _absence(request, booking, changed.consequence, now, changed=True)
    except TooEarly:
        messages.warning(request, TOO_EARLY)
    except MoveUnanswered:
        messages.warning(request, ANSWER_FIRST)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, MOVED_ON)
    else:
        messages.success(request, "記録し、お母さんにメールで知らせました。")
    return redirect("facility:booking", number=booking.number)


def _absence(
    request: FacilityRequest,
    booking: Booking,
    consequence: engine.Consequence,
    now: dt.datetime,
    *,
    changed: bool = False,
) -> HttpResponse:
    card = read_card(booking, by=request.user, at=now)
    context = {
        "card": card,
        "told": told(booking, consequence),
        "changed": changed,
        "too_soon": now < dt.datetime.combine(card.first_day, card.starts or dt.time(), clock.TOKYO),
    }
    return render(request, "facility/no_show.html", context)


def _page(request: FacilityRequest, day: dt.date, now: dt.datetime) -> HttpResponse:
    around = bookings_around(request.facility, day, today=now.date())
    cards = read_cards(with_rows(around), by=request.user, at=now)
    owing = owing_on(cards, request.facility)
    kinds = place_kinds(request.facility, on=now.date()) if request.facility.keeps_capacity else ()
    context = {
        "sheet": sheet_of(cards, day, today=now.date(), owing=owing),
        "places": places_between(request.facility, kinds, day, day)[day],
        "in_line": waiting_on(request.facility, [day]).get(day, 0),
        "form": FindForm(),
        "owing": owing,
        "only_visits": only_visits(request.facility, on=now.date()),
        "today": now.date(),
        "day_before": day - ONE_DAY,
        "day_after": day + ONE_DAY,
    }
    return render(request, "facility/day.html", context)


def _back(booking: Booking) -> HttpResponse:
    """To the sheet on which she stands now."""
    today = clock.today()
    if booking.first_day <= today <= booking.last_day:
        return redirect("facility:today")
    return redirect("facility:day", day=booking.first_day)
