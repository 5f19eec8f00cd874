"""川崎市: the letter on her page, an association that takes bookings, 2,500円 less; and a child born at 35 weeks."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests import factories
from tests.facilities.walking import sample_facilities
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE
from .conftest import Meet
from .person import Person
from .steps import booking, giving_birth, programme, reading, receiving, signing_in
from .steps.programme import KAWASAKI, NAME

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/walks goes the same way over HTTP

MOTHER, DUE = "nao@example.jp", "R8.4.30"
CLINIC, MIDWIVES, ASSOCIATION = "見本産婦人科クリニック", "見本助産院", "見本の助産師会"
CORRECTED = "35週0日で生まれたので、予定日 4月30日から数えます"


def test_kawasaki(portal: Portal, kawasaki: Municipality, meet: Meet) -> None:
    mother = meet("kawasaki-mother", PHONE, town="kawasaki")
    nurse, decider = (meet(f"kawasaki-{name}", DESK, town="kawasaki") for name in ("nurse", "decider"))
    sakai = given.centre_colleague(kawasaki, "sakai@example.jp", role="centre", name="酒井")
    matsui = given.centre_colleague(kawasaki, "matsui@example.jp", role="decider", name="松井")
    portal.move_clock_to("2026-03-05 10:00")
    sample_facilities()

    programme.checks_whether_she_may(mother, KAWASAKI, day=DUE)
    mother.sees("宿泊型は令和8年8月29日(土)", "令和9年4月29日(木)まで使えます", "5,000円(はじめの5回)")
    mother.presses("この答えで申請")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    programme.applies(mother, KAWASAKI, due=DUE)
    signing_in.signs_in_with_digits(nurse, portal.mailbox, sakai, path="/kawasaki/centre/")
    signing_in.signs_in_with_digits(decider, portal.mailbox, matsui, path="/kawasaki/centre/")
    programme.is_granted(nurse, decider, KAWASAKI)
    portal.mailbox.take(MOTHER, "お知らせがあります")
    assert "7回まで" in reading.reads_her_letter(mother, titled="承認通知書")

    portal.move_clock_to("2026-05-07 10:00")
    giving_birth.records_the_birth(mother, born="R8.4.27", before="8月29日(土)まで", after="8月26日(水)まで")
    she_books_through_the_association(portal, mother, meet)
    she_stays(portal, mother, meet("kawasaki-clinic", DESK))


def she_books_through_the_association(portal: Portal, mother: Person, meet: Meet) -> None:
    """The association answers, the birth house receives her."""
    booking.chooses_days(mother, "日帰りショート型", arrival="5月13日(水)", at=MIDWIVES)
    mother.sees(ASSOCIATION, "044-000-0009", "減免(5回目まで)", "−2,500円", "1,500円", "あと7回 → 6回")
    booking.asks(mother)
    association, birth_house = meet("kawasaki-association", DESK), meet("kawasaki-midwives", DESK)
    answers = given.facility_colleague(given.facility(ASSOCIATION), "josanshikai@example.jp")
    receives = given.facility_colleague(given.facility(MIDWIVES), "josanin@example.jp")
    signing_in.signs_in_with_digits(association, portal.mailbox, answers, path="/facility/")
    receiving.confirms(association, name=NAME, what="日帰りショート型")
    portal.mailbox.take(MOTHER, "予約が決まりました")
    portal.move_clock_to("2026-05-13 10:05")
    signing_in.signs_in_with_digits(birth_house, portal.mailbox, receives, path="/facility/")
    receiving.receives_her(birth_house, name=NAME)
    booking.sees_left(mother, "2,500円減免 あと4回")


def she_stays(portal: Portal, mother: Person, clinic: Person) -> None:
    """Two uses of the seven, each 2,500円 less."""
    booking.chooses_days(mother, "宿泊型", length="1泊2日", arrival="5月20日(水)", at=CLINIC)
    mother.sees("−5,000円", "10,000円", "あと6回 → 4回", "5月19日(火) 12:00 より前")
    booking.asks(mother)
    colleague = given.facility_colleague(given.facility(CLINIC), "clinic@example.jp")
    signing_in.signs_in_with_digits(clinic, portal.mailbox, colleague, path="/facility/")
    receiving.confirms(clinic, name=NAME, what="1泊2日")
    portal.move_clock_to("2026-05-20 10:05")
    receiving.receives_her(clinic, name=NAME)
    booking.sees_left(mother, "2,500円減免 あと2回")


def test_kawasaki__of_a_child_born_at_35_weeks(portal: Portal, kawasaki: Municipality, meet: Meet) -> None:
    """Months are counted from the due date, so a stay is possible that the day of birth alone would not allow."""
    mother = meet("preterm-mother", PHONE, town="kawasaki")
    birth = {
        "household__citizen__email": MOTHER,
        "due_date": dt.date(2026, 4, 30),
        "born_on": None,
        "outcome": "expected",
    }
    portal.move_clock_to("2026-04-02 10:00")
    sample_facilities()
    factories.EntitlementFactory(municipality=kawasaki, **{f"birth__{name}": value for name, value in birth.items()})

    signing_in.signs_in(mother, portal.mailbox, email=MOTHER, path="/kawasaki/my/")
    mother.follows("生まれた日")
    mother.writes_day("生まれた日", "R8", "3", "26")
    mother.presses("届け出る")
    mother.sees("8月29日(土)まで", CORRECTED)
    mother.opens("/kawasaki/my/")
    mother.sees("期限ものさし", CORRECTED, "8月29日")

    portal.move_clock_to("2026-08-03 10:00")
    booking.chooses_days(mother, "宿泊型", length="1泊2日", arrival="8月12日(水)", at=CLINIC)
    mother.sees("10,000円")
    booking.asks(mother)
