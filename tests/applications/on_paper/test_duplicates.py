"""Who may be the same mother: what agrees, in words; enough to look, seen before the decision, in few statements."""

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Household
from applications.selectors.duplicates import (
    BORN,
    DAY,
    KANA,
    MOST,
    NAME,
    PHONE,
    Person,
    agreeing,
    like_household,
    may_be_the_same,
)
from applications.services.deciding import NotLookedAt, approve
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import cases, factories
from tests.walks.person import Person as Staff

DUE = dt.date(2026, 4, 30)
ONE = Person("高橋美咲", "たかはしみさき", dt.date(1994, 8, 1), "09000000002", frozenset({DUE}))
STRANGER = Person("見本花子", "みほんはなこ", dt.date(1990, 1, 1), "0420000000", frozenset())


def test_what_agrees__is_said_by_name_and_nothing_empty_agrees() -> None:
    assert agreeing(ONE, ONE) == (NAME, KANA, BORN, PHONE, DAY)
    assert agreeing(ONE, STRANGER) == ()
    nobody = Person("", "", None, "", frozenset())
    assert agreeing(nobody, nobody) == ()


@pytest.mark.parametrize("agrees", [(NAME, BORN), (KANA, BORN), (NAME, PHONE), (KANA, DAY), (BORN, DAY), (PHONE, DAY)])
def test_two_signs__are_enough_to_look(agrees: tuple[str, ...]) -> None:
    assert may_be_the_same(agrees)


@pytest.mark.parametrize("agrees", [(NAME, KANA), (BORN,), (PHONE,), (DAY,), ()])
def test_one_sign__is_shared_by_sisters_and_strangers(agrees: tuple[str, ...]) -> None:
    assert not may_be_the_same(agrees)


@pytest.mark.django_db
@pytest.mark.usefixtures("all_tenants")
def test_the_database__finds_whom_the_signs_find(kodaira: Municipality) -> None:
    """Every set of signs, each in a household of its own."""
    own = _household(kodaira, {NAME, KANA, BORN, PHONE, DAY})
    sets = [set(signs) for count in range(6) for signs in combinations((NAME, KANA, BORN, PHONE, DAY), count)]
    rows = [(_household(kodaira, signs, number), signs) for number, signs in enumerate(sets, 1)]

    found = {match.household: set(match.agrees) for match in like_household(own)}
    assert found == dict([row for row in rows if may_be_the_same(row[1])][:MOST])


def _household(kodaira: Municipality, signs: set[str], number: int = 0) -> Household:
    """One that agrees with the first in `signs`."""
    other = {
        "name": "見本 花子" if NAME in signs else f"別人 {number}",
        "kana": "みほん はなこ" if KANA in signs else f"べつじん {'あ' * number}",
        "birth_date": dt.date(1990, 1, 1) + dt.timedelta(days=0 if BORN in signs else number),
        "phone": "090-0000-0000" if PHONE in signs else f"090-0000-{number:04}",
    }
    row: Household = factories.HouseholdFactory(municipality=kodaira, citizen=None, **other)
    due = DUE if DAY in signs else DUE + dt.timedelta(days=number)
    factories.BirthFactory(municipality=kodaira, household=row, expected=True, due_date=due)
    return row


@pytest.mark.django_db
@pytest.mark.usefixtures("media", "all_tenants")
def test_a_decider__confirms_having_looked_before_it_is_approved(
    kodaira: Municipality, kumagaya: Municipality, nurse: Any, decider: Any
) -> None:
    application = cases.heard(kodaira, nurse, household__name="髙橋　美咲")
    twin = cases.handed_in(kodaira, household__citizen=None, household__name="高橋 美咲", channel="counter")
    cases.handed_in(kumagaya)  # another municipality is nobody's business
    with pytest.raises(NotLookedAt):  # whatever page asks
        approve(application, by=decider, at=clock.now(), **cases.FULL_GRANT)
    staff = Staff(decider)
    staff.opens(f"/kodaira/centre/cases/{application.number}/")
    staff.sees("同じ方かもしれない申請", "氏名、ふりがな、生年月日、電話番号", twin.number, "紙・窓口の申請")
    staff.presses("承認して通知書を出す")
    staff.sees("「同じ方かもしれない申請」を見て、印をつけてください")
    staff.chooses("「同じ方かもしれない申請」を見て、承認してよいと確かめた")
    staff.presses("承認して通知書を出す")
    staff.sees("決定しました")

    event = Event.objects.get(verb="decision.approved")
    assert event.data["looked_at"] == [str(twin.birth.household_id)]


@pytest.mark.django_db
@pytest.mark.usefixtures("all_tenants")
def test_looking__costs_the_same_for_one_and_for_many(kodaira: Municipality) -> None:
    own = cases.handed_in(kodaira).birth.household

    def statements() -> int:
        own.refresh_from_db()
        with CaptureQueriesContext(connection) as asked:
            like_household(own)
        return len(asked)

    cases.handed_in(kodaira)
    one = statements()
    for _ in range(5):
        cases.handed_in(kodaira)
    assert statements() == one <= 4
    assert not like_household(factories.HouseholdFactory(municipality=kodaira, name="見本", kana="みほん", phone="1"))
