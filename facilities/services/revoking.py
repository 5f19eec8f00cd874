"""What follows for a family's bookings when its approval is revoked: given up at no cost, both sides are told."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from applications.public import Entitlement, approval_revoked, hold_units, services_narrowing
from eligibility.engine.wording import span
from facilities.models import Booking, Hold, Move, Waiting
from facilities.selectors.consequences import consequences_of
from facilities.selectors.revoked import GivenUp, given_up
from facilities.selectors.wording import said_to_her
from postpartum_portal.accounts.models import User

from .cancelling import close
from .places import hold_counters
from .settling import drop_open_move
from .telling_desks import tell_desk
from .waiting import leave_line
from .wishing import drop_wish

REVOKED = "approval_revoked"
"""The finding of a cancellation that is free because nothing grants the use any more."""


@receiver(services_narrowing)
def say_what_is_booked(
    *, entitlement: Entitlement, services: Collection[str], since: dt.date, at: dt.datetime, **_signal: Any
) -> list[str]:
    """What would be left without its service: a change of an approval takes nothing that is booked or waited for."""
    found, terms = given_up(entitlement, services, since=since, now=at), said_to_her(entitlement)
    rows: tuple[Booking | Waiting, ...] = (*found.bookings, *found.under_way, *found.waiting)
    return [
        f"{terms.service(row.service).label}の{'予約' if isinstance(row, Booking) else '空き待ち'}"
        f"({span(row.first_day, row.last_day)} {row.facility.name})"
        for row in rows
    ] + [f"{terms.service(wish.service).label}の日程の希望" for wish in found.wishes]


@receiver(approval_revoked)
def give_up(
    *, entitlement: Entitlement, services: Collection[str], since: dt.date, by: User, at: dt.datetime, **_signal: Any
) -> None:
    """Close what lies on `since` or later; whatever has begun stays the facility's to record.

    Part of the transaction that revokes, which holds the family.
    """
    found = given_up(entitlement, services, since=since, now=at, hold=True)
    _hold_counters(entitlement, found)
    for booking in found.bookings:
        rules = consequences_of(booking)
        free = rules.free(REVOKED, _("市町村の決定により、この予約は取り消しになりました。"))
        close(rules, free, contact_at=at, by=by, at=at, told="booking_revoked")
        tell_desk("booking_revoked_desk", booking, at=at)
    for move in found.moves:
        drop_open_move(move.booking, by=by, at=at)
    for waiting in found.waiting:
        leave_line(waiting, by=by, at=at)
    for wish in found.wishes:
        drop_wish(wish, by=by, at=at)


def _hold_counters(entitlement: Entitlement, found: GivenUp) -> None:
    """All that is given back at once: one booking's other days may lie behind the next booking's."""
    moves = Move.objects.filter(booking__in=found.bookings, status=Move.Status.ASKED)
    named = Hold.objects.filter(suggested_for__in=found.bookings, status=Hold.Status.OPEN)
    offered = [row for row in found.waiting if row.status in Waiting.HOLDS_PLACES]
    hold_units(entitlement)
    hold_counters([*found.bookings, *moves, *named, *found.moves, *offered])
