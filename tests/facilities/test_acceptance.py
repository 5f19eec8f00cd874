"""Whom a facility takes is judged on the day of use, as its municipality's list says: types, twins, siblings, ages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from django_scopes import scopes_disabled

from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Offering
from facilities.selectors.limits import place_of
from facilities.selectors.versions import versions_of
from tests.facilities.walking import sample_facilities

pytestmark = pytest.mark.django_db

BORN = dt.date(2026, 5, 1)
NEWBORN, FOUR_MONTHS, ALMOST_ONE, ONE = (
    dt.date(2026, 5, 20),
    dt.date(2026, 9, 1),
    dt.date(2027, 4, 30),
    dt.date(2027, 5, 1),
)
LAST_DAYS = {
    (1, "months"): dt.date(2026, 5, 31),
    (3, "months"): dt.date(2026, 7, 31),
    (4, "months"): dt.date(2026, 8, 31),
    (6, "months"): dt.date(2026, 10, 31),
    (1, "years"): dt.date(2027, 4, 30),
    (2, "months"): dt.date(2026, 6, 30),
}
"""Under so old, born on 5月1日: counted by hand, not by the engine."""
FILES = {
    "kodaira": "programmes/facilities/132110.yaml",
    "kumagaya": "programmes/facilities/112020.yaml",
    "kawasaki": "demo/facilities/141305.yaml",
    "zushi": "programmes/facilities/142085.yaml",
    "okayama": "demo/facilities/331007.yaml",
}
WHO = ("multiples", "siblings", "period", "place_age", "age")


@pytest.mark.parametrize("name", FILES)
def test_facilities__take_whom_their_list_says_on_the_day_of_use_and_nobody_else(
    name: str, request: pytest.FixtureRequest
) -> None:
    municipality: Municipality = request.getfixturevalue(name)
    if FILES[name].startswith("demo"):
        sample_facilities()

    wrong = [
        (code, service, told, said, codes)
        for code, service, told, said, codes in _table(municipality, FILES[name])
        if said != told
    ]

    assert wrong == []


@pytest.mark.parametrize(("facility", "answer"), [("umikaze-josanin", True), ("kamome-josanin", False)])
def test_z6__a_child_of_five_months(zushi: Municipality, facility: str, answer: bool) -> None:
    with scopes_disabled():
        offerings = Offering.objects.filter(facility__code=facility).select_related("facility", "contract")
        refused = _refusals(zushi, offerings.order_by("pk")[0], dt.date(2026, 10, 5))

    assert (not refused) is answer
    if not answer:
        assert "生後4か月未満" in "".join(finding.fact + finding.title for finding in refused)


def _table(municipality: Municipality, path: str) -> Iterator[tuple[str, str, bool, bool, list[str]]]:
    """Facility, service, what the list says, what the rules say, and the codes of what speaks against it."""
    listed = {row["code"]: row for row in yaml.safe_load((Path("fixtures") / path).read_text())["facilities"]}
    with scopes_disabled():
        rows = Offering.objects.filter(municipality=municipality).select_related("facility", "contract")
        offerings = list(rows.order_by("pk"))
        for offering, day, children, siblings in product(
            offerings, (NEWBORN, FOUR_MONTHS, ALMOST_ONE, ONE), (1, 2), (False, True)
        ):
            row = listed[offering.facility.code]
            told = _listed(row, offering.service, day, children, siblings, municipality)
            found = _refusals(municipality, offering, day, children=children, siblings=siblings)
            codes = [finding.code for finding in found]
            yield f"{offering.facility.code} {day} {children} {siblings}", offering.service, told, not codes, codes


def _listed(
    row: dict[str, Any], code: str, day: dt.date, children: int, siblings: bool, municipality: Municipality
) -> bool:
    own = next((item for item in row["services"] if isinstance(item, dict) and item["code"] == code), {})
    ages = own.get("ages", row.get("ages"))
    programme = {"kodaira": (4, "months"), "kumagaya": (3, "months")}.get(municipality.slug, (1, "years"))
    if (municipality.slug, code) == ("kawasaki", "short_stay"):
        programme = (4, "months")
    last = min(LAST_DAYS[limit] for limit in [programme, *([(ages["under"], ages["unit"])] if ages else [])])
    takes_twins = own.get("multiples", row.get("multiples")) is not False
    takes_siblings = own.get("siblings", row.get("siblings")) is not False
    return day <= last and (children == 1 or takes_twins) and (not siblings or takes_siblings)


def _refusals(
    municipality: Municipality, offering: Offering, day: dt.date, *, children: int = 1, siblings: bool = False
) -> list[engine.Finding]:
    """What speaks against one use, of the rules that look at who comes."""
    terms = versions_of(municipality).terms_of(offering.service, day)
    service = terms.service(offering.service)
    nights = 1 if service.kind is engine.ServiceKind.STAY else 0
    first = day - dt.timedelta(days=nights)
    facts = engine.Facts(birth_date=BORN, due_date=BORN, children=children)
    plan = engine.plan_use(
        replace(engine.Use(service.code, first, day), siblings=siblings),
        facts=facts,
        grant=engine.standard_grant(facts, terms),
        terms=terms,
        on=BORN,
        place=place_of(offering, terms),
    )
    return [finding for finding in plan.refusals if finding.code in WHO]
