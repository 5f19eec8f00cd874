"""What blocks hold on days whose counters are locked: giving it back, and whole days that grow and shrink.

Rows of `BlockedDay` change only while the counter of their day is locked, so that the two never tell different
stories. All of this is part of the caller's transaction, after `locked_days`.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from facilities.models import BlockedDay


def blocked_days(facility_id: int, place: str, days: Collection[dt.date]) -> dict[dt.date, list[BlockedDay]]:
    """Day → what blocks hold on it, the oldest first."""
    rows = BlockedDay.objects.filter(
        facility_id=facility_id, place=place, day__in=days, released_at__isnull=True
    ).order_by("day", "pk")
    found: dict[dt.date, list[BlockedDay]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(row)
    return found


def whole_of(rows: Iterable[BlockedDay]) -> BlockedDay | None:
    """The one that holds all that is left of its day; None where nothing does.

    Two may be for the whole day. One of them holds its places, and that need not be the older: what is released and
    taken back finds them with the other.
    """
    return max((row for row in rows if row.whole), key=lambda row: row.places, default=None)


def give_back(released: Iterable[BlockedDay]) -> dict[dt.date, int]:
    """Day → places that come free of days released just now; a day that is blocked as a whole keeps them.

    `released` are rows of one facility and place.
    """
    rows = list(released)
    if not rows:
        return {}
    others = blocked_days(rows[0].facility_id, rows[0].place, [row.day for row in rows])
    free = {}
    for row in rows:
        if heir := whole_of(others.get(row.day, ())):
            heir.places += row.places
            heir.save(update_fields=["places"])
        elif row.places:
            free[row.day] = -row.places
    return free
