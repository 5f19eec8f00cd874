"""A use under way that ends earlier, or goes on for longer."""

import contextlib
import datetime as dt
import random
from typing import Any

import pytest

from applications.models import Pool
from eligibility import engine
from facilities.models import Booking, DayCapacity, Move, Offering, Payment
from facilities.public import ConsequenceChanged, DayFull, NotBookable, Shown, attend, confirm, no_show
from facilities.selectors.money_desk import desk_of
from facilities.services.attending import RecordStands, preview_no_show, undo_record
from facilities.services.integrity import check
from facilities.services.moving import NothingToMove
from facilities.services.paying import Item, MoreThanDue, pay, receive, void_payment
from facilities.services.staying import NotUnderWay, extend, leave_early, preview_stay
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests.facilities.conftest import Ask
from tests.facilities.moves import day
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db

ARRIVAL = dt.datetime(2026, 3, 11, 10, 5, tzinfo=clock.TOKYO)
NEXT_DAY = ARRIVAL + dt.timedelta(days=1)


@pytest.fixture
def arrived(ask: Ask, receptionist: Any) -> Booking:
    """Three days from 3月11日 for 10,000 yen."""
    return attend(confirm(ask(), by=receptionist, at=clock.now()), by=receptionist, at=ARRIVAL)


def left(booking: Booking, stay: Offering, last: int, *, by: Any, at: dt.datetime = NEXT_DAY, **said: Any) -> Move:
    shown = said.pop("shown", None) or Shown.of(preview_stay(booking, stay, last_day=day(last), at=at).consequence)
    return leave_early(booking, stay, last_day=day(last), shown=shown, form_token=f"leave-{last}", by=by, at=at)


def _bed(number: int) -> DayCapacity:
    return DayCapacity.objects.filter(day=day(number)).order_by("-used").first() or DayCapacity()


def test_leave__counts_what_is_given_up_and_prices_the_days_stayed(
    arrived: Booking, stay: Offering, receptionist: Any
) -> None:
    move = left(arrived, stay, 12, by=receptionist)
    again = {"last_day": day(12), "shown": FREE, "form_token": move.form_token, "by": receptionist, "at": NEXT_DAY}

    assert leave_early(arrived, stay, **again) == move
    booking = Booking.objects.get(pk=arrived.pk)
    assert (booking.last_day, booking.quote["total"]) == (day(12), 5_000)
    assert (booking.units["stay"], move.consequence["counted"]["stay"]) == (2, 1)
    assert Pool.objects.get(code="stay").used == 3
    assert _bed(13).used == 0
    assert "早く終わりました" in Mail.objects.get(kind="booking_left").subject
    assert check() == []


def test_leave__that_was_told_otherwise__does_nothing(arrived: Booking, stay: Offering, receptionist: Any) -> None:
    with pytest.raises(ConsequenceChanged):
        left(arrived, stay, 12, by=receptionist, shown=FREE)

    assert Booking.objects.get(pk=arrived.pk).last_day == day(13)


def test_leave__after_she_paid__says_what_was_received_too_much(
    arrived: Booking, stay: Offering, receptionist: Any
) -> None:
    pay(arrived, kind=Payment.Kind.USE, label="利用料", amount=10_000, form_token="a", by=receptionist, at=ARRIVAL)

    left(arrived, stay, 12, by=receptionist)

    desk = desk_of(Booking.objects.get(pk=arrived.pk))
    assert (desk.due, desk.over, desk.settled) == (5_000, 5_000, False)


def test_extend__takes_the_days_and_their_units_and_prices_them(
    arrived: Booking, stay: Offering, receptionist: Any
) -> None:
    for _ in range(2):
        extend(arrived, stay, last_day=day(14), form_token="longer", by=receptionist, at=NEXT_DAY)

    booking = Booking.objects.get(pk=arrived.pk)
    assert (booking.last_day, booking.quote["total"], booking.status) == (day(14), 15_000, Booking.Status.ATTENDED)
    assert Pool.objects.get(code="stay").used == 4
    assert (_bed(14).used, Move.objects.count()) == (1, 1)
    assert check() == []


def test_extend__beyond_the_entitlement_or_the_places__is_refused_whole(
    arrived: Booking, stay: Offering, receptionist: Any
) -> None:
    with pytest.raises(NotBookable):
        extend(arrived, stay, last_day=day(17), form_token="a", by=receptionist, at=NEXT_DAY)
    DayCapacity.objects.filter(day=day(14)).update(limit=0)
    with pytest.raises(DayFull) as full:
        extend(arrived, stay, last_day=day(15), form_token="b", by=receptionist, at=NEXT_DAY)

    assert full.value.days == (day(14),)
    assert Pool.objects.get(code="stay").used == 3
    assert check() == []


def test_stay__of_who_has_not_come_or_to_a_day_that_is_over__is_not_changed(
    ask: Ask, stay: Offering, receptionist: Any
) -> None:
    booking = confirm(ask(), by=receptionist, at=clock.now())
    with pytest.raises(NotUnderWay):
        preview_stay(booking, stay, last_day=day(12), at=NEXT_DAY)
    attend(booking, by=receptionist, at=ARRIVAL)
    with pytest.raises(NothingToMove):
        preview_stay(booking, stay, last_day=day(11), at=NEXT_DAY)


def test_undo__after_her_days_were_changed__is_refused(arrived: Booking, stay: Offering, receptionist: Any) -> None:
    extend(arrived, stay, last_day=day(14), form_token="longer", by=receptionist, at=ARRIVAL)

    with pytest.raises(RecordStands):
        undo_record(Booking.objects.get(pk=arrived.pk), by=receptionist, at=ARRIVAL)


def test_undo__of_a_no_show__leaves_every_counter_as_before(ask: Ask, receptionist: Any) -> None:
    booking = confirm(ask(), by=receptionist, at=clock.now())
    no_show(booking, shown=Shown.of(preview_no_show(booking)), by=receptionist, at=ARRIVAL)

    undo_record(booking, by=receptionist, at=ARRIVAL)

    assert check() == []
    assert booking.quote["total"] == engine.Yen(10_000)


def test_leave__without_a_night__is_refused_where_only_nights_have_a_price(
    arrived: Booking, stay: Offering, receptionist: Any
) -> None:
    with pytest.raises(NotBookable):
        left(arrived, stay, 11, by=receptionist, at=ARRIVAL)

    assert Booking.objects.get(pk=arrived.pk).quote["total"] == 10_000


@pytest.mark.parametrize("seed", range(3))
def test_money__never_stands_above_what_is_due_without_saying_so(
    arrived: Booking, stay: Offering, receptionist: Any, seed: int
) -> None:
    """Whatever the desk does in whatever order: paying, voiding, going home early, staying on."""
    chance = random.Random(seed)  # noqa: S311 - the same deeds in every run
    for step in range(12):
        deed, said = chance.choice("ppvle"), {"by": receptionist, "at": NEXT_DAY}
        with contextlib.suppress(MoreThanDue, NothingToMove, NotBookable, DayFull):
            if deed == "p":
                receive(
                    arrived,
                    [Item(Payment.Kind.USE, "利用料", chance.randrange(1, 12_000))],
                    form_token=f"pay-{step}",
                    **said,
                )
            elif deed == "v" and (paid := Payment.objects.filter(voided_at=None).order_by("?").first()):
                void_payment(paid, reason="打ちまちがい", **said)
            elif deed in "le":
                days = chance.choice([12, 13, 14, 15])
                change = {"last_day": day(days), "form_token": f"stay-{step}", **said}
                if deed == "l":
                    shown = Shown.of(preview_stay(arrived, stay, last_day=day(days), at=NEXT_DAY).consequence)
                    leave_early(arrived, stay, shown=shown, **change)
                else:
                    extend(arrived, stay, **change)
        arrived = Booking.objects.select_related("entitlement__birth", "municipality", "facility").get(pk=arrived.pk)
        desk = desk_of(arrived)
        assert desk.over == max(0, desk.paid - int(desk.due))  # type: ignore[arg-type]
        assert desk.settled == (desk.paid == desk.due)
        assert len({receipt.number for receipt in desk.receipts}) == len(desk.receipts)
    assert check() == []
