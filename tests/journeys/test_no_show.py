"""小平市: nobody is at home when the midwife comes. What it costs is shown before it is recorded."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests.facilities.arranging import midwives
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import PHONE
from .conftest import Meet
from .steps import booking, receiving, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # the facility's tests go the same way over HTTP

MOTHER, NAME = "sakura@example.jp", "髙橋 美咲"
WEDNESDAY = dt.date(2026, 3, 11)


@pytest.mark.parametrize(("children", "yen"), [(1, "9,000円"), (2, "13,500円")], ids=["one child", "twins"])
def test_no_show(portal: Portal, kodaira: Municipality, meet: Meet, children: int, yen: str) -> None:
    portal.move_clock_to("2026-03-05 10:00")
    house = midwives(kodaira)
    family = booked.mother_of(kodaira, MOTHER, born=dt.date(2026, 2, 1), children=children)
    visit = booked.a_visit(family, house, WEDNESDAY)
    colleague = given.facility_colleague(house.facility, "josanshi@example.jp")
    mother, midwife = meet("absent-mother", PHONE), meet("absent-midwife", PHONE)

    portal.move_clock_to("2026-03-11 13:20")
    signing_in.signs_in_with_digits(midwife, portal.mailbox, colleague, path="/facility/")
    receiving.finds_nobody(midwife, name=NAME, consequence=yen)

    assert yen in plain_text(portal.mailbox.take(MOTHER, "訪問できなかった日"))
    signing_in.signs_in(mother, portal.mailbox, email=MOTHER, path=f"/kodaira/my/bookings/{visit.number}/")
    mother.sees("不在と記録されました", yen)
    booking.sees_left(mother, "あと2回")
