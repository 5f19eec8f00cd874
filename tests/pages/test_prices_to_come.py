"""What prices come stands on the municipality's page as soon as it is known, from the same price table."""

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from eligibility.engine import Place
from eligibility.models import MunicipalAmount
from eligibility.public import Municipality, ProgrammeVersion, version_on
from facilities.models import Offering, OfferingAmount
from postpartum_portal.pages.ahead import Ahead, Coming
from postpartum_portal.pages.offered import offers
from postpartum_portal.shared import clock
from tests.eligibility.kodaira import TERMS
from tests.facilities.walking import sample_facilities
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
JUNE = dt.date(2026, 6, 1)


def read(municipality: Municipality) -> str:
    answer = Client().get(f"/{municipality.slug}/")
    assert answer.status_code == 200
    return text(answer)


def publish(municipality: Municipality, *changed: tuple[str, str], since: dt.date = JUNE) -> None:
    """A version with its first sentence of each kind changed."""
    rules = version_on(municipality, clock.today()).text
    for before, after in changed:
        assert before in rules
        rules = rules.replace(before, after, 1)
    ProgrammeVersion.objects.create(
        municipality=municipality,
        file_name="next.yaml",
        text=rules,
        sha256=hashlib.sha256(rules.encode()).hexdigest(),
        effective_from=since,
        loaded_at=clock.now(),
    )


@pytest.mark.parametrize(
    ("slug", "changed", "fact"),
    [
        ("kodaira", ("amount: 5000", "amount: 5500"), "1泊5,000円6月1日(月)から1泊5,500円"),
        ("kumagaya", ("amount: 5000", "amount: 5500"), "1日5,000円6月1日(月)から1日5,500円"),
        (
            "kawasaki",
            ("amount: 7500", "amount: 8000"),
            "そのあと7,500円6月1日(月)から1日5,500円(はじめの5回)、そのあと8,000円",
        ),
        ("zushi", ("amount: 3500", "amount: 4000"), "1日3,500円(税抜)6月1日(月)から1日4,000円(税抜)"),
    ],
)
def test_version_to_come__is_told_with_its_first_day(
    slug: str, changed: tuple[str, str], fact: str, request: pytest.FixtureRequest, clock_at: Any
) -> None:
    municipality = request.getfixturevalue(slug)
    assert "から、きまりが新しくなります" not in read(municipality)

    publish(municipality, changed)

    page = read(municipality)
    assert fact in page
    assert "6月1日(月)から、きまりが新しくなります。" in page
    clock_at.move_to("2026-06-01T09:00:00+09:00")
    page = read(municipality)
    assert fact.split("から")[-1] in page
    assert "から、きまりが新しくなります" not in page


def test_amount_of_the_municipality_to_come__is_told_for_the_table_and_each_facility(okayama: Municipality) -> None:
    sample_facilities()
    row = {"municipality": okayama, "key": "short_stay.share", "entered_at": clock.now()}
    MunicipalAmount.objects.create(**row, amount=15000, starts_on=JUNE)

    page = read(okayama)

    assert "6月1日(月)から施設の料金から公費負担額15,000円を引いた額。" in page
    assert "宿泊1日10,000円(見本の額)6月1日(月)から1日15,000円(見本の額)" in page


def test_amount_of_a_facility_to_come__stands_beside_its_service(kumagaya: Municipality) -> None:
    offering = Offering.objects.get(facility__code="samejima-bonding-clinic", service="day_service")
    row = {"offering": offering, "municipality": kumagaya, "facility": offering.facility, "entered_at": clock.now()}
    OfferingAmount.objects.create(**row, key="day_service.price", amount=3300, starts_on=dt.date(2027, 4, 1))

    page = read(kumagaya)

    assert "通所型1日3,000円令和9年4月1日(木)から1日3,300円" in page
    assert page.count("から1日3,300円") == 1


def test_class_prices_to_come__are_told_apart(kumagaya: Municipality) -> None:
    row = {"municipality": kumagaya, "key": "reduction.reduced_stay", "entered_at": clock.now()}
    MunicipalAmount.objects.create(**row, amount=2500, starts_on=JUNE)

    page = read(kumagaya)

    assert "6月1日(月)からの世帯ごとの料金" in page
    assert "1日2,500円" in page.partition("6月1日(月)からの世帯ごとの料金")[2]
    assert "1日2,500円" not in page.partition("6月1日(月)からの世帯ごとの料金")[0]


def test_first_version_to_come__has_a_page_that_says_from_when(kodaira: Municipality, client: Client) -> None:
    ProgrammeVersion.objects.update(effective_from=dt.date(2026, 4, 1))

    page = read(kodaira)

    assert "令和8年4月1日(水)から、ここで調べたり、申請したりできます。" in page
    assert "042-346-3701" in page
    assert "申請する" not in page
    ProgrammeVersion.objects.all().delete()
    assert client.get("/kodaira/").status_code == 404


def test_service_to_come_and_one_that_ends__are_told() -> None:
    today, without = dt.date(2026, 3, 5), replace(TERMS, services=TERMS.services[:3])
    assert Ahead(today, without, ((JUNE, TERMS),)).beginning == (Coming(JUNE, TERMS.services[3].short_label),)

    *others, last = offers(Ahead(today, TERMS, ((JUNE, without),)), Place())

    assert last.coming == (Coming(JUNE, "この種類はなくなります"),)
    assert not any(offer.coming for offer in others)
