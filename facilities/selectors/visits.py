"""What a facility has arranged to visit: from when until when, of all municipalities, without anybody's name."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TypeAlias

from applications.public import Entitlement, dates_of
from eligibility import engine
from facilities.models import Booking, Hold, Move, Preparation, VisitPlan
from postpartum_portal.shared.tenancy import tenant

from .uses import use_of
from .versions import versions_of

STANDS = Booking.MOVABLE | {Booking.Status.ATTENDED}


@dataclass(frozen=True, slots=True)
class Visit:
    """`ends` without the way to the next; `asked_at`: since when it is there; `row`: booking:12, hold:3."""

    row: str
    begins: dt.datetime
    ends: dt.datetime
    asked_at: dt.datetime


def visits_of(plan: VisitPlan, first: dt.date, last: dt.date) -> tuple[Visit, ...]:
    """Bookings, days asked for instead, days kept for callers and visits before the visits, each with a known hour."""
    with tenant(facility=plan.facility_id):
        return tuple(_visits(plan, (first, last)))


def minutes_of(use: engine.Use, service: engine.Service, children: int, plan: VisitPlan) -> int:
    """As agreed, else the longest of the programme or, where none is published, what the facility takes a visit for."""
    return round(engine.hours_of(use, service, children) * 60) or plan.visit_minutes


def _visits(plan: VisitPlan, days: tuple[dt.date, dt.date]) -> Iterator[Visit]:
    versions = cache(versions_of)
    for row, municipality, use, children, asked_at in chain(
        _booked(plan, days), _moving(plan, days), _kept(plan, days), _prepared(plan, days)
    ):
        service = versions(municipality).terms_of(use.service, use.first_day).service(use.service)
        if service.kind is engine.ServiceKind.VISIT and use.start_time is not None:
            begins = dt.datetime.combine(use.first_day, use.start_time)
            length = dt.timedelta(minutes=minutes_of(use, service, children, plan))
            yield Visit(row, begins, begins + length, asked_at)


_Seen: TypeAlias = tuple[str, int, engine.Use, int, dt.datetime]
"""Which row, of which municipality, as a use, for how many children, since when."""


def _booked(plan: VisitPlan, days: tuple[dt.date, dt.date]) -> Iterator[_Seen]:
    rows = Booking.objects.filter(facility=plan.facility_id, status__in=STANDS, arrival__isnull=False)
    for row in rows.filter(first_day__range=days).select_related("entitlement__birth").order_by("pk"):
        yield f"booking:{row.pk}", row.municipality_id, use_of(row), _children(row.entitlement), row.requested_at


def _moving(plan: VisitPlan, days: tuple[dt.date, dt.date]) -> Iterator[_Seen]:
    """Where she has asked to move to; until that is answered, the old hour is hers as well."""
    rows = Move.objects.filter(facility=plan.facility_id, status=Move.Status.ASKED, arrival__isnull=False)
    for row in rows.filter(first_day__range=days).select_related("booking__entitlement__birth").order_by("pk"):
        use = replace(use_of(row.booking), first_day=row.first_day, last_day=row.last_day, start_time=row.arrival)
        yield f"booking:{row.booking_id}", row.municipality_id, use, _children(row.booking.entitlement), row.asked_at


def _kept(plan: VisitPlan, days: tuple[dt.date, dt.date]) -> Iterator[_Seen]:
    rows = Hold.objects.filter(facility=plan.facility_id, status=Hold.Status.OPEN, arrival__isnull=False)
    for row in rows.filter(first_day__range=days).order_by("pk"):
        use = engine.Use(row.service, row.first_day, row.last_day, start_time=row.arrival)
        yield f"hold:{row.pk}", row.municipality_id, use, 1, row.made_at


def _prepared(plan: VisitPlan, days: tuple[dt.date, dt.date]) -> Iterator[_Seen]:
    rows = Preparation.objects.filter(facility=plan.facility_id, status=Preparation.Status.PLANNED, day__range=days)
    for row in rows.select_related("entitlement__birth").order_by("pk"):
        use = engine.Use(row.service, row.day, row.day, start_time=row.arrival)
        yield f"preparation:{row.pk}", row.municipality_id, use, _children(row.entitlement), row.made_at


def _children(entitlement: Entitlement) -> int:
    return dates_of(entitlement.birth).counted_children
