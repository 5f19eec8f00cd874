"""Moving the counters of an entitlement. A conditional update decides, a ledger row explains; both or neither."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from applications.models import CarriedOver, Entitlement, LedgerEntry, Pool
from applications.selectors.endings import grants_on
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.tenancy import same_tenant


def take(
    entitlement: Entitlement,
    units: Mapping[str, int],
    *,
    booking_number: str,
    reason: str = "",
    by: User | None,
    at: dt.datetime,
) -> None:
    """Add `units` (pool code → units) to what is used. Part of the caller's transaction, which must roll back whole.

    `reason` is a code where they are not taken by the booking itself.

    Pools are always moved in the order of their codes, so that two tabs of one mother wait for each other instead of
    blocking each other for good.

    Raises:
        UnitsExhausted: a pool has fewer units left, or was never granted.
    """
    _move(entitlement, units, LedgerEntry.Move.TAKE, reason, booking_number, by, at)


def give_back(
    entitlement: Entitlement,
    units: Mapping[str, int],
    *,
    booking_number: str,
    reason: str,
    by: User | None,
    at: dt.datetime,
) -> None:
    """Take `units` off what is used again. `reason` is a code, such as cancelled_in_time.

    Raises:
        NothingToGiveBack: more would come back than is used, which means that counter and bookings differ.
    """
    returned = {code: -number for code, number in units.items()}
    _move(entitlement, returned, LedgerEntry.Move.GIVE_BACK, reason, booking_number, by, at)


def carry_over(
    entitlement: Entitlement,
    units: Mapping[str, int],
    *,
    reason: str = CarriedOver.Reason.ON_PAPER,
    by: User | None,
    at: dt.datetime,
) -> None:
    """Count `units` that were used before they were counted here. No booking stands behind them.

    Negative ones take back what was counted so.

    Raises:
        UnitsExhausted: as for `take`.
    """
    _move(entitlement, units, LedgerEntry.Move.OPENING, reason, "", by, at)


def still_granted(entitlement: Entitlement, service: str, *, on: dt.date) -> bool:
    """Whether a service may be used on a day. Asked while the family is held, so that no revocation comes between."""
    return any(service in given.services for given in grants_on(entitlement, on))


def hold_units(entitlement: Entitlement) -> None:
    """Make whoever takes or gives back units of this family wait until the caller's transaction ends."""
    list(Pool.objects.filter(entitlement=entitlement).order_by("code").select_for_update(no_key=True))


class UnitsExhausted(Exception):
    """A pool has fewer units left than are wanted. `pool` is its code."""

    def __init__(self, pool: str) -> None:
        super().__init__(pool)
        self.pool = pool


class NothingToGiveBack(Exception):
    """A counter stands lower than what a booking says it took."""


def _move(
    entitlement: Entitlement,
    units: Mapping[str, int],
    move: LedgerEntry.Move,
    reason: str,
    booking_number: str,
    by: User | None,
    at: dt.datetime,
) -> None:
    wanted = {code: units[code] for code in sorted(units) if units[code]}
    with transaction.atomic(savepoint=False):
        for code, number in wanted.items():
            _count(entitlement, code, number)
        pools = dict(Pool.objects.filter(entitlement=entitlement).values_list("code", "pk"))
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                **same_tenant(entitlement),
                pool_id=pools[code],
                move=move,
                units=number,
                booking_number=booking_number,
                reason=reason,
                at=at,
                by=by,
            )
            for code, number in wanted.items()
        )


def _count(entitlement: Entitlement, code: str, number: int) -> None:
    """Move one counter if the move leaves it between zero and its limit; the database decides, in one statement."""
    pool = Pool.objects.filter(entitlement=entitlement, code=code)
    room = pool.filter(used__lte=F("limit") - number) if number > 0 else pool.filter(used__gte=-number)
    if room.update(used=F("used") + number):
        return
    raise UnitsExhausted(code) if number > 0 else NothingToGiveBack(code)
