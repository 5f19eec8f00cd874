"""What the office reports is the sum of its single bookings, whichever they are."""

import datetime as dt
import random
from dataclasses import asdict
from typing import Any

import pytest

from eligibility.engine.dates import reaches
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from facilities.selectors.numbers import OLDER_FROM, Uses, bookings_counted, people, sums_of, uses
from postpartum_portal.shared.span import of_fiscal_year
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Status = Booking.Status
YEAR = of_fiscal_year(2025)
BORN = (dt.date(2025, 10, 31), dt.date(2025, 11, 30), dt.date(2025, 6, 1))
SERVICES = ("short_stay", "day_service", "midwife_visit")
NARROWED = [
    ({"unknown": "price"}, "unpublished"),
    ({"unknown": "public"}, "public_unknown"),
    ({"unknown": "fee"}, "fee_unpublished"),
    ({"spent": "1"}, "spent"),
]
OPEN = {"reason": "施設が決めた額", "who_knows": "施設", "key": "fee"}


@pytest.fixture
def bookings(kodaira: Municipality, clinic: Facility, _in_kodaira: None) -> list[Booking]:
    """Eighty bookings, drawn so that every state, class, kind of family and unpublished amount is among them."""
    draw = random.Random(20261122)  # noqa: S311 - nothing is secret here
    families = [
        factories.EntitlementFactory(municipality=kodaira, birth__born_on=born, birth__children=children)
        for born in BORN
        for children in (1, 2)
    ]
    return [_booking(draw, kodaira, clinic, draw.choice(families), number) for number in range(80)]


def _booking(draw: random.Random, municipality: Municipality, clinic: Facility, family: Any, number: int) -> Booking:
    first = draw.choice([dt.date(2026, 2, 27), dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 30)])
    status = draw.choice(list(Status))
    given_up = status not in Booking.LIVE | {Status.ATTENDED}
    consequence = {"counted": draw.choice([{}, {"day": 1}]), "total": draw.choice([0, 2000, OPEN])}
    return factories.BookingFactory(
        municipality=municipality,
        facility=clinic,
        entitlement=family,
        status=status,
        number=f"N{number:03d}",
        service=draw.choice(SERVICES),
        first_day=first,
        last_day=first + dt.timedelta(days=draw.randrange(4)),
        quote={
            "lines": [],
            "total": draw.choice([0, 5000, 12500, OPEN]),
            "class": draw.choice(["general", "exempt"]),
            "version": 1,
            "reduced": draw.random() < 0.5,
            "public": draw.choice([0, 2500, None]),
        },
        consequence=consequence if given_up else {},
        contact_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC) if given_up else None,
        decline_reason="満室" if status == Status.DECLINED else "",
    )


def test_uses__are_the_sum_of_the_single_bookings(bookings: list[Booking]) -> None:
    counted = uses(YEAR)
    assert _summed(counted) == _by_hand(bookings)
    for row in counted:
        chosen = {
            "month": row.month.isoformat(),
            "status": row.status,
            "service": row.service,
            "household": row.household,
        }
        flags = {name: "1" if getattr(row, name) else "0" for name in ("reduced", "multiples", "older")}
        behind = asdict(sums_of(bookings_counted(YEAR, {**chosen, **flags})))
        assert behind.items() <= asdict(row).items(), "the list behind a figure adds up to it"
    for narrowed, figure in NARROWED:
        assert bookings_counted(YEAR, narrowed).count() == sum(getattr(row, figure) for row in counted)
    assert set(asdict(sums_of(bookings_counted(YEAR, {"service": "x"}))).values()) == {0}


def test_people__are_families_each_counted_once(bookings: list[Booking]) -> None:
    came = [row for row in bookings if row.status == Status.ATTENDED]
    found = {(row.service, row.household, row.reduced): row.number for row in people(YEAR)}
    assert found[None, None, None] == len({row.entitlement_id for row in came})
    for service in SERVICES:
        assert found[service, None, None] == len({row.entitlement_id for row in came if row.service == service})
        for household in ("general", "exempt"):
            for reduced in (True, False):
                alike = {
                    row.entitlement_id
                    for row in came
                    if (row.service, row.quote["class"], row.quote["reduced"]) == (service, household, reduced)
                }
                assert found.get((service, household, reduced), 0) == len(alike)


def _summed(counted: list[Uses]) -> dict[Any, list[int]]:
    sums: dict[Any, list[int]] = {}
    for row in counted:
        key = row.month, row.service, row.status, row.household, row.reduced, row.multiples, row.older
        figures = [row.number, row.days, row.yen, row.unpublished, row.public, row.public_unknown, row.fee]
        sums[key] = [*figures, row.fee_unpublished, row.spent]
    return sums


def _by_hand(bookings: list[Booking]) -> dict[Any, list[int]]:
    sums: dict[Any, list[int]] = {}
    for row in bookings:
        birth, quote, given_up = row.entitlement.birth, row.quote, row.consequence
        assert birth.born_on
        older = reaches(birth.born_on, OLDER_FROM) <= row.first_day
        key = (
            row.first_day.replace(day=1),
            row.service,
            row.status,
            quote["class"],
            quote["reduced"],
            birth.children > 1,
            older,
        )
        figures = [
            1,
            (row.last_day - row.first_day).days + 1,
            quote["total"] if isinstance(quote["total"], int) else 0,
            isinstance(quote["total"], dict),
            quote["public"] or 0,
            quote["public"] is None,
            given_up["total"] if given_up and isinstance(given_up["total"], int) else 0,
            bool(given_up) and isinstance(given_up["total"], dict),
            bool(given_up) and given_up["counted"] != {},
        ]
        sums[key] = [int(a + b) for a, b in zip(sums.get(key, [0] * 9), figures, strict=True)]
    return sums
