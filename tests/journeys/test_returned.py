"""An application goes back to her to be corrected, comes in again, and is decided as she corrected it."""

import pytest

from eligibility.public import Municipality
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps import applying, reading, returning, screening, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/applications corrects without a browser

MOTHER = "yui@example.jp"
NAME = "髙橋 﨑子"


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
def test_returned(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    people = ("mother", "tablet", "nurse", "decider")
    mother, tablet, nurse, decider = (meet(f"returned-{name}", window) for name in people)
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    portal.move_clock_to("2026-05-07 10:00")

    mother.opens("/kodaira/apply/")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    applying.writes_everything(mother, born="R8.4.27", lacks_support="はい", anxious="いいえ")
    number = applying.submits(mother)

    portal.move_clock_to("2026-05-08 10:00")
    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    screening.finds_the_case(nurse, name=NAME, state="新着")
    returning.returns_it(nurse)
    asked = plain_text(portal.mailbox.take(MOTHER, "直してほしいところがあります"))
    assert f"/my/applications/{number}/correct/" in asked
    assert returning.MESSAGE not in asked

    returning.finds_what_to_correct(mother)
    returning.begins_to_correct(mother)
    nurse.reloads()
    nurse.misses(returning.NEW_ADDRESS)
    signing_in.signs_in(tablet, portal.mailbox, email=MOTHER, path="/kodaira/my/")
    returning.goes_on_correcting(tablet)
    returning.hands_it_in_again(tablet)
    portal.mailbox.take(MOTHER, "直した申請を受け付けました")

    screening.finds_the_case(nurse, name=NAME, state="再提出")
    returning.reads_what_changed(nurse)
    screening.hears_her(nurse, lacks_support="はい", anxious="いいえ")
    signing_in.signs_in_with_digits(decider, portal.mailbox, tanaka, path="/kodaira/centre/")
    screening.finds_the_case(decider, name=NAME, state="決定待ち")
    screening.approves(decider)

    text = reading.reads_her_letter(mother)
    for words in (returning.NEW_ADDRESS, "利用承認決定通知書", "非課税"):
        assert words in text, text
