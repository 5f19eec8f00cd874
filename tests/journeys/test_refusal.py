"""A mother who has the support she needs is refused, and the letter says why and what she can do."""

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import given
from .browser import PHONE
from .conftest import Meet
from .steps import applying, reading, screening, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/applications decides and reads without a browser

MOTHER = "aoi@example.jp"
NAME = "髙橋 﨑子"


def test_refusal(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    mother, nurse, decider = (meet(f"refused-{name}", PHONE) for name in ("mother", "nurse", "decider"))
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    portal.move_clock_to("2026-05-07 10:00")

    mother.opens("/kodaira/apply/")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    applying.writes_everything(mother, born="R8.4.27", lacks_support="いいえ", anxious="いいえ")
    mother.sees("満たしていません")
    applying.submits(mother)

    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    screening.finds_the_case(nurse, name=NAME, state="新着")
    screening.hears_her(nurse, lacks_support="いいえ", anxious="いいえ", advice="不承認がよい")
    signing_in.signs_in_with_digits(decider, portal.mailbox, tanaka, path="/kodaira/centre/")
    screening.finds_the_case(decider, name=NAME, state="決定待ち")
    screening.refuses(decider)

    portal.mailbox.take(MOTHER, "お知らせがあります")
    text = reading.reads_her_letter(mother)
    for words in (NAME, "利用不承認決定通知書", "第1号", "審査請求", screening.ADVICE):
        assert words in text, text
