"""Money at the desk: never more than is due, never twice for one press, never deleted."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from eligibility import engine
from facilities.models import Booking, Payment
from facilities.public import Shown, attend, confirm, no_show
from facilities.selectors.money_desk import desk_of, lines_told
from facilities.services.answering import ReasonMissing
from facilities.services.attending import preview_no_show
from facilities.services.paying import Item, MoreThanDue, NothingOwed, pay, receive, void_payment
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db

ARRIVAL = dt.datetime(2026, 3, 11, 10, 5, tzinfo=clock.TOKYO)
DIAPERS = Item(Payment.Kind.EXTRA, "おむつ", 300)
STAY = 10_000


@pytest.fixture
def arrived(ask: Ask, receptionist: Any) -> Booking:
    """Two nights for 10,000 yen."""
    return attend(confirm(ask(), by=receptionist, at=clock.now()), by=receptionist, at=ARRIVAL)


def use(amount: int) -> Item:
    return Item(Payment.Kind.USE, "宿泊型", amount)


def test_receive__pressed_twice__is_one_receipt_of_all_its_lines(arrived: Booking, receptionist: Any) -> None:
    once, twice = (
        receive(arrived, [use(STAY), DIAPERS], form_token="press", by=receptionist, at=ARRIVAL) for _ in range(2)
    )

    assert [row.pk for row in once] == [row.pk for row in twice]
    (receipt,) = desk_of(arrived).receipts
    assert (receipt.number, receipt.total) == (f"{arrived.number}-R1", STAY + 300)


def test_receive__takes_no_more_than_is_still_to_be_paid(arrived: Booking, receptionist: Any) -> None:
    pay(arrived, kind=Payment.Kind.USE, label="宿泊型", amount=4000, form_token="a", by=receptionist, at=ARRIVAL)

    with pytest.raises(MoreThanDue) as refused:
        receive(arrived, [use(6001), DIAPERS], form_token="b", by=receptionist, at=ARRIVAL)

    assert refused.value.left == desk_of(arrived).left == 6000
    assert Payment.objects.count() == 1


def test_void__keeps_the_receipt_with_its_reason_and_lets_it_be_received_anew(
    arrived: Booking, receptionist: Any
) -> None:
    wrong, _ = receive(arrived, [use(STAY), DIAPERS], form_token="a", by=receptionist, at=ARRIVAL)
    with pytest.raises(ReasonMissing):
        void_payment(wrong, reason=" ", by=receptionist, at=ARRIVAL)

    void_payment(wrong, reason="打ちまちがい", by=receptionist, at=ARRIVAL)
    receive(arrived, [use(STAY)], form_token="b", by=receptionist, at=ARRIVAL)

    new, old = desk_of(arrived).receipts
    assert (new.number, old.number) == (f"{arrived.number}-R2", f"{arrived.number}-R1")
    assert (new.voided_at, old.void_reason) == (None, "打ちまちがい")
    assert desk_of(arrived).settled
    with pytest.raises(Overtaken):
        void_payment(wrong, reason="もう一度", by=receptionist, at=ARRIVAL)


def test_receive__before_she_came__is_refused(ask: Ask, receptionist: Any) -> None:
    booking = confirm(ask(), by=receptionist, at=clock.now())

    with pytest.raises(NothingOwed):
        receive(booking, [use(STAY)], form_token="a", by=receptionist, at=ARRIVAL)


def test_receive__of_a_no_show_without_a_fee__takes_nothing(ask: Ask, receptionist: Any) -> None:
    booking = confirm(ask(), by=receptionist, at=clock.now())
    no_show(booking, shown=Shown.of(preview_no_show(booking)), by=receptionist, at=ARRIVAL)

    with pytest.raises(NothingOwed):
        pay(booking, kind=Payment.Kind.CANCEL_FEE, label="料金", amount=1, form_token="a", by=receptionist, at=ARRIVAL)


def test_receive__by_somebody_else__is_denied(arrived: Booking, mother: Any) -> None:
    with pytest.raises(PermissionDenied):
        receive(arrived, [DIAPERS], form_token="a", by=mother, at=ARRIVAL)


def test_lines__tell_what_was_taken_off_in_one_line_without_its_name(arrived: Booking) -> None:
    arrived.quote = {
        **arrived.quote,
        "lines": [*arrived.quote["lines"], {"label": "非課税世帯の減免", "arithmetic": "", "amount": -STAY}],
        "total": 0,
        "public": STAY,
    }

    told = lines_told(arrived)

    assert [(line.label, line.amount) for line in told.lines] == [("利用料", STAY), ("市の負担", -STAY)]
    assert told.total == engine.Yen(0)


@pytest.mark.parametrize(
    ("name", "exception"),
    [
        ("payment_is_some_yen", {"amount": 0}),
        ("payment_says_what_for", {"label": ""}),
        ("voided_payment_says_who_and_why", {"voided_at": ARRIVAL}),
    ],
)
def test_payment__cannot_break(arrived: Booking, receptionist: Any, name: str, exception: dict[str, Any]) -> None:
    payment = pay(
        arrived, kind=Payment.Kind.EXTRA, label="食事", amount=800, form_token="a", by=receptionist, at=ARRIVAL
    )

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**exception)
