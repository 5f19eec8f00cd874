"""A whole path without mouse or touch, with the focus in sight at every stop: applied, approved, booked, cancelled."""

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK
from .conftest import Meet
from .keyboard import AtKeyboard
from .steps import applying, booking, looking, programme, reading, receiving, screening, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # a minute and a half of keys alone

MOTHER, NAME = "chika@example.jp", programme.NAME


def test_keyboard(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    names = ("mother", "nurse", "decider", "receptionist")
    mother, nurse, decider, receptionist = (meet(f"keyboard-{name}", DESK, kind=AtKeyboard) for name in names)
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    portal.move_clock_to("2026-05-07 10:00")
    uketsuke = given.facility_colleague(given.clinic(places=1), "uketsuke@example.jp")

    looking.finds_the_municipality(mother)
    mother.opens("/kodaira/apply/")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    applying.writes_everything(mother, born="R8.4.27", lacks_support="はい", anxious="いいえ")
    applying.submits(mother)

    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    screening.finds_the_case(nurse, name=NAME, state="新着")
    screening.hears_her(nurse, lacks_support="はい", anxious="いいえ")
    signing_in.signs_in_with_digits(decider, portal.mailbox, tanaka, path="/kodaira/centre/")
    screening.finds_the_case(decider, name=NAME, state="決定待ち")
    screening.approves(decider)
    assert NAME in reading.reads_her_letter(mother)

    booking.chooses_days(mother, "宿泊型", length="2泊3日", arrival="5月13日(水)")
    mother.sees("10,000円")
    number = booking.asks(mother)
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, uketsuke, path="/facility/")
    receiving.confirms(receptionist, name=NAME, what="2泊3日")
    booking.cancels(mother, number, consequence="戻ります", button="取り消して3日分を戻す")
