"""The day's sheet, and a week's list, on paper."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.selectors.day_print import bookings_between, plans_of
from facilities.selectors.guests import with_rows
from facilities.selectors.money_desk import owing_on
from facilities.services.reading import read_cards
from postpartum_portal.shared import clock

A_WEEK = dt.timedelta(days=6)


@facility_staff
@require_safe
def day(request: FacilityRequest, day: dt.date) -> HttpResponse:
    return _page(request, day, day)


@facility_staff
@require_safe
def week(request: FacilityRequest, day: dt.date) -> HttpResponse:
    """Seven days from this one: what somebody who goes to families on her own takes with her."""
    return _page(request, day, day + A_WEEK)


def _page(request: FacilityRequest, first: dt.date, last: dt.date) -> HttpResponse:
    now = clock.now()
    cards = read_cards(with_rows(bookings_between(request.facility, first, last)), by=request.user, at=now)
    context = {
        "plans": plans_of(cards, first, last),
        "owing": owing_on(cards, request.facility),
        "first": first,
        "last": last,
        "now": now,
    }
    return render(request, "facility/day_print.html", context)
