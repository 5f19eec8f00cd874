"""月のしめ: a clinic claims a month, the centre sends it back, takes it, pays; what changes later goes to the next."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import month_end, receiving, signing_in

pytestmark = pytest.mark.journey

MOTHER, NAME = "sakura@example.jp", "髙橋 美咲"
MISSING = "お支払いの記録がありません。領収書を確かめて、入れてください。"
ANSWER = "領収書のとおりに入れました。"


@pytest.mark.parametrize("window", [DESK, pytest.param(PHONE, marks=pytest.mark.soak)], ids=["1280", "390"])
def test_month_end(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    portal.move_clock_to("2026-05-11 10:00")
    stay = booked.a_day(booked.mother_of(kodaira, MOTHER, born=dt.date(2026, 5, 1)), dt.date(2026, 5, 20))
    reception = given.facility_colleague(stay.facility, "uketsuke@example.jp")
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    receptionist, nurse, decider = (meet(f"month-{name}", window) for name in ("receptionist", "nurse", "decider"))

    portal.move_clock_to("2026-05-20 10:05")
    for person, colleague in ((receptionist, reception), (nurse, watanabe), (decider, tanaka)):
        signing_in.has_signed_in(person, colleague.email)
    receiving.receives_her(receptionist, name=NAME)

    portal.move_clock_to("2026-06-01 09:00")
    month_end.looks_at_the_month(receptionist, "5月")
    receptionist.sees("委託料の額が入っていません")
    month_end.enters_a_contract_price(decider, "day_service", "12000", since="R8.4.1")
    month_end.sends_the_month(receptionist, "5月", share="10,000円")

    month_end.sends_it_back(nurse, "5月", because=MISSING)
    assert MISSING not in portal.mailbox.take(reception.email, "差し戻").as_string()
    month_end.looks_at_the_month(receptionist, "5月")
    receptionist.sees(MISSING)
    month_end.takes_the_money(receptionist, name=NAME, yen="2,000円")
    month_end.sends_the_month(receptionist, "5月", share="10,000円", answer=ANSWER)
    month_end.accepts_it(nurse, "5月", yen="10,000円", answer=ANSWER)
    month_end.pays_by_list(decider, yen="10,000円", on="R8.6.1")
    month_end.looks_at_the_month(receptionist, "5月")
    receptionist.sees("市が支払いました")

    month_end.enters_a_contract_price(decider, "day_service", "11500", since="R8.4.1")
    month_end.looks_at_the_month(receptionist, "6月")
    receptionist.sees("前の月の訂正", "−500円")
