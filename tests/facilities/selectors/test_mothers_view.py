"""What a mother is shown of lengths, days of arrival and what is left."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import HouseholdClass, Pool
from applications.public import Entitlement, Standing, entitlement_of, standing_of
from eligibility import engine
from eligibility.public import MunicipalAmount, Municipality
from facilities.models import Booking, DayCapacity, Offering
from facilities.selectors.arrivals import Arrival, ArrivalState, arrivals
from facilities.selectors.lengths import lengths, longest
from facilities.selectors.limits import place_of
from facilities.selectors.proposals import refusals_for
from facilities.selectors.remaining import remaining
from facilities.selectors.stored import price_of
from facilities.selectors.uses import use_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db

ON = dt.date(2026, 3, 5)


def use_up(entitlement: Entitlement, **used: int) -> None:
    for code, units in used.items():
        Pool.objects.filter(entitlement=entitlement, code=code).update(used=units)


def test_lengths__end_with_the_first_that_does_not_fit(entitlement: Entitlement) -> None:
    use_up(entitlement, stay_and_day=4, stay=3, stay_nights=2)
    standing = standing_of(entitlement)

    found = lengths(standing.terms.service("short_stay"), standing)

    assert [(length.text, length.refusal) for length in found] == [
        ("1泊2日", ""),
        ("2泊3日", ""),
        ("3泊4日", "のこり3日を超えます"),
    ]


@pytest.mark.parametrize(
    ("service", "used", "most"),
    [
        ("short_stay", {}, "5泊6日"),
        ("short_stay", {"stay_and_day": 6}, ""),
        ("day_service", {"stay_and_day": 6}, "1日"),
        ("midwife_visit", {"midwife": 2}, ""),
        ("midwife_visit", {"midwife": 1}, "1回"),
    ],
)
def test_longest__is_what_every_pool_still_has(
    entitlement: Entitlement, service: str, used: dict[str, int], most: str
) -> None:
    use_up(entitlement, **used)
    standing = standing_of(entitlement)

    assert longest(standing.terms.service(service), standing) == most


def test_remaining__tells_booked_from_used(entitlement: Entitlement, ask: Ask) -> None:
    use_up(entitlement, stay_and_day=1, day=1)
    ask()

    shared, *_ = remaining(standing_of(entitlement), Booking.objects.all(), on=ON)

    assert (shared.label, shared.used, shared.held, shared.left) == ("宿泊型・日帰り型", 1, 3, 3)
    assert shared.sentence == "次に使えるのは、宿泊型は2泊3日まで、日帰り型は3日まで。"


def test_remaining__names_the_price_of_her_own_class(entitlement: Entitlement) -> None:
    HouseholdClass.objects.create(
        household=entitlement.birth.household,
        municipality_id=entitlement.municipality_id,
        code="public_assistance",
        proof="public_assistance_certificate",
        starts_on=dt.date(2026, 3, 1),
    )

    midwife = next(item for item in remaining(standing_of(entitlement), [], on=ON) if item.pool == "midwife")

    assert midwife.price == "0円"


def test_remaining__names_an_amount_that_was_entered(kumagaya: Municipality, mother: Any) -> None:
    with tenant(municipality=kumagaya.pk):
        household = factories.EntitlementFactory(
            municipality=kumagaya, birth__household__citizen=mother
        ).birth.household
        HouseholdClass.objects.filter(household=household).update(
            code="public_assistance", proof="public_assistance_certificate"
        )
        assert stay_price(kumagaya, mother) == "軽減後の額は、母子健康センターが決めます"
        for key, amount, starts_on in (("reduced_stay", 2000, ON), ("reduced_day", 1000, ON + dt.timedelta(days=1))):
            MunicipalAmount.objects.create(
                municipality=kumagaya,
                key=f"reduction.{key}",
                amount=amount,
                starts_on=starts_on,
                entered_at=clock.now(),
            )

        assert "2,000円" in stay_price(kumagaya, mother)
        standing = standing_with(kumagaya, mother)
        with CaptureQueriesContext(connection) as queries:
            _, day = remaining(standing, [], on=ON)
    assert "1,000円" not in day.price, "it begins tomorrow"
    assert len(queries) == 2  # amounts and open changes of dates, each read once for all services


def standing_with(municipality: Municipality, mother: Any) -> Standing:
    found = entitlement_of(mother, municipality)
    assert found is not None
    return standing_of(found)


def stay_price(municipality: Municipality, mother: Any) -> str:
    return remaining(standing_with(municipality, mother), [], on=ON)[0].price


@pytest.mark.parametrize(
    ("services", "told"),
    [
        (("short_stay", "day_long", "day_short", "home_visit"), "2,500円減免 あと5回"),
        (("home_visit",), "訪問型は2,500円減免 あと5回"),
    ],
)
def test_remaining__names_the_services_of_a_reduction_that_is_not_for_all(
    kawasaki: Municipality, mother: Any, services: tuple[str, ...], told: str
) -> None:
    with tenant(municipality=kawasaki.pk):
        factories.EntitlementFactory(municipality=kawasaki, birth__household__citizen=mother)
        standing = standing_with(kawasaki, mother)
        first, *others = standing.terms.reductions
        terms = replace(standing.terms, reductions=(replace(first, services=services), *others))

        (pool,) = remaining(replace(standing, terms=terms), [], on=ON)

    assert pool.reduced == told


def test_arrivals__say_for_each_day_why_not(entitlement: Entitlement, stay: Offering, ask: Ask) -> None:
    booking = ask(first_day=dt.date(2026, 5, 2), last_day=dt.date(2026, 5, 3))
    DayCapacity.objects.filter(day=dt.date(2026, 5, 8)).update(used=2)
    DayCapacity.objects.filter(day=dt.date(2026, 5, 11)).update(limit=0)

    found = days_in_may(entitlement, stay, [booking], on=dt.date(2026, 5, 2))

    refused = {arrival.day.day: {item.code for item in arrival.refusals} for arrival in found if arrival.refusals}
    assert refused == {
        1: {"not_past", "one_use_per_day"},
        **{day: {"one_use_per_day"} for day in (2, 3)},
        **{day: {"period"} for day in (14, 15)},
    }
    states = {arrival.day.day: arrival.state.value for arrival in found if not arrival.refusals}
    assert states == {
        **dict.fromkeys((4, 5, 6, 9, 12, 13), ArrivalState.FREE),
        **dict.fromkeys((7, 8), ArrivalState.FULL),
        **dict.fromkeys((10, 11), ArrivalState.CLOSED),
    }


def test_arrivals__where_no_places_are_kept__are_free_without_a_number(
    entitlement: Entitlement, stay: Offering
) -> None:
    stay.facility.keeps_capacity = False

    arrival, *_ = days_in_may(entitlement, stay, [], on=ON)

    assert (arrival.state, arrival.places) == (ArrivalState.FREE, None)


def days_in_may(
    entitlement: Entitlement, stay: Offering, bookings: list[Booking], *, on: dt.date
) -> tuple[Arrival, ...]:
    """1泊2日 from each of the first fifteen days."""
    standing, held = standing_of(entitlement), [use_of(booking) for booking in bookings]
    refusals = refusals_for(standing, stay, place_of(stay, standing.terms), held=held, on=on)
    return arrivals(stay, days=2, between=(dt.date(2026, 5, 1), dt.date(2026, 5, 15)), refusals=refusals)


def test_stored_price__shows_what_is_taken_off(entitlement: Entitlement, ask: Ask) -> None:
    HouseholdClass.objects.create(
        household=entitlement.birth.household,
        municipality_id=entitlement.municipality_id,
        code="tax_exempt",
        proof="tax_exemption_certificate",
        starts_on=dt.date(2026, 3, 1),
    )

    booking = ask()

    price = price_of(booking)
    assert (price.total, price.lines[-1].amount) == (0, -10000)


def test_stored_price__that_nobody_published__stays_in_words(entitlement: Entitlement, ask: Ask) -> None:
    unknown = {"reason": "施設が決めた額", "who_knows": "facility"}
    booking = ask()
    booking.quote = {**booking.quote, "lines": [], "total": unknown}

    assert price_of(booking).total == engine.Unpublished("施設が決めた額", "facility")


def test_standing__without_its_proof__pays_the_full_price(entitlement: Entitlement, mother: Any) -> None:
    HouseholdClass.objects.create(
        household=entitlement.birth.household,
        municipality_id=entitlement.municipality_id,
        code="tax_exempt",
        starts_on=dt.date(2026, 3, 1),
    )
    found = entitlement_of(mother, entitlement.municipality)
    assert found is not None

    standing = standing_of(found)

    facts = standing.facts(ON)
    assert facts.household_class == "tax_exempt"
    assert engine.effective_class(facts, standing.terms, on=ON).code == "general"
