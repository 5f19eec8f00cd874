"""A month is paid once, however many make a list of it at the same instant. With a control."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Sum
from django_fsm import TransitionNotAllowed

from eligibility.public import Municipality
from facilities.models import Facility, MonthReport, PaymentEntry, PaymentList
from facilities.selectors.months import payable_reports
from facilities.services.month_centre import Bound, reopen
from facilities.services.payment_lists import NotPayable, make_list
from postpartum_portal.shared import clock
from tests import factories
from tests.processes.claiming import DUE, PRICE, month_ago
from tests.processes.racing import in_rounds, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def clinic(town: Municipality) -> Facility:
    return Facility.objects.get(code="jun-ladies-clinic-kodaira")


@pytest.fixture
def decider(town: Municipality) -> Any:
    return factories.MembershipFactory(municipality=town, role="decider").user


@pytest.fixture
def nurse(town: Municipality) -> Any:
    return factories.MembershipFactory(municipality=town).user


@in_rounds(3)
def test_lists__of_the_same_months_by_two_deciders__pay_each_month_once(
    town: Municipality, clinic: Facility, nurse: Any, decider: Any, rounds: int
) -> None:
    """A third takes an acceptance back meanwhile; a list of another month is nobody's loss."""
    other = factories.MembershipFactory(municipality=town, role="decider").user
    for number in range(rounds):
        one, two, three, alone = (_accepted(town, clinic, 4 * number + place) for place in range(4))
        deeds: list[Callable[[], Any]] = [
            partial(_make, town, decider, one, two),
            partial(_make, town, other, two, three),
            partial(_make, town, other, one, two),
            partial(_take_back, two, nurse),
            partial(_make, town, decider, alone),
        ]

        *claiming, beside = race(deeds, municipality=town.pk)

        lost = [answer for answer in claiming if isinstance(answer, Exception)]
        assert len(lost) == len(claiming) - 1, lost
        assert all(isinstance(loser, NotPayable | Bound | TransitionNotAllowed) for loser in lost), lost
        assert isinstance(beside, PaymentList)
    for made in PaymentList.objects.annotate(of_entries=Sum("entries__amount")):
        assert made.total == made.of_entries
    assert not any(times > 1 for times in Counter(PaymentEntry.objects.values_list("report", flat=True)).values())
    assert sorted(PaymentList.objects.values_list("number", flat=True)) == list(
        range(1, PaymentList.objects.count() + 1)
    )


def test_lists__made_of_what_was_looked_at__meet_the_database(
    town: Municipality, clinic: Facility, decider: Any
) -> None:
    """The control: whoever looks and then writes has the month too, and only the constraint is in her way."""
    report, looked = _accepted(town, clinic, 0), Barrier(2, timeout=60)

    def look_and_enter(number: int) -> bool:
        seen = payable_reports(town.pk).filter(pk=report.pk).exists()
        looked.wait()
        made = PaymentList.objects.create(
            municipality=town, fiscal_year=2026, number=number, total=1, made_at=clock.now(), made_by=decider
        )
        PaymentEntry.objects.create(
            payment_list=made, municipality=town, facility=clinic, report=report, order=1, payee="見本", amount=1
        )
        return seen

    answers = race([partial(look_and_enter, number) for number in (1, 2)], municipality=town.pk)

    assert Counter(type(answer) for answer in answers) == {bool: 1, IntegrityError: 1}


def _accepted(town: Municipality, clinic: Facility, number: int) -> MonthReport:
    return MonthReport.objects.create(
        municipality=town,
        facility=clinic,
        month=month_ago(number + 1),
        number=number + 1,
        status="accepted",
        revision=1,
        price=PRICE,
        collected=DUE,
        public_share=PRICE - DUE,
        submitted_at=clock.now(),
        accepted_at=clock.now(),
    )


def _make(town: Municipality, decider: Any, *reports: MonthReport) -> PaymentList:
    return make_list(town, [report.pk for report in reports], by=decider, at=clock.now())


def _take_back(report: MonthReport, nurse: Any) -> None:
    reopen(MonthReport.objects.get(pk=report.pk), by=nurse, at=clock.now())
