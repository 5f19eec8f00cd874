"""電話の仮予約 at the reception desk: the code to read out, what is refused, and giving the days back."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import DayCapacity, Facility, Hold, Offering
from tests import factories

pytestmark = pytest.mark.django_db

HOLDS = "/facility/holds/"


@pytest.fixture
def asked(kodaira: Municipality, clinic: Facility) -> dict[str, Any]:
    """Two nights from 3月11日."""
    with scopes_disabled():
        stay = Offering.objects.get(facility=clinic, service="short_stay")
    day = {"first_day_year": "令和8", "first_day_month": "3", "first_day_day": "11"}
    return {"offering": stay.pk, **day, "nights": "2", "token": "a-call-of-the-morning"}


def used() -> list[int]:
    with scopes_disabled():
        days = DayCapacity.objects.filter(place="short_stay", day__range=("2026-03-11", "2026-03-13"))
        return [day.used for day in days]


def test_hold__is_made_while_on_the_phone__and_given_back(desk: Client, asked: dict[str, Any]) -> None:
    where = desk.post(HOLDS, asked)["Location"]
    with scopes_disabled():
        hold = Hold.objects.get()
    page = desk.get(where).content.decode()

    assert used() == [1, 1, 1]
    assert hold.spoken in page
    assert "宿泊型 2泊3日・3月11日(水)〜13日(金)" in page
    assert "きょう 10:15 まで" in page
    assert hold.spoken in desk.get(HOLDS).content.decode()

    desk.post(f"{where}release/")
    assert used() == [0, 0, 0]
    assert "取りやめました。" in desk.get(where).content.decode()
    assert hold.spoken not in desk.get(HOLDS).content.decode()


def test_hold__of_days_that_cannot_be_kept__says_which_and_why(desk: Client, asked: dict[str, Any]) -> None:
    with scopes_disabled():
        DayCapacity.objects.filter(place="short_stay", day="2026-03-12").update(limit=0)

    assert "3月12日(木)は、空きがなくなりました" in desk.post(HOLDS, asked).content.decode()
    assert "泊数を入力してください" in desk.post(HOLDS, {**asked, "nights": ""}).content.decode()
    assert "から後の日を入力してください" in desk.post(HOLDS, {**asked, "first_day_month": "2"}).content.decode()
    with scopes_disabled():
        assert not Hold.objects.exists()


def test_hold__of_another_facility__is_no_page(desk: Client, asked: dict[str, Any]) -> None:
    where = desk.post(HOLDS, asked)["Location"]
    other = Client()
    elsewhere = Facility.objects.create(code="elsewhere", name="ほかの施設")
    other.force_login(factories.StaffMembershipFactory(facility=elsewhere).user)

    assert other.get(where).status_code == 404
    assert other.post(f"{where}release/").status_code == 404
    assert used() == [1, 1, 1]
