"""A clinic paints its month, two mothers see its one bed, one gets it; what is booked cannot be taken out again."""

import pytest

from eligibility.public import Municipality
from tests import factories
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import booking, receiving, signing_in

pytestmark = pytest.mark.journey

FIRST, SECOND = "sakura@example.jp", "yui@example.jp"
NAME = "髙橋 美咲"


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
def test_last_bed(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    portal.move_clock_to("2026-03-05 10:00")
    for email in (FIRST, SECOND):
        factories.EntitlementFactory(municipality=kodaira, birth__household__citizen__email=email)
    colleague = given.facility_colleague(given.facility(booking.CLINIC), "uketsuke@example.jp")
    first, second, receptionist = (meet(f"bed-{name}", window) for name in ("first", "second", "receptionist"))

    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path="/facility/")
    receiving.sets_places(receptionist, "3月11日(水)", "3月12日(木)", stays="1")
    for mother, email in ((first, FIRST), (second, SECOND)):
        signing_in.signs_in(mother, portal.mailbox, email=email, path="/kodaira/my/")
        booking.chooses_days(mother, "宿泊型", length="1泊2日", arrival="3月11日(水)")

    booking.asks(first)
    booking.sees_it_taken(second, arrival="3月11日(水)", still="3月11日(水)〜12日(木)")
    booking.comes_too_late(second, full="3月11日(水)")
    booking.sees_left(second, "あと7日")
    receiving.confirms(receptionist, name=NAME, what="1泊2日")
    portal.mailbox.take(FIRST, "予約が決まりました")
    receiving.may_not_lower(receptionist, "3月11日(水)", "3月12日(木)", name=NAME)
