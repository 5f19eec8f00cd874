"""The public pages, to a signed-in mother whose loss is known: no tap leads her to words of a child."""

from typing import Any

import pytest

from facilities.public import listed_facilities
from postpartum_portal.shared import clock
from tests.applications.test_words_after_a_loss import LOST, Mother, about_children
from tests.factories import BirthFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]


@pytest.mark.parametrize("slug", ["kodaira", "okayama"])
def test_public_pages__speak_of_no_child_to_her(slug: str, request: Any) -> None:
    town = request.getfixturevalue(slug)
    mother = Mother(BirthFactory(municipality=town, **LOST))
    hers = mother.address("pages:my_page")
    for name in ("pages:municipality", "applications:window_notice"):
        answer = mother.browser.get(mother.address(name))
        assert (answer.status_code, answer["Location"]) == (302, hers), name

    said = {"check": mother.reads("eligibility:check")}
    assert "いつのことですか" in said["check"]
    said |= {which: mother.reads("pages:about", page=which) for which in ("privacy", "accessibility", "counselling")}
    for listed in listed_facilities(town, on=clock.today())[:3]:
        own = mother.reads("pages:facility", code=listed.facility.code)
        said[listed.facility.code] = own.replace(listed.facility.name, "").replace(listed.facility.address, "")
    found = {name: about_children(town, text) for name, text in said.items()}
    assert not any(found.values()), {name: lines for name, lines in found.items() if lines}
