"""A sixth municipality as files, and no line of code: its examples come out, it is loaded, a stay is split by day."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from eligibility.engine import (
    AgeUnit,
    FeeKind,
    Opens,
    PriceChange,
    ReductionKind,
    Terms,
    Timeline,
    UnitKind,
    quote,
)
from eligibility.programmes import load_programme
from eligibility.programmes.examples import ExampleResult, run
from eligibility.public import Municipality, programme_on
from facilities.models import Contract, Offering
from tests.eligibility.five import ALL, eligible
from tests.eligibility.five import terms_of as terms_of_five
from tests.eligibility.kodaira import stay
from tests.eligibility.sixth import FIRST, FOLDER, SECOND, terms_of

NEW_PRICES = dt.date(2027, 4, 1)
TERMS = terms_of(FIRST)


RESULTS = [result for file in (FIRST, SECOND) for result in run(load_programme(file))]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.number.replace(" ", "_"))
def test_example__comes_out_as_the_office_says(result: ExampleResult) -> None:
    wrong = [f"{check.key}: {check.expected} ≠ {check.got}" for check in result.failed]
    assert not wrong, f"{result.scene} {result.given}"


def shapes(terms: Terms) -> set[str]:
    """Words that a programme file can say, of those that the sixth is there for."""
    services, booking = terms.services, terms.booking
    fees = [tier.outcome.fee for service in services for tier in service.cancellation.tiers if tier.outcome.fee]
    deadlines = [tier.deadline for service in services for tier in service.cancellation.tiers]
    said = {
        "nights": any(pool.unit is UnitKind.NIGHTS and len(terms.pools_of("short_stay")) == 2 for pool in terms.pools),
        "hours": any(pool.unit is UnitKind.HOURS for pool in terms.pools),
        "total in uses": any(pool.unit is UnitKind.USES and len(pool.services) > 1 for pool in terms.pools),
        "inclusive": any(service.age_limit.inclusive for service in services),
        "age in days": any(service.age_limit.unit is AgeUnit.DAYS for service in services),
        "first day inclusive": any(
            service.age_limit.inclusive and service.age_limit.tested_on == "first_day" for service in services
        ),
        "working days": any(deadline.working for deadline in deadlines),
        "tiers": any(len(service.cancellation.tiers) > 1 for service in services),
        "copayment": {fee.percent for fee in fees if fee.kind is FeeKind.COPAYMENT} == {50, 100},
        "excepted": any(fee.except_classes for fee in fees),
        "bands": sum(household.income is not None for household in terms.classes) > 2,
        "at birth": terms.application.opens is Opens.AT_BIRTH,
        "percent": any(item.kind is ReductionKind.PERCENT and item.round_to > 1 for item in terms.reductions),
        "first night": any(service.price.first and service.price.per is UnitKind.NIGHTS for service in services),
        "beyond": any(service.price.beyond_limit is not None for service in services),
        "meals": any(extra.per is UnitKind.DAYS for service in services for extra in service.price.extras),
        "notice in working days": bool(booking.notice and booking.notice.working),
        "open at once": booking.open_at_once is not None,
        "twice a day": booking.uses_per_day > 1,
        "each day": terms.price_change is PriceChange.EACH_DAY,
    }
    return {name for name, there in said.items() if there}


def test_sixth__says_what_no_other_programme_says() -> None:
    lacking = shapes(TERMS) - {shape for code in ALL for shape in shapes(terms_of_five(code))}
    assert len(shapes(TERMS)) == 20
    assert len(lacking) >= 15, sorted(shapes(TERMS) - lacking)


def test_check_programme__finds_nothing_wrong_with_the_sixth(capsys: Any) -> None:
    call_command("check_programme", FIRST, SECOND)
    assert capsys.readouterr().out.count("すべてが合いました。") == 2
    assert len(RESULTS) > 25


@pytest.mark.django_db
@pytest.mark.both_databases
def test_load_programmes__makes_municipality_versions_and_contracts(all_tenants: None) -> None:
    call_command("load_programmes", FOLDER, verbosity=0)
    mihon = Municipality.objects.get(slug="mihon")
    assert (mihon.code, mihon.name) == ("999990", "みほん市")
    days = (NEW_PRICES - dt.timedelta(days=1), NEW_PRICES)
    assert [programme_on(mihon, day).terms.service("day_service").price.amount for day in days] == [3300, 3500]
    names = {row.facility.name for row in Contract.objects.filter(municipality=mihon)}
    assert names == {"みほん助産院", "みほん病院", "みほん助産師会", "みほんヘルパー"}
    assert Offering.objects.filter(municipality=mihon, service="short_stay").count() == 2


def test_stay__over_a_change_of_price_is_split_by_day() -> None:
    """Three nights of which the last two are in April; meals follow the first day."""
    timeline = Timeline(((dt.date(2026, 4, 1), TERMS), (NEW_PRICES, terms_of(SECOND))))
    use = stay(dt.date(2027, 3, 31), 3)
    facts = eligible(TERMS, birth_date=dt.date(2027, 2, 10))
    price = quote(use, facts=facts, terms=TERMS, timeline=timeline)
    assert [(line.arithmetic, line.amount) for line in price.lines] == [
        ("3月31日→4月1日", 9000),
        ("4月1日→2日", 7000),
        ("4月2日→3日", 7000),
        ("1日 1,200円 × 4日", 4800),
    ]
    assert quote(use, facts=facts, terms=TERMS).total == 9000 + 6000 * 2 + 4800
    lower = eligible(TERMS, birth_date=dt.date(2027, 2, 10), income=2_500_000)
    assert quote(use, facts=lower, terms=TERMS, timeline=timeline).total == 4500 + 3500 * 2 + 4800
