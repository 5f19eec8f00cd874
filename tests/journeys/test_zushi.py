"""逗子市: coupons, a booking at one of the twelve, and the coupon that its reception looks up."""

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE
from .conftest import Meet
from .steps import booking, coupons, giving_birth, programme, reading, receiving, signing_in
from .steps.programme import NAME, ZUSHI

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/walks goes the same way over HTTP

MOTHER, DUE = "umi@example.jp", "R8.4.30"
BIRTH_HOUSE = "山本助産院"


def test_zushi(portal: Portal, zushi: Municipality, meet: Meet) -> None:
    mother = meet("zushi-mother", PHONE, town="zushi")
    nurse, decider = (meet(f"zushi-{name}", DESK, town="zushi") for name in ("nurse", "decider"))
    receptionist = meet("zushi-receptionist", DESK)
    oki = given.centre_colleague(zushi, "oki@example.jp", role="centre", name="沖")
    mori = given.centre_colleague(zushi, "mori@example.jp", role="decider", name="森")
    portal.move_clock_to("2026-04-10 10:00")

    programme.checks_whether_she_may(mother, ZUSHI, day=DUE)
    mother.sees("いつでも申請できます", "令和9年4月29日(木)まで使えます", "税抜")
    mother.presses("この答えで申請")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    programme.applies(mother, ZUSHI, due=DUE)
    signing_in.signs_in_with_digits(nurse, portal.mailbox, oki, path="/zushi/centre/")
    signing_in.signs_in_with_digits(decider, portal.mailbox, mori, path="/zushi/centre/")
    programme.is_granted(nurse, decider, ZUSHI)
    portal.mailbox.take(MOTHER, "お知らせがあります")
    assert "利用券の枚数" in reading.reads_her_letter(mother, titled="利用券")

    portal.move_clock_to("2026-05-07 10:00")
    giving_birth.records_the_birth(mother, born="R8.4.27", before="4月29日(木)まで", after="4月26日(月)まで")
    booking.chooses_days(mother, "宿泊型", length="1泊2日", arrival="5月20日(水)", at=BIRTH_HOUSE)
    mother.sees("13,000円", "税抜", "あと7日 → 5日", "5月18日(月) 16:00")
    booking.asks(mother)
    colleague = given.facility_colleague(given.facility(BIRTH_HOUSE), "yamamoto@example.jp")
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path="/facility/")
    receiving.confirms(receptionist, name=NAME, what="1泊2日")
    portal.mailbox.take(MOTHER, "予約が決まりました")

    portal.move_clock_to("2026-05-20 09:05")
    number = coupons.shows_hers(mother, "利用券", left="あと5枚", booked=BIRTH_HOUSE)
    coupons.looks_it_up(receptionist, number, name=NAME, left="あと5枚", booked="1泊2日")
    receiving.receives_her(receptionist, name=NAME)
    coupons.shows_hers(mother, "利用券", left="あと5枚", booked="利用ずみ")
    booking.sees_left(mother, "あと5日")
