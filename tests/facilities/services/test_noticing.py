"""A period that moves cancels nothing: what lies outside of it is kept, noted and told."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from applications.models import Birth
from applications.public import Entitlement, entitlement_changed, record_birth
from eligibility import engine
from facilities.models import Booking
from facilities.selectors.adjusting import lies_outside
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests.eligibility.engine.planned import with_service
from tests.eligibility.kodaira import TERMS
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db


def record(entitlement: Entitlement, mother: Any, born_on: dt.date) -> None:
    record_birth(entitlement.birth, born_on=born_on, children=1, by=mother, at=clock.now())


def test_recorded_birth__tells_of_each_booking_it_leaves_outside(
    ask: Ask, entitlement: Entitlement, mother: Any
) -> None:
    inside = ask()
    outside = ask(first_day=dt.date(2026, 5, 13), last_day=dt.date(2026, 5, 14))

    record(entitlement, mother, dt.date(2026, 1, 14))  # one day earlier: until 5月13日

    assert [mail.key for mail in Mail.objects.filter(kind="booking_outside")] == [f"booking_outside:{outside.pk}"]
    assert Event.objects.get(verb="booking.left_outside").subject_id == outside.pk
    assert {row.status for row in Booking.objects.filter(pk__in=[inside.pk, outside.pk])} == {"requested"}


def test_mail__holds_no_markup_and_leads_to_the_booking(ask: Ask, entitlement: Entitlement, mother: Any) -> None:
    booking = ask(first_day=dt.date(2026, 5, 13), last_day=dt.date(2026, 5, 14))
    record(entitlement, mother, dt.date(2026, 1, 14))

    mail = Mail.objects.get(kind="booking_outside")

    assert mail.text.splitlines() == [
        "ジュンレディースクリニック小平",
        "5月13日(水)から5月14日(木)まで",
        "到着 10:00",
        "",
        "使える期間が変わり、この予約の日はその外になりました。予約は残っています。",
        "いつ取り消しても日数は戻り、お金はかかりません。ほかの日を選びなおしてください。",
        "",
        "内容はログインしてマイページでごらんください。",
        f"http://localhost:8000/kodaira/my/bookings/{booking.number}/",
        "",
        "小平市 産後ケア",
    ]


def test_period_after_a_loss__is_noted_and_no_mail_speaks_of_it(
    ask: Ask, entitlement: Entitlement, mother: Any
) -> None:
    booking = ask(first_day=dt.date(2026, 4, 8), last_day=dt.date(2026, 4, 9))
    Birth.objects.update(outcome="lost", born_on=None, ended_on=dt.date(2025, 12, 1))

    changed = Entitlement.objects.get(pk=entitlement.pk)
    entitlement_changed.send(sender=Entitlement, entitlement=changed, by=mother, at=clock.now())

    assert Event.objects.get(verb="booking.left_outside").subject_id == booking.pk
    assert not Mail.objects.filter(kind="booking_outside").exists()


def test_move__leaves_a_use_outside_by_its_last_day_whatever_the_age_is_looked_at(ask: Ask) -> None:
    """A child's age may be looked at on the first day; that the family lives there, on every one."""
    limit = replace(TERMS.service("short_stay").age_limit, tested_on=engine.TestedOn.FIRST_DAY)
    terms, booking, birth = with_service("short_stay", age_limit=limit), ask(), Birth.objects.get()
    outside = {}
    for out in (booking.first_day, booking.last_day):
        birth.moves_out_on = out
        outside[out] = lies_outside(booking, birth, terms)
    assert outside == {booking.first_day: True, booking.last_day: False}
