"""A scratch database with Kodaira's programme, a facility with many places, and mothers enough for every round."""

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.management import call_command
from django_scopes import scopes_disabled

from applications.models import Birth, Grant, Household, HouseholdClass, Pool
from applications.public import Entitlement
from bench.databases import scratch_database
from bench.rounds import ROUNDS
from eligibility.public import Municipality, version_on
from facilities.models import Booking, DayCapacity, Offering
from facilities.public import request_booking
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock

BATCH = 20
CLIENTS, PLACES, CROWDS = 64, 5, 3
BUSY, ASKED_FOR = 32, 96
"""Clients on one day with room for all, and how many bookings they make between them."""
MOTHERS = 4 * (ROUNDS + 1) * BATCH + 2 * (ROUNDS + 1) * ASKED_FOR + (CROWDS + 1) * CLIENTS + 20
LIMITS = {"stay_and_day": 7, "stay": 7, "stay_nights": 6, "day": 5}
OPEN_DAYS = 90


@dataclass
class World:
    """`database`: its name; `stock`: mothers who have not booked yet, read as a view reads them."""

    database: str
    stay: Offering
    stock: list[Entitlement]
    dice: random.Random = field(default_factory=lambda: random.Random(2))

    def mothers(self, count: int) -> list[Entitlement]:
        return [self.stock.pop() for _ in range(count)]

    def some_day(self) -> dt.date:
        return clock.today() + dt.timedelta(days=self.dice.randint(5, OPEN_DAYS - 10))


@contextmanager
def scratch_world() -> Iterator[World]:
    """Outside every tenant: the service's own filters stay, the scope's are not what is measured."""
    with scratch_database("booking") as name, scopes_disabled():
        yield _furnish(name)


def request_by_service(world: World, entitlement: Entitlement, day: dt.date, *, days: int, tab: int = 0) -> Booking:
    assert entitlement.citizen is not None
    return request_booking(
        entitlement,
        world.stay,
        first_day=day,
        last_day=day + dt.timedelta(days=days - 1),
        arrival=dt.time(10),
        note="",
        form_token=f"bench-{entitlement.pk}-{tab}",
        by=entitlement.citizen,
        at=clock.now(),
    )


def _furnish(database: str) -> World:
    call_command("load_programmes", verbosity=0)
    municipality = Municipality.objects.get(slug="kodaira")
    stays = Offering.objects.filter(municipality=municipality, service="short_stay")
    stay = stays.select_related("facility", "contract").order_by("pk")[0]
    stay.facility.keeps_capacity = True
    stay.facility.save()
    DayCapacity.objects.bulk_create(
        DayCapacity(facility=stay.facility, place=stay.place, day=clock.today() + dt.timedelta(days=day), limit=5000)
        for day in range(OPEN_DAYS)
    )
    _make_mothers(municipality)
    rows = Entitlement.objects.select_related("birth", "citizen", "municipality", "programme_version")
    return World(database, stay, list(rows.order_by("pk")))


def _make_mothers(municipality: Municipality) -> None:
    born, version = clock.today() - dt.timedelta(days=10), version_on(municipality, clock.today())
    users = User.objects.bulk_create(
        User(email=f"mother{number}@example.jp", date_joined=clock.now()) for number in range(MOTHERS)
    )
    own = [{"municipality": municipality, "citizen": user} for user in users]
    households = Household.objects.bulk_create(Household(**row, name="見本", birth_date=born) for row in own)
    births = Birth.objects.bulk_create(
        Birth(**row, household=household, outcome=Birth.Outcome.BORN, due_date=born, born_on=born)
        for row, household in zip(own, households, strict=True)
    )
    entitlements = Entitlement.objects.bulk_create(
        Entitlement(**row, birth=birth, programme_version=version) for row, birth in zip(own, births, strict=True)
    )
    granted = list(zip(own, entitlements, strict=True))
    Grant.objects.bulk_create(
        Grant(**row, entitlement=entitlement, origin=Grant.Origin.PAPER, services=["short_stay", "day_service"])
        for row, entitlement in granted
    )
    Pool.objects.bulk_create(
        Pool(**row, entitlement=entitlement, code=code, limit=limit)
        for row, entitlement in granted
        for code, limit in LIMITS.items()
    )
    HouseholdClass.objects.bulk_create(
        HouseholdClass(**row, household=household, code="general", starts_on=born)
        for row, household in zip(own, households, strict=True)
    )
