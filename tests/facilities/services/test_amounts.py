"""Entering an amount that the programme leaves unpublished."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from eligibility.models import MunicipalAmount
from eligibility.public import Municipality, entered_amounts
from facilities.models import Offering, OfferingAmount
from facilities.services.amounts import StartsInPast, enter_amount
from postpartum_portal.shared import clock
from postpartum_portal.shared.kept import AppendOnly
from postpartum_portal.shared.models import Event
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_kodaira")]

TODAY = dt.date(2026, 3, 5)
YESTERDAY = dt.date(2026, 3, 4)


@pytest.fixture
def enter(kodaira: Municipality, decider: Any):
    """Enter 3,000 yen for the municipality from today, unless told otherwise."""

    def _enter(holder: Any = kodaira, key: str = "short_stay.share", **changes: Any):
        usual: dict[str, Any] = {"amount": 3000, "starts_on": TODAY, "by": decider, "at": clock.now()}
        return enter_amount(holder, key, **{**usual, **changes})

    return _enter


def test_enter__makes_a_row_of_the_municipality_and_an_event(enter, decider: Any, kodaira: Municipality) -> None:
    row = enter(note="要綱の別表")
    assert isinstance(row, MunicipalAmount)
    assert (row.amount, row.starts_on, row.note, row.sample) == (3000, TODAY, "要綱の別表", False)
    (entered,) = entered_amounts(kodaira)
    assert (entered.key, entered.amount, entered.starts, entered.note) == (
        "short_stay.share",
        3000,
        TODAY,
        "要綱の別表",
    )
    event = Event.objects.get(verb="amount.entered")
    assert (event.actor_id, event.municipality_id, event.subject_id) == (decider.pk, kodaira.pk, row.pk)
    assert event.data == {"key": "short_stay.share", "amount": 3000}


def test_enter__makes_a_row_of_one_facility(enter, stay: Offering) -> None:
    row = enter(stay, "short_stay.price")
    assert isinstance(row, OfferingAmount)
    assert (row.offering, row.facility_id, row.municipality_id) == (stay, stay.facility_id, stay.municipality_id)
    assert Event.objects.get(verb="amount.entered").facility_id == stay.facility_id


def test_enter__takes_a_past_day_only_while_nothing_is_entered(enter) -> None:
    enter(starts_on=dt.date(2025, 4, 1))
    with pytest.raises(StartsInPast):
        enter(amount=4000, starts_on=YESTERDAY)
    with pytest.raises(StartsInPast):
        enter(amount=4000, starts_on=YESTERDAY, household_class="tax_exempt")
    enter(amount=4000, starts_on=TODAY)
    assert MunicipalAmount.objects.count() == 2


def test_enter__knows_each_amount_apart(enter, stay: Offering, kodaira: Municipality) -> None:
    enter()
    enter(key="day_service.share", starts_on=YESTERDAY)
    enter(stay, starts_on=YESTERDAY)
    assert [entered.key for entered in entered_amounts(kodaira)] == ["day_service.share", "short_stay.share"]


def test_enter__once_more_changes_nothing(enter) -> None:
    assert enter().pk == enter().pk
    assert Event.objects.filter(verb="amount.entered").count() == 1


def test_enter__puts_a_slip_right_on_the_same_day(enter, kodaira: Municipality) -> None:
    enter(amount=30_000)
    enter(amount=3000)
    assert [entered.amount for entered in entered_amounts(kodaira)] == [3000]
    enter(amount=30_000)
    assert [entered.amount for entered in entered_amounts(kodaira)] == [30_000]
    assert MunicipalAmount.objects.count() == 3


def test_entered_amounts__name_a_class_before_all_classes_and_the_latest_day_first(
    enter, kodaira: Municipality
) -> None:
    enter(amount=1, starts_on=dt.date(2025, 4, 1))
    enter(amount=2, starts_on=dt.date(2026, 4, 1))
    enter(amount=3, household_class="tax_exempt")
    assert [(entered.household_class, entered.amount) for entered in entered_amounts(kodaira)] == [
        ("tax_exempt", 3),
        ("", 2),
        ("", 1),
    ]


@pytest.mark.parametrize("person", ["mother", "nurse"])
def test_enter__is_for_deciders(enter, person: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        enter(by=request.getfixturevalue(person))
    assert not MunicipalAmount.objects.exists()


def test_enter__is_for_deciders_of_this_municipality(enter, kodaira: Municipality) -> None:
    elsewhere = Municipality.objects.create(code="999999", slug="elsewhere", name="見本市")
    foreign = factories.MembershipFactory(municipality=elsewhere, role="decider").user
    with pytest.raises(PermissionDenied):
        enter(by=foreign)


def test_a_row__is_never_edited(enter) -> None:
    row = enter()
    row.amount = 1
    with pytest.raises(AppendOnly):
        row.save()
