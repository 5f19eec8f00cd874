"""同じ部屋を使うサービス: which services take the same places, and what joining two kinds of place would mean."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from facilities.models import BlockedDay, DayCapacity, Facility, Offering

from .blocks import live_blocks
from .places import PlaceKind, place_kinds
from .versions import versions_of


@dataclass(frozen=True, slots=True)
class RoomService:
    """A service that takes places of a kind. `label`: 川崎市の日帰り型ロング."""

    offering: Offering
    label: str


@dataclass(frozen=True, slots=True)
class Room:
    """A kind of place with all services that use it."""

    kind: PlaceKind
    services: tuple[RoomService, ...]

    @property
    def told(self) -> str:
        return "、".join(service.label for service in self.services)


@dataclass(frozen=True, slots=True)
class JoinedDay:
    """A day of two kinds, once they are one. `limit`: of the kind that stays, None where it was never set.

    `used`: booked, kept and out of use in both together; `blocked` of them are out of use. A `closed` day is blocked as
    a whole in one of the two, and then in both: what its blocks hold is not in `used`, since they give way.
    `last_minute`: of the kind that stays.
    """

    day: dt.date
    limit: int | None
    used: int
    blocked: int
    closed: bool
    last_minute: bool

    @property
    def lacks(self) -> bool:
        """Whether the guests of both do not fit into the places of one."""
        return self.used > (self.limit or 0)


def rooms_of(facility: Facility, *, on: dt.date) -> tuple[Room, ...]:
    """The kinds of place in the file's order, with the services of contracts that have not ended."""
    going = Q(contract__ends_on__isnull=True) | Q(contract__ends_on__gte=on)
    versions = cache(versions_of)
    offered: dict[str, list[RoomService]] = defaultdict(list)
    for row in Offering.objects.filter(going, facility=facility).select_related("municipality").order_by("pk"):
        service = versions(row.municipality_id).terms_of(row.service, on).service(row.service)
        offered[row.place].append(RoomService(row, f"{row.municipality.name}の{service.short_label}"))
    return tuple(Room(kind, tuple(offered[kind.code])) for kind in place_kinds(facility, on=on))


def joined_days(facility: Facility, kind: str, into: str, *, on: dt.date) -> tuple[JoinedDay, ...]:
    """Every day from one on of which either kind says anything."""
    rows = {
        (row.place, row.day): row
        for row in DayCapacity.objects.filter(facility=facility, place__in=[kind, into], day__gte=on)
    }
    blocked: dict[dt.date, list[BlockedDay]] = defaultdict(list)
    for row in live_blocks(facility).filter(place__in=[kind, into], day__gte=on):
        blocked[row.day].append(row)
    return tuple(
        _joined(day, rows.get((kind, day)), rows.get((into, day)), blocked[day])
        for day in sorted({day for _, day in rows})
    )


def _joined(
    day: dt.date, going: DayCapacity | None, staying: DayCapacity | None, blocked: Sequence[BlockedDay]
) -> JoinedDay:
    whole = sum(row.places for row in blocked if row.whole)
    return JoinedDay(
        day=day,
        limit=staying.limit if staying else None,
        used=(going.used if going else 0) + (staying.used if staying else 0) - whole,
        blocked=sum(row.places for row in blocked if not row.whole),
        closed=any(row.whole for row in blocked),
        last_minute=staying is not None and staying.last_minute,
    )
