"""A facility's own people: one is asked to come, sets a fee that is then owed, and goes; the last one stays."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import DESK, PHONE
from .conftest import Meet
from .steps import booking, late_fees, receiving, signing_in, staffing

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/facilities/staff goes the same way over HTTP

MOTHER, NAME = "sakura@example.jp", "髙橋 美咲"
SATO = "sato@example.jp"
FIRST, LAST = dt.date(2026, 6, 10), dt.date(2026, 6, 11)
SORRY = "ご家族の急な用事のため。"


def test_colleagues(portal: Portal, zushi: Municipality, meet: Meet) -> None:
    portal.move_clock_to("2026-06-01 10:00")
    stay = booked.an_asked_stay(booked.mother_of(zushi, MOTHER, born=dt.date(2026, 5, 1)), FIRST, LAST)
    head = given.facility_colleague(stay.facility, "incho@example.jp", name="院長", manages=True)
    mother = meet("fee-mother", PHONE, town="zushi")
    manager, colleague = meet("manager", DESK), meet("colleague", PHONE)

    signing_in.signs_in_with_digits(manager, portal.mailbox, head, path="/facility/")
    staffing.asks_a_colleague_to_come(manager, SATO, name="佐藤", role="管理者")
    staffing.joins(colleague, portal.mailbox, SATO)
    receiving.confirms(colleague, name=NAME, what="1泊2日")
    late_fees.sets_the_fee(colleague, "逗子市 宿泊型", yen="3000", since="R8.6.1")

    portal.move_clock_to("2026-06-08 16:01")
    signing_in.signs_in(mother, portal.mailbox, email=MOTHER, path="/zushi/my/")
    costs = ("2日分を使ったことになります", "3,000円")
    booking.cancels(mother, stay.number, consequence=costs, button="2日分を使ったことにして")
    late_fees.waives_it(colleague, name=NAME, yen="3,000円", because=SORRY)
    mother.reloads()
    mother.sees("払わなくて大丈夫です", SORRY)
    late_fees.takes_it_after_all(colleague, name=NAME, yen="3000")
    mother.reloads()
    mother.sees("が受け取りました")

    staffing.leaves(colleague)
    staffing.may_not_leave(manager)
