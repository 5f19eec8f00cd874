"""Tomorrow's use, and what is left before the last day: each told once, and nothing of it that a loss makes painful."""

import datetime as dt
from typing import Any

import pytest

from applications.models import Birth, Pool
from applications.services import losses
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from facilities.public import confirm
from facilities.services.tomorrow import plan_tomorrow, what_to_bring
from facilities.services.unused import plan_unused
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=clock.TOKYO)


def test_use__is_told_of_once_on_the_morning_before_with_what_to_bring(
    ask: Ask, clinic: Facility, receptionist: Any
) -> None:
    Facility.objects.filter(pk=clinic.pk).update(message="タオルを3枚お持ちください。")
    confirm(ask(), by=receptionist, at=clock.now())

    for now, count in ((at(9, 10), 0), (at(10, 8), 0), (at(10, 9), 1), (at(10, 21), 1)):
        plan_tomorrow(now)
        assert Mail.objects.filter(kind="use_tomorrow").count() == count, now
    text = Mail.objects.get(kind="use_tomorrow").text
    assert "3月11日(水)" in text
    assert "タオルを3枚お持ちください。" in text
    assert "持ち物は、施設によって異なります。" in text
    assert "乳腺炎" not in text


def test_what_to_bring__after_a_loss_names_no_child(ask: Ask, clinic: Facility) -> None:
    booking = ask()
    Birth.objects.update(outcome="lost", ended_on=dt.date(2026, 3, 1))
    Facility.objects.filter(pk=clinic.pk).update(message="赤ちゃんの着替えを3組。\n駐車場は裏にあります。")
    booking = Booking.objects.select_related("facility", "entitlement__birth").get(pk=booking.pk)
    assert "駐車場は裏にあります。" in what_to_bring(booking)
    assert not [sentence for sentence in what_to_bring(booking) if "赤ちゃん" in sentence]


def looks(clock_at: Any, day: str) -> int:
    """How many mails there are after that day's planner and worker."""
    clock_at.move_to(f"{day}T09:00:00+09:00")
    plan_unused(clock.now())
    tasks.sweep()
    return Mail.objects.filter(kind="units_unused").count()


def test_what_is_left__is_told_of_once_from_two_weeks_before_the_last_day(kodaira: Municipality, clock_at: Any) -> None:
    birth = factories.BirthFactory(municipality=kodaira)  # born on 1月15日: until 5月14日
    entitlement = factories.EntitlementFactory(municipality=kodaira, birth=birth)

    days = ("2026-04-29", "2026-04-30", "2026-05-01", "2026-05-14", "2026-05-15")
    counts = [looks(clock_at, day) for day in days]
    assert counts == [0, 1, 1, 1, 1]
    assert "令和8年5月14日" in Mail.objects.get(kind="units_unused").text
    assert entitlement.citizen.email == Mail.objects.get(kind="units_unused").to


def test_what_is_left__is_told_of_to_nobody_who_used_it_up_or_told_a_loss(kodaira: Municipality, clock_at: Any) -> None:
    used, lost = (factories.EntitlementFactory(municipality=kodaira) for _ in range(2))
    for pool in Pool.objects.filter(entitlement=used):
        Pool.objects.filter(pk=pool.pk).update(used=pool.limit)
    losses.record_loss(lost.birth, ended_on=clock.today(), by=lost.birth.citizen, at=clock.now())
    assert looks(clock_at, "2026-05-01") == 0
