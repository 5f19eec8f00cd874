"""The kinds of place a facility has, in words; and how full its days are."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import engine
from facilities.models import Block, BlockedDay, Booking, DayCapacity, Facility, Offering

from .moves import moves_asked_at
from .uses import terms_of
from .versions import versions_of

SHORT = {
    engine.ServiceKind.STAY: gettext_lazy("泊"),
    engine.ServiceKind.DAY: gettext_lazy("日"),
    engine.ServiceKind.VISIT: gettext_lazy("訪"),
}
UNITS = {
    engine.ServiceKind.STAY: gettext_lazy("室"),
    engine.ServiceKind.DAY: gettext_lazy("組"),
    engine.ServiceKind.VISIT: gettext_lazy("件"),
}


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """`code` as offerings name it; `label`: 宿泊; `short`: 泊, for a phone; `unit`: 室.

    Services that share a place, also those of several municipalities, are one kind.
    """

    code: str
    label: str
    short: str
    unit: str


@dataclass(frozen=True, slots=True)
class Places:
    """One kind on one day. `limit` is None where none was ever set; `used` then counts bookings without a place.

    `blocked` (why → number) are those of the `used` places that the facility has taken out of use itself.
    """

    kind: PlaceKind
    day: dt.date
    limit: int | None
    used: int
    blocked: Mapping[str, int] = field(default_factory=dict)
    last_minute: bool = False

    @property
    def left(self) -> int:
        return max(0, (self.limit or 0) - self.used)

    @property
    def booked(self) -> int:
        return self.used - sum(self.blocked.values())

    @property
    def closed(self) -> bool:
        """Whether the facility is closed on this day: 休業."""
        return Block.Why.CLOSED in self.blocked and not self.left and not self.booked

    @property
    def words(self) -> str:
        """`宿泊 3室のうち1が予約ずみ、1は産科で使う`, `日帰り 休み`, `宿泊 未設定`"""
        return f"{self.kind.label} {self._told()}"

    def _told(self) -> str:
        if self.closed:
            return str(Block.Why.CLOSED.label)
        if self.limit is None:
            return _("予約%(used)s%(unit)s") % {"used": self.used, "unit": self.kind.unit} if self.used else _("未設定")
        if not self.limit:
            return _("休み")
        told = _("%(limit)s%(unit)sのうち%(used)sが予約ずみ") % {
            "limit": self.limit,
            "unit": self.kind.unit,
            "used": self.booked,
        }
        return "、".join(
            [
                told,
                *(
                    _("%(number)sは%(why)s") % {"number": number, "why": Block.Why(why).label}
                    for why, number in self.blocked.items()
                    if number
                ),
            ]
        )


def place_kinds(facility: Facility, *, on: dt.date) -> tuple[PlaceKind, ...]:
    """Those of services that parents book themselves, under contracts that have not ended, in the file's order."""
    going = Q(contract__ends_on__isnull=True) | Q(contract__ends_on__gte=on)
    versions = cache(versions_of)
    services: dict[str, list[engine.Service]] = {}
    for offering in Offering.objects.filter(going, facility=facility).order_by("pk"):
        service = versions(offering.municipality_id).terms_of(offering.service, on).service(offering.service)
        if service.arranged_by is engine.ArrangedBy.FACILITY:
            services.setdefault(offering.place, []).append(service)
    return tuple(_kind(code, sharing) for code, sharing in services.items())


def places_between(
    facility: Facility, kinds: Sequence[PlaceKind], first: dt.date, last: dt.date
) -> dict[dt.date, tuple[Places, ...]]:
    """Each day between two days, both included, with all kinds in their order. Four queries, however many days."""
    rows = {
        (row.place, row.day): row for row in DayCapacity.objects.filter(facility=facility, day__range=(first, last))
    }
    uncounted, blocked = _uncounted(facility, first, last), _blocked(facility, first, last)

    def places(kind: PlaceKind, day: dt.date) -> Places:
        row = rows.get((kind.code, day))
        without = uncounted[kind.code, day]
        if row is None:
            return Places(kind, day, None, without)
        return Places(kind, day, row.limit, row.used + without, blocked.get((kind.code, day), {}), row.last_minute)

    return {day: tuple(places(kind, day) for kind in kinds) for day in engine.each_day(first, last)}


def places_of(booking: Booking) -> tuple[Places, ...]:
    """How full the days of a booking are, itself included, in the kind of place it takes."""
    return places_on(booking, booking.first_day, booking.last_day)


def places_on(booking: Booking, first: dt.date, last: dt.date) -> tuple[Places, ...]:
    """The same of other days, to which it may be moved."""
    service = terms_of(booking).service(booking.service)
    offering = Offering.objects.filter(
        facility=booking.facility, municipality=booking.municipality, service=booking.service
    ).first()
    kind = _kind(offering.place if offering else booking.place, [service])
    found = places_between(booking.facility, [kind], first, last)
    return tuple(places for (places,) in found.values())


def holders(facility: Facility, place: str, days: Iterable[dt.date]) -> Q:
    """The bookings that hold a place of a kind on one of the days, or have asked to move there."""
    touching = Q(pk__in=())
    for day in days:
        touching |= Q(first_day__lte=day, last_day__gte=day)
    asked = moves_asked_at(facility).filter(touching).values("booking")
    return Q(facility=facility, place=place, status__in=Booking.HOLDS_PLACES) & (touching | Q(pk__in=asked))


def _kind(code: str, services: Sequence[engine.Service]) -> PlaceKind:
    labels = dict.fromkeys(service.short_label.removesuffix("型") for service in services)
    return PlaceKind(
        code=code,
        label="・".join(labels),
        short="".join(dict.fromkeys(str(SHORT[service.kind]) for service in services)),
        unit=str(UNITS[services[0].kind]),
    )


def _uncounted(facility: Facility, first: dt.date, last: dt.date) -> Counter[tuple[str, dt.date]]:
    """Bookings from the time before the facility kept places here: they hold days without a counter."""
    place_of = offered_places(facility)
    uncounted = Booking.objects.filter(
        facility=facility, place="", status__in=Booking.HOLDS_PLACES, first_day__lte=last, last_day__gte=first
    )
    asked = moves_asked_at(facility).filter(place="", first_day__lte=last, last_day__gte=first)
    days = [(booking, engine.each_day(booking.first_day, booking.last_day)) for booking in uncounted]
    days += [(move.booking, move.added_days) for move in asked.select_related("booking")]
    return Counter(
        (place_of.get((booking.municipality_id, booking.service), ""), day) for booking, held in days for day in held
    )


def _blocked(facility: Facility, first: dt.date, last: dt.date) -> dict[tuple[str, dt.date], dict[str, int]]:
    """Kind and day → why → how many places the facility has taken out of use."""
    rows = BlockedDay.objects.filter(facility=facility, released_at__isnull=True, day__range=(first, last))
    taken = rows.order_by("block__why").values_list("place", "day", "block__why").annotate(taken=Sum("places"))
    found: dict[tuple[str, dt.date], dict[str, int]] = {}
    for place, day, why, number in taken:
        found.setdefault((place, day), {})[why] = number
    return found


def offered_places(facility: Facility) -> dict[tuple[int, str], str]:
    """Municipality and service → the kind of place that a use takes."""
    return {(row.municipality_id, row.service): row.place for row in Offering.objects.filter(facility=facility)}
