"""A facility's own page under a municipality: what it gives, whom it takes, how one books, and which days are free."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eligibility import engine
from eligibility.access import MunicipalityRequest, programme_for
from eligibility.engine.families import open_to
from facilities.public import (
    BOOKED_BY,
    FreeDay,
    FreePlaces,
    ListedFacility,
    listed_facilities,
    published_places,
    ways_of,
)
from postpartum_portal.accounts import access
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.month import DayCell, State, Week, lay_out

from .ahead import ahead_of
from .bereaved import is_bereaved
from .offered import Contact, Offer, contact, offers_at


@dataclass(frozen=True, slots=True)
class FreeWeeks:
    """The free days of one kind of place, week by week."""

    label: str
    weeks: tuple[Week, ...]


@access.public
@require_safe
def facility(request: MunicipalityRequest, code: str) -> HttpResponse:
    """Of those under contract today; another one answers as no page does. After a loss it speaks of no child."""
    on = clock.today()
    terms = programme_for(request.municipality, on).terms
    listed = _named(code, listed_facilities(request.municipality, on=on))
    if is_bereaved(request):
        return _after_loss(request, listed, terms, on=on)
    shown: Contact = contact(listed, ahead_of(request.municipality, terms, on=on))
    given: list[Offer] = offers_at(listed, terms, on=on)
    context = {
        "contact": shown,
        "facility": listed.facility,
        "contract": listed.contract,
        "given": given,
        "ways": [BOOKED_BY[way] for way in ways_of(listed)],
        "provisional": terms.booking.provisional,
        "by_centre": [item.service for item in given if item.service.arranged_by is engine.ArrangedBy.CENTRE],
        "free": [_weeks(places) for places in published_places(listed.facility, on=on)],
        "on": on,
    }
    return render(request, "citizen/facility.html", context)


def _after_loss(
    request: MunicipalityRequest, listed: ListedFacility, terms: engine.Terms, *, on: dt.date
) -> HttpResponse:
    """What is open to her there, and its phones: the facility's own sentences are written for parents."""
    bereaved = engine.Family.BEREAVED
    given = offers_at(listed, terms.said_to(bereaved), on=on)
    phones = (listed.contract.booking.get("phone"), *listed.facility.phones)
    context = {
        "facility": listed.facility,
        "given": [item for item in given if open_to(item.service.families, bereaved) is not engine.Verdict.UNMET],
        "phones": list(dict.fromkeys(filter(None, phones))),
        "after_loss": True,
    }
    return render(request, "citizen/facility_after_loss.html", context)


def _named(code: str, listed: Sequence[ListedFacility]) -> ListedFacility:
    found = next((item for item in listed if item.facility.code == code), None)
    if found is None:
        raise Http404
    return found


def _weeks(places: FreePlaces) -> FreeWeeks:
    return FreeWeeks(places.kind.label, lay_out([_cell(free) for free in places.days]).weeks)


def _cell(free: FreeDay) -> DayCell:
    state, words = _told(free)
    return DayCell(free.day, state, words, spoken=f"{wareki.short(free.day)} {words}")


def _told(free: FreeDay) -> tuple[State, str]:
    """○ あり, △ 残り1, 満, 休み; 未定 where the facility has not said."""
    if free.limit is None or free.left is None:
        return "none", _("未定")
    if free.limit == 0:
        return "none", _("休み")
    if free.left == 0:
        return "full", _("満")
    return "free", _("○ あり") if free.left > 1 else _("△ 残り1")
