"""Moving the counters of an entitlement. A conditional update decides, a ledger row explains; both or neither."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, F, IntegerField, When

from applications.models import CarriedOver, Entitlement, LedgerEntry, Pool
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.returning import update_returning
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
        pools = _count(entitlement, wanted)
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


def _count(entitlement: Entitlement, wanted: Mapping[str, int]) -> dict[str, int]:
    """Move the counters that the move leaves between zero and their limits; pool code → id. The database decides.

    One statement for all pools, which locks them in the order of their codes.
    """
    if not wanted:
        return {}
    number = Case(*(When(code=code, then=units) for code, units in wanted.items()), output_field=IntegerField())
    pools = Pool.objects.filter(entitlement=entitlement, code__in=wanted).annotate(number=number)
    room = pools.filter(used__lte=F("limit") - F("number"), used__gte=-F("number"))
    locked = room.order_by("code").select_for_update(no_key=True).values("pk")
    moved = dict(update_returning(Pool.objects.filter(pk__in=locked), {"used": F("used") + number}, "code", "id"))
    for code in wanted.keys() - moved.keys():
        raise UnitsExhausted(code) if wanted[code] > 0 else NothingToGiveBack(code)
    return moved
