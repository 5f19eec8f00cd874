"""Looking for whoever stands at the desk, among those who are expected about now."""

import datetime as dt
import re

from django.db.models import QuerySet

from facilities.models import Booking, Facility
from postpartum_portal.shared import text

from .day_sheet import ON_SHEET
from .guests import with_rows

LOOKED_BACK, LOOKED_AHEAD = dt.timedelta(days=7), dt.timedelta(days=60)
MOST = 20
FEWEST_DIGITS = 3
_GAPS = re.compile(r"[\s\-・･]+")


def find_guests(facility: Facility, who: str, *, on: dt.date) -> list[Booking]:
    """Bookings here whose name, reading, phone or number holds what was typed, in whatever width; nearest day first."""
    wanted, digits = _folded(who), _digits(who)
    if not wanted:
        return []
    found = [row for row in _about_now(facility, on) if _is_hers(row, wanted, digits)]
    return sorted(found, key=lambda row: (_away(row, on), row.first_day, row.pk))[:MOST]


def _about_now(facility: Facility, on: dt.date) -> QuerySet[Booking]:
    days = {"last_day__gte": on - LOOKED_BACK, "first_day__lte": on + LOOKED_AHEAD}
    return with_rows(Booking.objects.filter(facility=facility, status__in=ON_SHEET, **days))


def _is_hers(booking: Booking, wanted: str, digits: str) -> bool:
    household = booking.entitlement.birth.household
    if len(digits) >= FEWEST_DIGITS:
        return digits in _digits(booking.number) or digits in _digits(household.phone)
    return wanted in _folded(household.name) or wanted in _folded(household.kana)


def _away(booking: Booking, on: dt.date) -> int:
    """Days until it begins, or since it ended; 0 while it goes on."""
    return max((booking.first_day - on).days, (on - booking.last_day).days, 0)


def _folded(words: str) -> str:
    """Reading and width do not matter, nor gaps, nor which shape of a character a keyboard gives."""
    plain = _GAPS.sub("", text.fold_kana(words)).lower()
    for shape, usual in text.SAME_CHARACTER:
        plain = plain.replace(shape, usual)
    return plain


def _digits(words: str) -> str:
    """Digits alone; "" where anything else was typed, a name with a number in it for one."""
    plain = _GAPS.sub("", text.fold_dashes(words))
    return plain if plain.isdecimal() else ""
