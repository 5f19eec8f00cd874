"""Taking places out of use, on the counters that bookings move, and giving them back: 使わない枠."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from facilities.models import Block, BlockedDay, DayCapacity, Facility
from facilities.selectors.places import offered_places
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .blocked import blocked_days, give_back
from .places import hold_facility, locked_days, move_places, open_days
from .waiting_line import call_line


def block_days(
    facility: Facility,
    wanted: Mapping[str, int | None],
    *,
    days: Collection[dt.date],
    why: Block.Why,
    note: str,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> list[Block]:
    """Take `wanted` places (kind → number; None: all) out of use on each of the days: all of them or none.

    One block for each kind; the same form sent twice makes them once.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBeBlocked: a day has passed, a kind is not offered, or the facility keeps no places here.
        NotFree: some day has too few places left; nothing has changed.
    """
    authorise(by, "facilities.set_places", facility)
    if not facility.keeps_capacity or min(days) < clock.day_of(at):
        raise NotToBeBlocked
    with transaction.atomic():
        hold_facility(facility.pk)
        if not wanted.keys() <= set(offered_places(facility).values()):
            raise NotToBeBlocked
        # Kinds in the order of their codes, days by date, as whoever sets places.
        taken = [(kind, _look(facility, kind, wanted[kind], days)) for kind in sorted(wanted)]
        if sent := list(Block.objects.filter(facility=facility, form_token=form_token)):
            return sent
        if short := [lack for _, (_, found) in taken for lack in found]:
            raise NotFree(tuple(short))
        said = {"why": why, "note": note, "made_by": by, "made_at": at, "form_token": form_token}
        made = [
            _block(Block(facility=facility, place=kind, **said), free, whole=wanted[kind] is None)
            for kind, (free, _) in taken
        ]
        for block in made:
            told = [day.isoformat() for day in sorted(days)]
            events.record("block.made", block, at=at, by_id=by.pk, place=block.place, why=why, days=told)
    return made


def release_block(block: Block, *, by: User, at: dt.datetime, days: Collection[dt.date] | None = None) -> int:
    """Give back what a block holds from today on, or on some `days` of it; those who wait are called. How many days.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NothingToRelease: the days have passed, or were released already.
    """
    authorise(by, "facilities.set_places", block.facility)
    with transaction.atomic():
        released = release_days(block, days, by=by, at=at)
        if not released:
            raise NothingToRelease
    return len(released)


def release_days(
    block: Block, days: Collection[dt.date] | None, *, by: User | None, at: dt.datetime
) -> list[BlockedDay]:
    """What `release_block` does, for a planner too. Part of the caller's transaction."""
    _hold(block)
    coming = BlockedDay.objects.filter(block=block, day__gte=clock.day_of(at), released_at__isnull=True)
    if days is not None:
        coming = coming.filter(day__in=days)
    locked_days(block.facility_id, block.place, list(coming.values_list("day", flat=True)))
    rows = list(coming.order_by("day"))  # as they stand now that nobody else can release them
    if rows:
        BlockedDay.objects.filter(pk__in=[row.pk for row in rows]).update(released_at=at, released_by=by)
        move_places(block.facility_id, block.place, give_back(rows))
        call_line(block.facility_id, block.place, rows[0].day, rows[-1].day)
        told = [row.day.isoformat() for row in rows]
        events.record("block.released", block, at=at, by_id=by.pk if by else None, place=block.place, days=told)
    return rows


def take_back(block: Block, day: dt.date, *, by: User, at: dt.datetime) -> None:
    """Block a released day once more, while its places are free. It then stays until somebody releases it.

    A day that the block released before its time by itself is kept until that time, as before.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NothingToRelease: the day has passed, or is not one that was released.
        NotFree: somebody has booked since.
    """
    authorise(by, "facilities.set_places", block.facility)
    today = clock.day_of(at)
    with transaction.atomic():
        _hold(block)
        counter = locked_days(block.facility_id, block.place, [day]).get(day)
        row = BlockedDay.objects.filter(block=block, day=day, released_at__isnull=False).first()
        if counter is None or row is None or day < today:
            raise NothingToRelease
        if row.whole:
            row.places = counter.left
        booked = counter.used - sum(other.places for other in _on(counter))
        if counter.left < row.places or (row.whole and booked):
            raise NotFree((_lack(counter, None if row.whole else row.places, booked),))
        row.released_at = row.released_by = None
        row.release_on = row.release_on if row.release_on and row.release_on > today else None
        row.save(update_fields=["places", "released_at", "released_by", "release_on"])
        move_places(block.facility_id, block.place, {day: row.places})
        events.record("block.taken_back", block, at=at, by_id=by.pk, place=block.place, days=[day.isoformat()])


@dataclass(frozen=True, slots=True)
class Lack:
    """A day that has fewer places left than `wanted` (None: all of them), of `limit`; `booked` families are coming."""

    place: str
    day: dt.date
    wanted: int | None
    limit: int
    booked: int
    blocked: int


class NotFree(Exception):
    """Places to be blocked are booked, or blocked already. `lacks` name each day and kind."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(", ".join(f"{lack.day} {lack.place}" for lack in lacks))
        self.lacks = lacks


class NotToBeBlocked(Exception):
    """A day that has passed, a kind that the facility does not offer, or one that keeps no places here."""


class NothingToRelease(Exception):
    """The days have passed, or somebody released them first."""


def _hold(block: Block) -> None:
    """Its places may have been joined with others since it was read."""
    hold_facility(block.facility_id)
    block.refresh_from_db(fields=["place"])


def _look(
    facility: Facility, kind: str, number: int | None, days: Collection[dt.date]
) -> tuple[dict[dt.date, int], list[Lack]]:
    """Lock the days and look: what the block would take on each, and the days that lack it."""
    open_days(facility.pk, kind, days)
    counters, held = locked_days(facility.pk, kind, days), blocked_days(facility.pk, kind, days)
    free, short = {}, []
    for day, counter in counters.items():
        booked = counter.used - sum(row.places for row in held.get(day, ()))
        if booked if number is None else counter.left < number:
            short.append(_lack(counter, number, booked))
        free[day] = counter.left if number is None else number
    return free, short


def _block(block: Block, free: Mapping[dt.date, int], *, whole: bool) -> Block:
    """Take what is free, then write it down."""
    block.first_day, block.last_day = min(free), max(free)
    block.save(force_insert=True)
    move_places(block.facility_id, block.place, free)
    BlockedDay.objects.bulk_create(
        BlockedDay(block=block, facility_id=block.facility_id, place=block.place, day=day, places=places, whole=whole)
        for day, places in sorted(free.items())
    )
    return block


def _on(counter: DayCapacity) -> list[BlockedDay]:
    return blocked_days(counter.facility_id, counter.place, [counter.day]).get(counter.day, [])


def _lack(counter: DayCapacity, wanted: int | None, booked: int) -> Lack:
    return Lack(counter.place, counter.day, wanted, counter.limit, booked, counter.used - booked)
