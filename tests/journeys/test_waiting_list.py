"""A day is full: she waits, another family gives it back, she is offered it, takes it, and the facility confirms."""

import pytest

from eligibility.public import Municipality
from tests import factories
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import booking, receiving, signing_in, waiting

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/facilities waits and is offered without a browser

WAITS, HAS_IT = "sakura@example.jp", "yui@example.jp"
DAY = "3月11日(水)"


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
def test_waiting_list(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    portal.move_clock_to("2026-03-05 10:00")
    clinic = given.clinic(places=1)
    for email in (WAITS, HAS_IT):
        factories.EntitlementFactory(municipality=kodaira, birth__household__citizen__email=email)
    colleague = given.facility_colleague(clinic, "uketsuke@example.jp")
    she, other, receptionist = (meet(f"waiting-{name}", window) for name in ("she", "other", "receptionist"))

    signing_in.signs_in(other, portal.mailbox, email=HAS_IT, path="/kodaira/my/")
    booking.chooses_days(other, "日帰り型", arrival=DAY)
    number = booking.asks(other)
    signing_in.signs_in(she, portal.mailbox, email=WAITS, path="/kodaira/my/")
    waiting.waits_for(she, "日帰り型", day=DAY)
    waiting.sees_that_she_waits(she, "日帰り型", day=DAY)
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path="/facility/")
    receiving.looks_at_the_month(receptionist, "2026-03")
    receptionist.sees("空きを待っている人", f"{DAY} 1人")

    portal.move_clock_to("2026-03-05 20:00")
    booking.withdraws(other, number)
    mail = portal.mailbox.take(WAITS, "空きが出ました")
    assert "3月6日(金) 10:00まで" in plain_text(mail)
    waiting.takes_the_offer(she, day=DAY, until="3月6日(金) 10:00")
    receiving.confirms(receptionist, name="髙橋 美咲", what="日帰り型")
    portal.mailbox.take(WAITS, "予約が決まりました")
