"""A mother who applied, was granted everything and has booked tells a loss: no page she can reach speaks of a child."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from eligibility.engine.bereaved import OF_CHILDREN
from tests import cases, factories
from tests.facilities.walking import Family, sample_facilities

from .test_after_a_loss import ALL

pytestmark = pytest.mark.django_db

UNSAID = re.compile(f"{OF_CHILDREN.pattern}|期限ものさし|月齢|おめでとう|予定日")
BOOKED: dict[str, tuple[str, dict[str, Any]]] = {
    "kodaira": ("day_service", {"arrival": "10:00:00"}),
    "zushi": ("day_service", {"arrival": "10:00:00"}),
    "okayama": ("day_service", {"provisional": "on"}),
}
"""Where she books by herself with a form that asks for little."""
NO_PAGE = ("/pages/", "/original/", ".png", ".svg", ".ics", "/logout/")


@pytest.fixture
def household(request: Any, clock_at: Any) -> Family:
    municipality = request.getfixturevalue(request.param)
    clock_at.move_to("2026-06-01T10:00:00+09:00")  # when every programme file is in force
    sample_facilities()
    application = cases.handed_in(
        municipality,
        status="approved",
        household__name="見本 花",
        birth__expected=False,
        birth__born_on=dt.date(2026, 5, 1),
        birth__due_date=dt.date(2026, 5, 3),
    )
    application.answers["condition"]["clean"]["trouble"] = ""  # her own words are hers
    application.save()
    entitlement = factories.EntitlementFactory(municipality=municipality, birth=application.birth)
    return Family(municipality, entitlement, application.citizen)


@pytest.mark.parametrize("household", ALL, indirect=True)
def test_no_page__that_she_can_reach_speaks_of_a_child(household: Family) -> None:
    slug = household.municipality.slug
    if slug in BOOKED:
        service, sent = BOOKED[slug]
        household.books(service, "2026-06-10", **sent)
    household.browser.force_login(household.mother)
    assert said(household.browser.get(reverse("pages:my_page", args=[slug])).content.decode()), "before it, they do"

    told = tells_it(household)
    found = {"told": told, **reachable(household)}

    assert len(found) > 10
    speaking = {address: said(page) for address, page in found.items() if said(page)}
    assert not speaking


def tells_it(family: Family) -> str:
    family.browser.force_login(family.mother)
    where = reverse("applications:loss", args=[family.municipality.slug])
    day = {"ended_on_year": "R8", "ended_on_month": "5", "ended_on_day": "20", "wants_call": "no"}
    answer = family.browser.post(where, day, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def reachable(family: Family) -> dict[str, str]:
    """Every page of hers to which links lead from her own page, by its address; of pages alike, one."""
    family.browser.force_login(family.mother)
    slug = family.municipality.slug
    inside = re.compile(rf'href="(/{slug}/(?:my/|apply/|about/con)[^"#]*)"')
    to_see, seen = [reverse("pages:my_page", args=[slug]), reverse("applications:birth", args=[slug])], {}
    kinds: set[str] = set()
    while to_see:
        address = to_see.pop(0)
        kind = re.sub(r"\d+|\?.*", "#", address)
        if kind in kinds or any(part in address for part in NO_PAGE):
            continue
        kinds.add(kind)
        answer = family.browser.get(address, follow=True)
        seen[address] = answer.content.decode() if answer.status_code == 200 and not answer.streaming else ""
        to_see += inside.findall(seen[address])
    return seen


def said(page: str) -> list[str]:
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    lines = re.sub(r"<[^>]+>", "\n", main[0]).splitlines() if main else []
    return [line.strip() for line in lines if UNSAID.search(line) and "平成6年" not in line]
