"""A month's end with both sides at work at once: what was looked at stands, and no yen is lost. With controls."""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db.models import Sum
from django_fsm import TransitionNotAllowed

from eligibility.public import Municipality
from facilities.models import Facility, MonthLine, MonthReport
from facilities.month_end import Amounts
from facilities.services.attending import no_show
from facilities.services.month_centre import Bound, accept, may_reopen, reopen, send_back
from facilities.services.month_sending import SheetChanged
from facilities.services.month_withdrawing import withdraw_month
from facilities.services.paying import void_payment
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests import factories
from tests.processes.claiming import (
    came,
    claimed_by,
    corrected_by_next,
    expected,
    last_minute_of,
    month_ago,
    owed,
    receipt_of,
    send_as_seen,
    sheet_of,
    to_come,
    told,
    under_contract,
)
from tests.processes.racing import in_rounds, mother_of, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def clinic(town: Municipality) -> Facility:
    return under_contract(town)


@pytest.fixture
def desk(clinic: Facility) -> Any:
    return factories.StaffMembershipFactory(facility=clinic).user


@pytest.fixture
def nurse(town: Municipality) -> Any:
    return factories.MembershipFactory(municipality=town).user


# sending, while the desk works on


@in_rounds(2)
def test_month__sent_while_the_desk_records__is_frozen_as_seen_and_the_rest_goes_to_the_next(
    town: Municipality, clinic: Facility, desk: Any, nurse: Any, rounds: int
) -> None:
    """A receipt is voided, and a family is recorded as absent in the last minute of the month."""
    month, mother = month_ago(2), mother_of(town)
    paid = came(town, clinic, mother, month)
    for number in range(rounds):
        receipt, absent = receipt_of(paid, desk, number), expected(town, clinic, mother, month)
        seen = sheet_of(clinic, town, month).seen
        deeds: list[Callable[[], Any]] = [
            partial(send_as_seen, clinic, town, month, seen, desk),
            partial(void_payment, receipt, reason="打ちまちがい", by=desk, at=clock.now()),
            partial(no_show, absent, shown=told(absent), by=desk, at=last_minute_of(month)),
        ]

        sent, *recorded = race(deeds, municipality=town.pk)

        assert not [answer for answer in recorded if isinstance(answer, Exception)], recorded
        assert isinstance(sent, MonthReport | SheetChanged), sent
        if isinstance(sent, SheetChanged):
            assert not MonthLine.objects.filter(report__status__in=MonthReport.CLOSED).exists()
            sent = send_as_seen(clinic, town, month, sheet_of(clinic, town, month).seen, desk)
        else:
            assert sheet_of(clinic, town, month).seen == seen
        frozen = MonthReport.objects.get(pk=sent.pk)
        lines = MonthLine.objects.filter(report=frozen).aggregate(price=Sum("price"), share=Sum("public_share"))
        assert (frozen.price, frozen.public_share) == (lines["price"], lines["share"])

        accept(frozen, revision=frozen.revision, by=nurse, at=clock.now())
        assert claimed_by(frozen) + to_come(clinic, town, month_ago(1)) == owed(clinic, town)
        reopen(MonthReport.objects.get(pk=frozen.pk), by=nurse, at=clock.now())
        back = MonthReport.objects.get(pk=frozen.pk)
        send_back(back, revision=back.revision, reason="もう一度", by=nurse, at=clock.now())


def test_month__totalled_in_one_look_and_frozen_in_the_next__does_not_add_up(
    town: Municipality, clinic: Facility, desk: Any
) -> None:
    """The control: what a desk voids between two looks is in the total and not in the lines."""
    month, looked, voided = month_ago(2), Barrier(2, timeout=60), Barrier(2, timeout=60)
    receipt = receipt_of(came(town, clinic, mother_of(town), month), desk, 0)

    def total_then_lines() -> bool:
        total = sheet_of(clinic, town, month).total
        looked.wait()
        voided.wait()
        lines = sheet_of(clinic, town, month).rows
        return total == Amounts(sum(row.price or 0 for row in lines), sum(row.collected or 0 for row in lines))

    def void() -> bool:
        looked.wait()
        void_payment(receipt, reason="打ちまちがい", by=desk, at=clock.now())
        voided.wait()
        return True

    assert race([total_then_lines, void], municipality=town.pk) == [False, True]


# taking back, while the centre agrees


@in_rounds(2)
def test_accepting_and_taking_back__at_once__have_one_winner(
    town: Municipality, clinic: Facility, desk: Any, nurse: Any, rounds: int
) -> None:
    month = month_ago(1)
    came(town, clinic, mother_of(town), month)
    for _ in range(rounds):
        sent = send_as_seen(clinic, town, month, sheet_of(clinic, town, month).seen, desk)

        answers = race([partial(_accept, sent, nurse), partial(_take_back, sent, desk)], municipality=town.pk)

        (loser,) = [answer for answer in answers if isinstance(answer, Exception)]
        assert isinstance(loser, Overtaken | TransitionNotAllowed), loser
        stands = MonthReport.objects.get(pk=sent.pk)
        assert stands.status == ("draft" if loser is answers[0] else "accepted")
        assert MonthLine.objects.filter(report=stands).exists() == (stands.status == "accepted")
        if stands.status == "accepted":
            reopen(stands, by=nurse, at=clock.now())
            _take_back(sent, desk)


def test_month__accepted_after_a_look__is_agreed_to_without_a_line(
    town: Municipality, clinic: Facility, desk: Any
) -> None:
    """The control: whoever only looks at the status before it writes agrees to a claim that is gone."""
    month, looked, gone = month_ago(1), Barrier(2, timeout=60), Barrier(2, timeout=60)
    came(town, clinic, mother_of(town), month)
    sent = send_as_seen(clinic, town, month, sheet_of(clinic, town, month).seen, desk)

    def look_and_accept() -> bool:
        waits = MonthReport.objects.get(pk=sent.pk).status == "submitted"
        looked.wait()
        gone.wait()
        claimed = {"price": sent.price, "collected": sent.collected, "public_share": sent.public_share}
        changes = {"status": "accepted", "accepted_at": clock.now(), **claimed}
        return waits and bool(MonthReport.objects.filter(pk=sent.pk).update(**changes))

    def take_back() -> bool:
        looked.wait()
        _take_back(sent, desk)
        gone.wait()
        return True

    assert race([look_and_accept, take_back], municipality=town.pk) == [True, True]
    assert not MonthLine.objects.filter(report=sent).exists()


# a month that the next one corrects


@in_rounds(6)
def test_acceptance__taken_back_while_the_next_month_corrects_it__is_one_or_the_other(
    town: Municipality, clinic: Facility, desk: Any, nurse: Any, rounds: int
) -> None:
    later = month_ago(1)
    before = corrected_by_next(town, clinic, desk, nurse)
    for _ in range(rounds):
        seen = sheet_of(clinic, town, later).seen
        deeds: list[Callable[[], Any]] = [
            partial(send_as_seen, clinic, town, later, seen, desk),
            lambda: reopen(MonthReport.objects.get(pk=before.pk), by=nurse, at=clock.now()),
        ]

        sent, opened = race(deeds, municipality=town.pk)

        settled = MonthReport.objects.get(pk=before.pk).status == "accepted"
        correcting = MonthLine.objects.filter(corrects__report=before, report__status__in=MonthReport.CLOSED).exists()
        assert settled == correcting, (sent, opened)
        if correcting:
            assert isinstance(sent, MonthReport)
            assert isinstance(opened, Bound)
            _take_back(sent, desk)
        else:
            assert isinstance(sent, SheetChanged)
            _accept(before, nurse)


def test_acceptance__taken_back_after_a_look__stands_below_its_correction(
    town: Municipality, clinic: Facility, desk: Any, nurse: Any
) -> None:
    """The control: a correction that is sent between the look and the step rests on a month that is open again."""
    before = corrected_by_next(town, clinic, desk, nurse)
    looked, sent = Barrier(2, timeout=60), Barrier(2, timeout=60)

    def look_and_reopen() -> bool:
        free = may_reopen(MonthReport.objects.get(pk=before.pk))
        looked.wait()
        sent.wait()
        return free and bool(MonthReport.objects.filter(pk=before.pk).update(status="submitted", accepted_at=None))

    def send_next() -> bool:
        looked.wait()
        send_as_seen(clinic, town, month_ago(1), sheet_of(clinic, town, month_ago(1)).seen, desk)
        sent.wait()
        return True

    assert race([look_and_reopen, send_next], municipality=town.pk) == [True, True]
    assert MonthLine.objects.filter(corrects__report__status="submitted", report__status="submitted").exists()


def _accept(report: MonthReport, nurse: Any) -> None:
    accept(MonthReport.objects.get(pk=report.pk), revision=report.revision, by=nurse, at=clock.now())


def _take_back(report: MonthReport, desk: Any) -> None:
    withdraw_month(MonthReport.objects.get(pk=report.pk), by=desk, at=clock.now())
