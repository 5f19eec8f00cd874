"""岡山市: the decision by mail, the birth, a call that gives a code, the code entered, a coupon. And twins."""

import pytest

from eligibility.public import Municipality
from tests.facilities.walking import sample_facilities
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE
from .conftest import Meet
from .steps import booking, coupons, giving_birth, holding, programme, reading, receiving, signing_in
from .steps.programme import NAME, OKAYAMA

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/walks goes the same way over HTTP

MOTHER, DUE = "momoko@example.jp", "R8.4.30"
CLINIC = "見本レディースクリニック"


@pytest.mark.parametrize(
    ("children", "days", "visits"),
    [pytest.param("1人", 7, 3, marks=pytest.mark.soak), ("双子", 10, 5)],
    ids=["one child", "twins"],
)
def test_okayama(portal: Portal, okayama: Municipality, meet: Meet, children: str, days: int, visits: int) -> None:
    mother = meet("okayama-mother", PHONE, town="okayama")
    nurse, decider = (meet(f"okayama-{name}", DESK, town="okayama") for name in ("nurse", "decider"))
    receptionist = meet("okayama-receptionist", DESK)
    fujii = given.centre_colleague(okayama, "fujii@example.jp", role="centre", name="藤井")
    hara = given.centre_colleague(okayama, "hara@example.jp", role="decider", name="原")
    portal.move_clock_to("2026-03-05 10:00")
    sample_facilities()

    programme.checks_whether_she_may(mother, OKAYAMA, day=DUE)
    mother.sees("今日から申請できます", "令和9年4月29日(木)まで使えます")
    mother.presses("この答えで申請")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    programme.applies(mother, OKAYAMA, due=DUE, children=children)
    signing_in.signs_in_with_digits(nurse, portal.mailbox, fujii, path="/okayama/centre/")
    signing_in.signs_in_with_digits(decider, portal.mailbox, hara, path="/okayama/centre/")
    programme.is_granted(nurse, decider, OKAYAMA)
    mail = portal.mailbox.take(MOTHER, "お知らせがあります")
    assert "/okayama/my/letters/" in plain_text(mail)
    text = reading.reads_her_letter(mother, titled="利用決定通知")
    assert f"{days}日まで" in text, text
    assert f"{visits}回まで" in text, text

    portal.move_clock_to("2026-05-07 10:00")
    giving_birth.records_the_birth(mother, born="R8.4.27", before="4月29日(木)まで", after="4月26日(月)まで")
    booking.sees_left(mother, f"あと{days}日", f"あと{visits}回")
    colleague = given.facility_colleague(given.facility(CLINIC), "clinic@example.jp")
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path="/facility/")
    code = holding.keeps_a_day_for_her_call(receptionist, "日帰り", day="R8.5.20")
    holding.enters_the_code(mother, code, price="8,000円", left=f"あと{days}日 → {days - 1}日")
    portal.mailbox.take(MOTHER, "予約が決まりました")
    receptionist.reloads()
    receptionist.sees("予約になりました")

    portal.move_clock_to("2026-05-20 10:05")
    number = coupons.shows_hers(mother, "クーポン", left=f"あと{days - 1}日", booked=CLINIC)
    coupons.looks_it_up(receptionist, number, name=NAME, left=f"あと{days - 1}日", booked="日帰り")
    receiving.receives_her(receptionist, name=NAME)
    coupons.shows_hers(mother, "クーポン", left=f"あと{days - 1}日", booked="利用ずみ")
