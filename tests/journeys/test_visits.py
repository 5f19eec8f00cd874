"""川崎市: whoever visits alone says where and when; it binds the mothers, and an hour is moved by phone."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests.facilities.walking import sample_facilities
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import PHONE
from .conftest import Meet
from .steps import booking, receiving, signing_in, visiting

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/facilities goes the same way over HTTP

INSIDE, OUTSIDE, NAME = "sakura@example.jp", "yui@example.jp", "髙橋 美咲"
VISITOR, VISIT = "見本訪問看護ステーション", "訪問型"
BORN, AREA = dt.date(2026, 5, 1), "川崎市中原区"
NOT_THERE = f"訪問する地域({AREA})に入りません"
NOT_THEN = "訪問できない日です。訪問する曜日は水・金です。"


def test_visits(portal: Portal, kawasaki: Municipality, meet: Meet) -> None:
    portal.move_clock_to("2026-06-01 10:00")
    sample_facilities()
    booked.mother_of(kawasaki, INSIDE, born=BORN, address="中原区見本町1-2-3")
    booked.mother_of(kawasaki, OUTSIDE, born=BORN, address="麻生区見本町1-2-3")
    colleague = given.facility_colleague(given.facility(VISITOR), "houmon@example.jp")
    inside, outside = (meet(f"{name}-mother", PHONE, town="kawasaki") for name in ("inside", "outside"))
    midwife = meet("visiting-midwife", PHONE)

    signing_in.signs_in_with_digits(midwife, portal.mailbox, colleague, path="/facility/")
    hours = {"水": "９時から１２時", "金": "13-17"}
    visiting.says_where_and_when(midwife, areas=AREA, hours=hours, travel="30", each="120")

    signing_in.signs_in(outside, portal.mailbox, email=OUTSIDE, path="/kawasaki/my/")
    booking.is_told_why_not(outside, VISIT, days=1, arrival="2026-06-10", because=NOT_THERE, at=VISITOR)
    signing_in.signs_in(inside, portal.mailbox, email=INSIDE, path="/kawasaki/my/")
    booking.is_told_why_not(inside, VISIT, days=1, arrival="2026-06-11", because=NOT_THEN, at=VISITOR)
    booking.chooses_days(inside, VISIT, arrival="6月10日(水)", at=VISITOR)
    inside.picks("はじまる時刻", "9:00")
    number = booking.asks(inside)
    receiving.confirms(midwife, name=NAME, what=VISIT)

    visiting.moves_the_hour(midwife, number, name=NAME, hour="9:30")
    portal.mailbox.take(INSIDE, "訪問の時刻が変わりました")
    inside.reloads()
    inside.sees("6月10日(水) 9:00", "6月10日(水) 9:30")
