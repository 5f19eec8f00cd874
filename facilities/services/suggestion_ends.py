"""Giving back what was suggested, once one of the days is chosen or none will be."""

import datetime as dt

from django.db.models import QuerySet

from facilities.models import Booking, Hold
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import pass_transition

from .places import give_places, hold_counters


def end_suggestions(
    booking: Booking, *, by: User | None, at: dt.datetime, but: Hold | None = None, lapsed: bool = False
) -> None:
    """Close all that is still suggested, `but` the one that was chosen; its places go back.

    Part of the caller's transaction, in which the booking has already passed to its new status.
    """
    ends = list(_open(booking).exclude(pk=but.pk) if but else _open(booking))
    hold_counters([*ends, *([but] if but else [])])
    for hold in ends:
        pass_transition(hold.expire if lapsed else hold.release, closed_at=at)
        give_places(hold)
        events.record("hold.expired" if lapsed else "hold.released", hold, at=at, by_id=by.pk if by else None)


def _open(booking: Booking) -> QuerySet[Hold]:
    return Hold.objects.filter(suggested_for=booking, status=Hold.Status.OPEN).order_by("pk")
