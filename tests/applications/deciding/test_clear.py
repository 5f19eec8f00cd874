"""Approving the clear cases together: which are shown, and what one press comes to."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, Decision, Letter
from applications.services import deciding
from applications.services.approving_clear import approve_clear, clear_cases
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from tests import cases, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def person(number: int) -> dict[str, Any]:
    """Nobody who may be taken for another."""
    kana = "あいうえおかきくけこ"[number]
    return {
        "household__name": f"見本{kana} 花",
        "household__kana": f"みほん{kana} はな",
        "household__phone": f"090-1234-000{number}",
        "household__birth_date": dt.date(1990 + number, 1 + number, 11),
    }


def numbers(decider: Any) -> list[str]:
    clear, _ = clear_cases(by=decider, at=clock.now())
    return [item.case.application.number for item in clear]


def test_the_list__holds_the_clear_ones_only(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    clear = cases.heard(kodaira, nurse, **person(0))
    cases.heard(kodaira, nurse, recommendation="refuse", **person(1))
    cases.heard(kodaira, nurse, hearing={"fever_or_infection": True}, **person(2))
    cases.heard(kodaira, nurse, household_class="tax_exempt", **person(3))
    cases.heard(kodaira, nurse, **person(4), household__citizen=decider)
    cases.heard(kodaira, nurse, **person(5))
    cases.heard(kodaira, nurse, **person(5))  # who may be the same mother
    cases.heard(kodaira, nurse, hearing={"call_harm": "yes"}, **person(6))  # somebody reads it first

    assert numbers(decider) == [clear.number]


def test_the_list__is_empty_for_the_hands_that_asked(kodaira: Municipality) -> None:
    kodaira.separate_decider = True
    kodaira.save()
    asker = factories.MembershipFactory(municipality=kodaira, role="decider").user
    cases.heard(kodaira, asker, **person(0))
    assert numbers(asker) == []


def test_one_press__decides_each_on_its_own_and_names_who_was_first(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    first, second, third = (cases.heard(kodaira, nurse, **person(number)) for number in range(3))
    browser = Client()
    browser.force_login(decider)
    where = reverse("applications:decide_clear", args=[kodaira.slug])
    page = browser.get(where).content.decode()
    other = factories.MembershipFactory(municipality=kodaira, role="decider", user__display_name="鈴木").user
    deciding.approve(cases.again(second), by=other, at=clock.now(), **cases.FULL_GRANT)

    seen = dict(re.findall(r'name="(seen_[^"]+)" value="([^"]+)"', page.replace("&#x27;", "'")))
    told = browser.post(where, {"pick": [first.number, second.number], **seen}).content.decode()

    assert f"{second.number}</a> 鈴木さんが3月5日(木) 10:00に承認と決定しています。" in told
    assert Decision.objects.count() == Letter.objects.count() == 2
    assert cases.again(third).status == Application.Status.RECOMMENDED
    given = Decision.objects.get(application=first).granted
    assert given["limits"] == {"stay_and_day": 7, "stay": 6, "stay_nights": 5, "midwife": 2}
    assert given["extension_reason"] == ""


def test_what_was_not_seen__is_not_approved(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    row = cases.heard(kodaira, nurse, **person(0))
    done = approve_clear({row.number: "day_service/general"}, by=decider, at=clock.now())
    assert (done.decisions, [number for number, _ in done.left]) == ([], [row.number])
