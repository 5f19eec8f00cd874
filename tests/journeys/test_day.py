"""A receptionist's day: who came, what was paid, what the centre must know, and a stay that ends a day early."""

import datetime as dt

import pytest
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from tests import factories
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import at_the_desk, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # the month's end walks the shortest way through a day

MOTHER, NAME, OTHER = "sakura@example.jp", "髙橋 美咲", "高橋 未来"
BORN, TODAY = dt.date(2026, 5, 1), dt.date(2026, 5, 20)
GIVEN_UP = ("やめる日は", "1日分を使ったことになります", "利用した日の額", "5,000円")
TIRED, TOLD = "夜に眠れていない。", "来週いちど電話をお願いします。"


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["390", "1280"])
def test_day(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    portal.move_clock_to("2026-05-11 10:00")
    clinic = given.clinic(places=1)
    family = booked.mother_of(kodaira, MOTHER, born=BORN)
    number = booked.a_stay(family, TODAY, TODAY + dt.timedelta(2)).number
    booked.a_day(booked.mother_of(kodaira, "miku@example.jp", born=BORN, name=OTHER, kana="たかはし みく"), TODAY)
    booked.a_stay(booked.mother_of(kodaira, "yui@example.jp", born=BORN), dt.date(2026, 5, 23), dt.date(2026, 5, 24))
    with scopes_disabled():
        factories.ApplicationFactory(municipality=kodaira, birth=family.birth)
    reception = given.facility_colleague(clinic, "uketsuke@example.jp")
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    mother, receptionist, nurse = (meet(f"day-{name}", window) for name in ("mother", "receptionist", "nurse"))

    portal.move_clock_to("2026-05-20 10:05")
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, reception, path="/facility/")
    at_the_desk.checks_in(receptionist, "タカハシ", name=OTHER)
    at_the_desk.undoes_it(receptionist, name=OTHER)
    at_the_desk.checks_in(receptionist, "たかはし", name=NAME)
    receipt = at_the_desk.takes_the_price(receptionist, number, yen="10,300円", item=("おむつ", "３００"))
    at_the_desk.hands_out_the_receipt(receptionist, says=("10,300円", "おむつ", f"{NAME} 様", receipt))
    at_the_desk.writes_down_the_care(receptionist, number, mother=TIRED, handover=TOLD)

    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    at_the_desk.sees_the_handover(nurse, name=NAME, says=(TIRED, TOLD, "10:05"))

    portal.move_clock_to("2026-05-21 09:00")
    at_the_desk.may_not_stay(receptionist, number, until="5月23日(土)", because="空きのない日があります")
    at_the_desk.sends_her_home(receptionist, number, last="5月21日(木)", says=GIVEN_UP)
    receptionist.sees("多く受け取っている額 5,000円")
    at_the_desk.voids_the_receipt(receptionist, number, receipt, because="1泊になったので、差額を返しました。")
    at_the_desk.takes_the_price(receptionist, number, yen="5,300円", item=("おむつ", "300"))

    portal.mailbox.take(MOTHER, "早く終わ")
    signing_in.signs_in(mother, portal.mailbox, email=MOTHER, path=f"/kodaira/my/bookings/{number}/")
    mother.sees("5,300円", "10,300円", "無効", "おむつ 300円")
