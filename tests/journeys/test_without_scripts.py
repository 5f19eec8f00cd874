"""Without JavaScript: applied after the birth, approved, booked; the last part alone, on both databases."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import booked, given
from .browser import PHONE_WITHOUT_SCRIPTS
from .conftest import Meet
from .steps import applying, booking, reading, receiving, screening, signing_in

pytestmark = pytest.mark.journey

MOTHER = "hanako@example.jp"
NAME, GIVEN = "髙橋 﨑子", "髙橋 美咲"


@pytest.mark.both_databases
def test_booking__without_scripts(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    mother, receptionist = (meet(f"plain-{name}", PHONE_WITHOUT_SCRIPTS) for name in ("mother", "receptionist"))
    portal.move_clock_to("2026-05-07 10:00")
    booked.mother_of(kodaira, MOTHER, born=dt.date(2026, 4, 27))
    uketsuke = given.facility_colleague(given.clinic(places=1), "uketsuke@example.jp")
    signing_in.has_signed_in(receptionist, uketsuke.email)

    signing_in.signs_in(mother, portal.mailbox, email=MOTHER, path="/kodaira/my/")
    booking.chooses_days(mother, "宿泊型", length="2泊3日", arrival="5月13日(水)")
    booking.asks(mother)
    receiving.confirms(receptionist, name=GIVEN, what="2泊3日")
    portal.mailbox.take(MOTHER, "予約が決まりました")


@pytest.mark.soak  # tests/walks applies and decides the same way over HTTP, which runs no scripts either
def test_without_scripts(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    names = ("mother", "nurse", "decider", "receptionist")
    mother, nurse, decider, receptionist = (meet(f"plain-{name}", PHONE_WITHOUT_SCRIPTS) for name in names)
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    portal.move_clock_to("2026-05-07 10:00")
    uketsuke = given.facility_colleague(given.clinic(places=1), "uketsuke@example.jp")

    mother.opens("/kodaira/apply/")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    applying.writes_everything(mother, born="R8.4.27", lacks_support="はい", anxious="いいえ")
    applying.submits(mother)

    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    screening.finds_the_case(nurse, name=NAME, state="新着")
    screening.rings_in_vain_then_reaches_her(nurse)
    screening.hears_her(nurse, lacks_support="はい", anxious="いいえ")
    signing_in.signs_in_with_digits(decider, portal.mailbox, tanaka, path="/kodaira/centre/")
    screening.finds_the_case(decider, name=NAME, state="決定待ち")
    screening.approves(decider)
    assert NAME in reading.reads_her_letter(mother)

    booking.chooses_days(mother, "宿泊型", length="2泊3日", arrival="5月13日(水)")
    mother.sees("10,000円")
    booking.asks(mother)
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, uketsuke, path="/facility/")
    receiving.confirms(receptionist, name=NAME, what="2泊3日")
    portal.mailbox.take(MOTHER, "予約が決まりました")
