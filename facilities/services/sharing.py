"""同じ部屋を使うサービス: two kinds of place become one, and a service gets places of its own again.

From today on everything of the kind stands under its new name: guests, holds, the line, blocks and counters. A stay
under way moves with all its days, so a day that has passed is counted where its guest now stands; a limit of the past
rises with it, since nobody is thrown out of a day that is over. What is over keeps the name it had.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from facilities.models import Block, BlockedDay, DayCapacity, Facility, Offering, Pattern
from facilities.selectors.blocks import live_blocks
from facilities.selectors.places import offered_places
from facilities.selectors.sharing import JoinedDay, joined_days
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .capacity import BelowBooked, Shortage
from .places import hold_facility
from .rehousing import Overrun, locked_tenants
from .waiting_line import call_line

ATTEMPTS = 10

Done = TypeVar("Done")


def share_places(facility: Facility, kind: str, *, into: str, by: User, at: dt.datetime) -> None:
    """From today on the services of `kind` use the places of `into`, whose numbers, weekly pattern and notice hold.

    Blocks of both hold: a day that one of them is closed on is closed. Whoever asks for a day of the old kind at this
    very instant hears that it is full, and finds it under the other when she asks again.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBeShared: no places are kept here, or the two are not two kinds that it offers.
        BelowBooked: on some day the guests of both are more than the places; nothing has changed.
        InMotion: families kept booking and cancelling meanwhile.
    """
    authorise(by, "facilities.set_places", facility)
    today = clock.day_of(at)

    def attempt() -> None:
        stands = hold_facility(facility.pk)
        if kind == into or not stands.keeps_capacity or not {kind, into} <= set(offered_places(facility).values()):
            raise NotToBeShared
        tenants = locked_tenants(facility, kind, None, today=today, days_of=(kind, into))
        days = joined_days(facility, kind, into, on=today)
        if short := [day for day in days if day.lacks]:
            raise BelowBooked(tuple(Shortage(into, day.day, day.limit or 0, day.used, day.blocked) for day in short))
        Offering.objects.filter(facility=facility, place=kind).update(place=into)
        tenants.move_to(into)
        _move_past(facility, tenants.taken, kind, into, today)
        DayCapacity.objects.filter(facility=facility, place=kind, day__gte=today).delete()
        _move_blocks(facility, kind, into, today)
        _recount(facility, into, {day.day: day.used for day in days})
        Pattern.objects.filter(facility=facility, place=kind).delete()
        _keep_notices(facility, {name: rule for name, rule in stands.notices.items() if name != kind})
        if days:
            call_line(facility.pk, into, today, days[-1].day)
        events.record("places.shared", facility, at=at, by_id=by.pk, facility_id=facility.pk, place=into, joined=kind)

    _until_nobody_moves(attempt)


def part_places(facility: Facility, offerings: Collection[Offering], *, places: int, by: User, at: dt.datetime) -> str:
    """From today on some services of a kind use places of their own: so many on each day that is open. Their new kind.

    The kind they leave keeps its numbers, pattern and blocks. The new one has no pattern yet and the same notice; days
    without a number have none, and days that are closed have only what is booked.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBeParted: no places are kept here, or they are not some, but not all, of one kind's services.
        BelowBooked: on some day they have more guests than `places`; nothing has changed.
        InMotion: families kept booking and cancelling meanwhile.
    """
    authorise(by, "facilities.set_places", facility)
    today = clock.day_of(at)
    services = {(row.municipality_id, row.service) for row in offerings}

    def attempt() -> str:
        stands, place_of = hold_facility(facility.pk), offered_places(facility)
        kind = _one_kind(place_of, services)
        if kind is None or not stands.keeps_capacity:
            raise NotToBeParted
        own = _free_name(facility, min(services)[1], place_of.values(), today)
        tenants = locked_tenants(facility, kind, services, today=today, days_of=(kind, own))
        days, taken = joined_days(facility, own, kind, on=today), tenants.taken  # of the own kind there is none yet
        rows = [_own_day(facility, own, day, taken[day.day], places) for day in days if day.limit is not None]
        if short := [row for row in rows if row.used > row.limit]:
            raise BelowBooked(tuple(Shortage(kind, row.day, row.limit, row.used) for row in short))
        for municipality, service in sorted(services):
            Offering.objects.filter(facility=facility, municipality=municipality, service=service).update(place=own)
        tenants.move_to(own)
        _move_past(facility, taken, kind, own, today)
        DayCapacity.objects.bulk_create(rows)
        _recount(facility, kind, {day.day: day.used - taken[day.day] for day in days})
        if notice := stands.notices.get(kind):
            _keep_notices(facility, stands.notices | {own: notice})
        if rows:
            call_line(facility.pk, kind, today, rows[-1].day)
            call_line(facility.pk, own, today, rows[-1].day)
        events.record(
            "places.parted", facility, at=at, by_id=by.pk, facility_id=facility.pk, place=kind, parted=own, each=places
        )
        return own

    return _until_nobody_moves(attempt)


class NotToBeShared(Exception):
    """Not two kinds that the facility offers, or one that keeps no places here."""


class NotToBeParted(Exception):
    """Not some of the services of one kind, or all of them, or a facility that keeps no places here."""


class InMotion(Exception):
    """Families kept booking and cancelling while it was looked who holds a place; nothing has changed."""


def _until_nobody_moves(attempt: Callable[[], Done]) -> Done:
    """Who books while it is looked is seen the next time: nobody is kept waiting by a lock on what is not there yet."""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return attempt()
        except Overrun:
            continue
    raise InMotion


def _one_kind(place_of: Mapping[tuple[int, str], str], services: Collection[tuple[int, str]]) -> str | None:
    """The kind that the services share with others; None where there is no such kind."""
    kinds = {place_of.get(service, "") for service in services}
    if len(kinds) != 1 or "" in kinds:
        return None
    (kind,) = kinds
    return kind if any(place == kind for service, place in place_of.items() if service not in services) else None


def _free_name(facility: Facility, service: str, taken: Collection[str], today: dt.date) -> str:
    """The service's code, as the loader names a kind, or that with a number: one of which no coming day is counted."""
    counted = DayCapacity.objects.filter(facility=facility, day__gte=today).order_by("place")
    gone = {*taken, *counted.values_list("place", flat=True).distinct()}
    names = [service, *(f"{service[:26]}-{number}" for number in range(2, len(gone) + 3))]
    return next(name for name in names if name not in gone)


def _own_day(facility: Facility, own: str, day: JoinedDay, used: int, places: int) -> DayCapacity:
    limit = used if day.closed else places if day.limit else 0
    return DayCapacity(facility=facility, place=own, day=day.day, limit=limit, used=used, last_minute=day.last_minute)


def _move_past(facility: Facility, taken: Mapping[dt.date, int], kind: str, into: str, today: dt.date) -> None:
    """Of stays that are under way."""
    for day in sorted(day for day in taken if day < today):
        rows = DayCapacity.objects.filter(facility=facility, day=day)
        rows.filter(place=kind).update(used=F("used") - taken[day])
        used = F("used") + taken[day]
        rows.filter(place=into).update(used=used, limit=Greatest(F("limit"), used))


def _move_blocks(facility: Facility, kind: str, into: str, today: dt.date) -> None:
    """Released days too: they can be taken back."""
    Block.objects.filter(facility=facility, place=kind, last_day__gte=today).update(place=into)
    BlockedDay.objects.filter(facility=facility, place=kind, day__gte=today).update(place=into)


def _recount(facility: Facility, kind: str, used: Mapping[dt.date, int]) -> None:
    """Each day with what is used of it, and the first of the blocks that hold it as a whole with all the rest."""
    counters = list(DayCapacity.objects.filter(facility=facility, place=kind, day__in=used).order_by("day"))
    whole: dict[dt.date, list[BlockedDay]] = defaultdict(list)
    for row in live_blocks(facility, place=kind).filter(whole=True, day__in=used).order_by("pk"):
        whole[row.day].append(row)
    for counter in counters:
        rest = max(0, counter.limit - used[counter.day]) if counter.day in whole else 0
        counter.used = used[counter.day] + rest
        for turn, row in enumerate(whole[counter.day]):
            row.places = 0 if turn else rest
    DayCapacity.objects.bulk_update(counters, ["used"], batch_size=200)
    BlockedDay.objects.bulk_update([row for rows in whole.values() for row in rows], ["places"], batch_size=200)


def _keep_notices(facility: Facility, notices: Mapping[str, object]) -> None:
    Facility.objects.filter(pk=facility.pk).update(notices=notices)
