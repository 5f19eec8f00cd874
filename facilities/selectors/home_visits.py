"""What a visitor may know of a visit before the visits: to whom and where, and what she wishes."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from applications.public import visit_address_for
from eligibility.engine import wording
from facilities.models import Facility, Preparation
from postpartum_portal.shared import clock

from .ages import child_age
from .desks import answered_by
from .guests import multiples_of
from .wishes import wish_card


@dataclass(frozen=True, slots=True)
class HomeVisit:
    """`wished`: her days and words, which the visit is there to settle."""

    pk: int
    name: str
    kana: str
    phone: str
    address: str
    municipality: str
    facility: str
    service: str
    when: str
    child_age: str
    multiples: str
    wished: tuple[str, ...]
    vaccinations: tuple[dt.date, ...]


def planned_by(desk: Facility) -> QuerySet[Preparation]:
    """What this desk is to go to, the first one first."""
    rows = Preparation.objects.filter(answered_by(desk), status=Preparation.Status.PLANNED)
    return with_rows(rows).order_by("day", "arrival", "pk")


def with_rows(rows: QuerySet[Preparation]) -> QuerySet[Preparation]:
    """With all that cards and services read."""
    return rows.select_related(
        "municipality", "facility", "citizen", "wish__municipality", "wish__entitlement__programme_version"
    ).select_related("wish__entitlement__birth__household", "wish__citizen", "entitlement")


def home_visit(row: Preparation) -> HomeVisit:
    """`row` came `with_rows`. Pages ask `services.reading`, which notes who has seen it."""
    card, birth = wish_card(row.wish), row.wish.entitlement.birth
    household = birth.household
    return HomeVisit(
        pk=row.pk,
        name=household.name,
        kana=household.kana,
        phone=household.phone,
        address=visit_address_for(household, at=clock.now()),
        municipality=row.municipality.name,
        facility=row.facility.name,
        service=card.service.label,
        when=f"{wording.weekday_day(row.day)} {wording.clock(row.arrival)}",
        child_age=child_age(birth, row.day),
        multiples=multiples_of(birth),
        wished=tuple(filter(None, [*map(wording.weekday_day, row.wish.wished_days), row.wish.words])),
        vaccinations=card.vaccinations,
    )
