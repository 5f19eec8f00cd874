"""What follows for a family's bookings when its approval is revoked: given up at no cost, and she is told."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from applications.public import Entitlement, approval_revoked
from facilities.selectors.consequences import consequences_of
from facilities.selectors.revoked import given_up
from postpartum_portal.accounts.models import User

from .cancelling import close
from .settling import drop_open_move
from .waiting import leave_line
from .wishing import drop_wish

REVOKED = "approval_revoked"
"""The finding of a cancellation that is free because nothing grants the use any more."""


@receiver(approval_revoked)
def give_up(
    *, entitlement: Entitlement, services: Collection[str], since: dt.date, by: User, at: dt.datetime, **_signal: Any
) -> None:
    """Close what lies on `since` or later. Asked again, it finds only what has been made since; whatever has begun
    stays the facility's to record. Part of the transaction that revokes, which holds the entitlement.
    """
    found = given_up(entitlement, services, since=since, now=at, hold=True)
    for booking in found.bookings:
        rules = consequences_of(booking)
        free = rules.free(REVOKED, _("市町村の決定により、この予約は取り消しになりました。"))
        close(rules, free, contact_at=at, by=by, at=at, told="booking_revoked")
    for move in found.moves:
        drop_open_move(move.booking, by=by, at=at)
    for waiting in found.waiting:
        leave_line(waiting, by=by, at=at)
    for wish in found.wishes:
        drop_wish(wish, by=by, at=at)
