"""Who waits for days that are full: the line of a facility, a family's place in it, and how many wait for a day."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from applications.public import Entitlement, Standing
from eligibility import engine
from eligibility.engine.wording import span
from eligibility.public import programme_of
from facilities.models import DayCapacity, Facility, Offering, Waiting
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.tenancy import tenant

from .uses import counted_in


@dataclass(frozen=True, slots=True)
class OfferEnd:
    """As a deadline clock wants it; `wording`: 3月10日(火) 21:00 より前."""

    at: dt.datetime
    wording: str
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """`when`: 3月11日(水)〜13日(金); `length`: 2泊3日, "" of what is booked one by one.

    `ahead`: how many come before; `counted_in`: 日数, 回数, what the use takes.
    """

    waiting: Waiting
    service: engine.Service
    when: str
    length: str
    ahead: int
    counted_in: str

    @property
    def waits(self) -> bool:
        return bool(self.waiting.status == Waiting.Status.WAITING)

    @property
    def offered(self) -> bool:
        return bool(self.waiting.status == Waiting.Status.OFFERED)

    @property
    def tone(self) -> str:
        return "ok" if self.offered else ""

    @property
    def clock(self) -> OfferEnd | None:
        """Until when she may take what is offered."""
        until = self.waiting.offered_until
        return (
            OfferEnd(until, gettext("%(day)s より前") % {"day": wareki.moment(until)})
            if self.offered and until
            else None
        )


def may_wait_at(offering: Offering, terms: engine.Terms) -> bool:
    """Whether days that are full may be waited for: the facility keeps its places here, and she books by herself here.

    Where a call comes first (仮予約), the call is where she hears of free days.
    """
    by_herself = terms.service(offering.service).arranged_by is engine.ArrangedBy.FACILITY
    return offering.facility.keeps_capacity and by_herself and terms.booking.provisional is None


def line_of(facility_id: int) -> QuerySet[Waiting]:
    """All who wait at a facility, of whatever municipality, who asked first at the top."""
    with tenant(facility=facility_id):
        rows = Waiting.objects.filter(facility_id=facility_id, status=Waiting.Status.WAITING)
    return rows.select_related(
        "municipality",
        "citizen",
        "facility",
        "entitlement__municipality",
        "entitlement__programme_version",
        "entitlement__birth__household",
        "offering__contract",
        "offering__facility",
    ).order_by("asked_at", "pk")


def somebody_waits(facility_id: int, place: str, first: dt.date, last: dt.date) -> bool:
    """Whether anybody, of whatever municipality, waits for a day between two."""
    with tenant(facility=facility_id):
        waiting = Waiting.objects.filter(facility_id=facility_id, status=Waiting.Status.WAITING)
        return waiting.filter(place=place, first_day__lte=last, last_day__gte=first).exists()


def free_places(facility_id: int, *, since: dt.date) -> set[tuple[str, dt.date]]:
    """Kind of place and day, for each day from one on that has a place left."""
    rows = DayCapacity.objects.filter(facility_id=facility_id, day__gte=since)
    return {(row.place, row.day) for row in rows if row.left}


def ahead_of(waiting: Waiting) -> int:
    """How many families come before: who asked earlier for the same kind of place on one of the days, and still may."""
    with tenant(facility=waiting.facility_id):
        earlier = Q(asked_at__lt=waiting.asked_at) | Q(asked_at=waiting.asked_at, pk__lt=waiting.pk)
        rows = Waiting.objects.filter(earlier, facility_id=waiting.facility_id, status__in=Waiting.LIVE)
        same = rows.filter(
            place=waiting.place, first_day__lte=waiting.last_day, last_day__gte=waiting.first_day
        ).exclude(entitlement_id=waiting.entitlement_id)
        return same.values("entitlement").distinct().count()


def line_length(offering: Offering, first: dt.date, last: dt.date, *, besides: Entitlement) -> int:
    """How many other families already wait for the same kind of place on one of the days."""
    with tenant(facility=offering.facility_id):
        rows = Waiting.objects.filter(facility=offering.facility_id, place=offering.place, status__in=Waiting.LIVE)
        shared = rows.filter(first_day__lte=last, last_day__gte=first).exclude(entitlement=besides)
        return shared.values("entitlement").distinct().count()


def use_waited_for(waiting: Waiting) -> engine.Use:
    """The use she waits for, as the rules want to see it."""
    return engine.Use(
        waiting.service,
        waiting.first_day,
        waiting.last_day,
        start_time=waiting.arrival,
        siblings=waiting.siblings,
    )


def use_begins(waiting: Waiting, terms: engine.Terms) -> dt.datetime:
    """When the use would begin; the beginning of its first day where no hour is known."""
    opens = terms.service(waiting.service).hours.opens
    return dt.datetime.combine(waiting.first_day, waiting.arrival or opens or dt.time(), clock.TOKYO)


def waiting_of(entitlement: Entitlement) -> tuple[WaitingCard, ...]:
    """What a family waits for or is offered, the offers first, then by days."""
    rows = Waiting.objects.filter(entitlement=entitlement, status__in=Waiting.LIVE).select_related(
        "facility", "entitlement__birth", "entitlement__programme_version"
    )
    cards = map(waiting_card, rows)
    return tuple(sorted(cards, key=lambda card: (card.waits, card.waiting.first_day, card.waiting.pk)))


def live_waits(standing: Standing, offering: Offering) -> dict[tuple[dt.date, dt.date], int]:
    """First and last day → id, of what a family waits for there."""
    rows = Waiting.objects.filter(
        entitlement=standing.entitlement, offering=offering, status__in=Waiting.LIVE
    ).values_list("first_day", "last_day", "pk")
    return {(first, last): pk for first, last, pk in rows}


def waiting_card(waiting: Waiting) -> WaitingCard:
    """`waiting` came with its facility, entitlement, birth and version."""
    terms = programme_of(waiting.entitlement.programme_version).terms
    service = terms.service(waiting.service)
    stay = service.kind is engine.ServiceKind.STAY
    return WaitingCard(
        waiting=waiting,
        service=service,
        when=span(waiting.first_day, waiting.last_day),
        length=engine.length_text(use_waited_for(waiting), service) if stay else "",
        ahead=ahead_of(waiting) if waiting.status in Waiting.LIVE else 0,
        counted_in=counted_in(service, terms),
    )


def waiting_on(facility: Facility, days: Collection[dt.date]) -> dict[dt.date, int]:
    """Day → how many families wait for it, of those days for which anybody does. A number, never a name."""
    rows = Waiting.objects.filter(
        facility=facility, status=Waiting.Status.WAITING, first_day__lte=max(days), last_day__gte=min(days)
    ).values_list("first_day", "last_day", "entitlement")
    each = {(day, family) for first, last, family in rows for day in engine.each_day(first, last)}
    found = Counter(day for day, _ in each if day in days)
    return dict(sorted(found.items()))
