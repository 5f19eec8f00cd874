"""Days that are kept for callers: what speaks against keeping them, and which are open at a facility."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from eligibility import engine
from eligibility.engine.booking_days import closed_days, hours, not_begun, not_past, shape
from eligibility.engine.wording import span, weekday_day
from facilities.models import Booking, Facility, Hold, Offering
from postpartum_portal.shared import clock, wareki

from .desks import answered_by
from .hours import over_today
from .offerings import offerings_in_force
from .versions import versions_of


def refusals_of(hold: Hold, offering: Offering, *, at: dt.datetime) -> list[engine.Finding]:
    """What the rules say against days whoever comes: of the programme in force on the first of them.

    `at`: when they are kept; of that day itself only the hours to come count.
    """
    now = at.astimezone(clock.TOKYO)
    use = engine.Use(hold.service, hold.first_day, hold.last_day, start_time=hold.arrival)
    terms = versions_of(hold.municipality_id).terms_of(hold.service, hold.first_day)
    service = terms.service(hold.service)
    found = [
        not_past(use, terms.booking, now.date()),
        *(not_begun(use, terms.booking, now) if hold.arrival else over_today(use, service, terms.booking, 1, now)),
        *shape(use, service),
        *closed_days(use, service),
        *hours(use, service, 1),
    ]
    return [*engine.refusals_of(found), *_contract(hold, offering, terms.booking.in_advance)]


def offering_of(row: Hold | Booking) -> Offering | None:
    """What is kept or booked; None where the facility has given the service up since."""
    rows = Offering.objects.filter(facility=row.facility_id, municipality=row.municipality_id, service=row.service)
    return rows.select_related("facility", "contract").first()


def holds_of(desk: Facility) -> QuerySet[Hold]:
    """What is or was kept for callers of the facilities for which a desk answers, the newest first."""
    rows = Hold.objects.filter(answered_by(desk), suggested_for=None)
    rows = rows.select_related("municipality", "facility", "booking")
    return rows.order_by("-made_at", "-pk")


def open_holds(desk: Facility, *, at: dt.datetime) -> QuerySet[Hold]:
    """Those whose code may still be typed."""
    return holds_of(desk).filter(status=Hold.Status.OPEN, expires_at__gt=at)


def _contract(hold: Hold, offering: Offering, source: engine.Source) -> list[engine.Finding]:
    """The facility must be the municipality's on every day, told to the facility."""
    ends_on = offering.contract.ends_on
    if ends_on is None or hold.last_day <= ends_on:
        return []
    fact = f"{hold.municipality.name}との契約は{weekday_day(ends_on)}までです。それまでの日を選んでください。"
    return [engine.Finding("contract", engine.Verdict.UNMET, "契約の期間", fact, source)]


@dataclass(frozen=True, slots=True)
class Holdable:
    """A service that a desk may keep days of. `label` names municipality and facility where there are several."""

    offering: Offering
    service: engine.Service
    label: str


def holdables(desk: Facility, *, on: dt.date) -> tuple[Holdable, ...]:
    """What parents book where a desk answers, under contracts that hold, in the order of the file."""
    rows = offerings_in_force(on).filter(answered_by(desk)).select_related("facility", "contract", "municipality")
    offered = list(rows.order_by("municipality__name", "facility__pk", "pk"))
    versions = cache(versions_of)
    found = [(row, versions(row.municipality_id).terms_of(row.service, on).service(row.service)) for row in offered]
    cities = len({row.municipality_id for row in offered}) > 1
    elsewhere = any(row.facility_id != desk.pk for row in offered)
    return tuple(
        Holdable(row, service, _label(row, service, city=cities, facility=elsewhere))
        for row, service in found
        if service.arranged_by is engine.ArrangedBy.FACILITY
    )


def _label(offering: Offering, service: engine.Service, *, city: bool, facility: bool) -> str:
    """宿泊型; 小平市 宿泊型; 見本の産院 宿泊型"""
    named = [offering.municipality.name] if city else []
    return " ".join([*named, *([offering.facility.name] if facility else []), service.label])


@dataclass(frozen=True, slots=True)
class HoldCard:
    """A hold in words. `use`: 宿泊型 2泊3日; `when`: 3月11日(水)〜13日(金); its end is told as a clock wants it."""

    hold: Hold
    use: str
    when: str
    inclusive: bool = False

    @property
    def at(self) -> dt.datetime:
        return self.hold.expires_at

    @property
    def wording(self) -> str:
        return f"{wareki.moment(self.at)} まで"


def hold_card(hold: Hold) -> HoldCard:
    """Of a hold that came with its municipality."""
    service = versions_of(hold.municipality_id).terms_of(hold.service, hold.first_day).service(hold.service)
    use = engine.Use(hold.service, hold.first_day, hold.last_day)
    length = engine.length_text(use, service) if use.nights else ""
    return HoldCard(hold, f"{service.label} {length}".rstrip(), span(hold.first_day, hold.last_day))
