"""A corrected birth: its own row in place, another one where it is another; what was recorded since stays."""

import datetime as dt
from typing import Any

import pytest

from applications.models import Application, Birth, Household
from applications.selectors.case import case_of
from applications.services.submission import withdraw
from applications.steps import Step
from postpartum_portal.shared import clock
from tests.factories import BirthFactory, EntitlementFactory

from .conftest import Corrector, changes, returned

pytestmark = pytest.mark.usefixtures("all_tenants")


def test_a_due_date__is_corrected_in_place(corrector: Corrector, nurse: Any) -> None:
    born = Birth.objects.get()
    returned(corrector.application, nurse, birth=["due_date_year"])
    assert 'value="2026"' in corrector.page(Step.BIRTH)
    corrector.corrects(Step.BIRTH, due_date_month="5", due_date_day="7", children="2")
    corrector.hands_in_again()

    (birth,) = Birth.objects.all()
    assert (birth.pk, birth.due_date, birth.children) == (born.pk, dt.date(2026, 5, 7), 2)
    case = case_of(corrector.number, on=clock.today())
    assert case
    assert (case.facts.due_date, case.facts.children) == (birth.due_date, 2)
    assert [label for label, _, _ in changes(corrector)] == ["出産予定日", "赤ちゃんの人数"]


def test_what_was_recorded_meanwhile__is_not_undone(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse, birth=["due_date_year"], person=["phone"])
    Birth.objects.update(outcome="born", born_on=dt.date(2026, 3, 4), children=2)
    Household.objects.update(address="変更届の住所")
    corrector.corrects(Step.BIRTH, due_date_day="29")
    corrector.corrects(Step.PERSON, phone="09012345670")
    corrector.hands_in_again()

    birth, household = Birth.objects.get(), Household.objects.get()
    assert (birth.outcome, birth.born_on, birth.children) == ("born", dt.date(2026, 3, 4), 2)
    assert birth.due_date == dt.date(2026, 4, 29)
    assert (household.address, household.phone) == ("変更届の住所", "090-1234-5670")


def test_it_is_born__corrects_the_same_birth(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse, birth=["due_date_year"])
    corrector.corrects(Step.BIRTH, stage="born", born_on_year="R8", born_on_month="3", born_on_day="1")
    corrector.hands_in_again()
    birth = Birth.objects.get()
    assert (birth.outcome, birth.born_on, birth.due_date) == ("born", dt.date(2026, 3, 1), None)


def test_another_birth__takes_the_place_of_one_that_nobody_else_tells_of(corrector: Corrector, nurse: Any) -> None:
    own = Birth.objects.get()
    earlier = BirthFactory(municipality=own.municipality, household=own.household, born_on=dt.date(2025, 9, 1))
    returned(corrector.application, nurse, birth=["due_date_year"])
    page = corrector.page(Step.BIRTH)
    assert (f"earlier-{earlier.pk}" in page, f"earlier-{own.pk}" in page) == (True, False)
    corrector.corrects(Step.BIRTH, stage=f"earlier-{earlier.pk}")
    corrector.hands_in_again()

    assert corrector.application.birth == earlier
    assert [birth.pk for birth in Birth.objects.all()] == [earlier.pk]


def test_a_birth_that_was_granted_for__keeps_its_dates(corrector: Corrector, nurse: Any) -> None:
    own = Birth.objects.get()
    EntitlementFactory(municipality=own.municipality, birth=own)
    returned(corrector.application, nurse, birth=["due_date_year"])
    corrector.corrects(Step.BIRTH, due_date_year="2026", due_date_month="10", due_date_day="30")
    corrector.hands_in_again()

    assert Birth.objects.get(pk=own.pk).due_date == dt.date(2026, 4, 30)
    birth = corrector.application.birth
    assert birth
    assert (birth == own, birth.due_date) == (False, dt.date(2026, 10, 30))


def test_a_birth_of_an_application_taken_back__is_corrected_by_its_dates(corrector: Corrector, nurse: Any) -> None:
    birth = Birth.objects.get()
    withdraw(corrector.application, by=corrector.user, at=clock.now())
    corrector.fill_in(birth={"stage": f"earlier-{birth.pk}"})
    again = Application.objects.get(status="draft")
    corrector.client.post(corrector.url("review"), {"application": again.pk})
    corrector.number = "R7-0002"
    returned(Application.objects.get(number="R7-0002"), nurse, birth=["stage_0"])

    page = corrector.page(Step.BIRTH)
    assert f"earlier-{birth.pk}" not in page
    assert 'value="30"' in page
    corrector.corrects(Step.BIRTH, due_date_day="28")
    corrector.hands_in_again()
    assert [item.due_date for item in Birth.objects.all()] == [dt.date(2026, 4, 28)]
