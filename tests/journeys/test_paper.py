"""A paper is handed over at the counter by a mother without mail: heard, approved, and the letter goes by post."""

import pytest

from applications.models import Letter
from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK
from .conftest import Meet
from .person import Person
from .steps import questions, reading, screening, signing_in

pytestmark = [pytest.mark.journey, pytest.mark.soak, pytest.mark.usefixtures("all_tenants")]

NAME, ADDRESS = "髙橋 﨑子", "小平市見本町1-2-3"


def test_paper(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    nurse, decider = (meet(f"paper-{name}", DESK) for name in ("nurse", "decider"))
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")
    portal.move_clock_to("2026-04-06 10:00")

    signing_in.signs_in_with_digits(nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    types_the_paper(nurse)
    nurse.sees("紙の申請を確かめる", "窓口で・受付 令和8年4月3日(金)", ADDRESS)
    nurse.presses("受け付ける")
    nurse.sees("として受け付けました", "つぎの申請を入れる")

    screening.finds_the_case(nurse, name=NAME, state="新着")
    nurse.sees("メールはありません。", "通知書は郵送します")
    screening.hears_her(nurse, lacks_support="はい", anxious="はい")
    signing_in.signs_in_with_digits(decider, portal.mailbox, tanaka, path="/kodaira/centre/")
    screening.finds_the_case(decider, name=NAME, state="決定待ち")
    screening.approves(decider)

    decider.follows("手紙")
    decider.reloads_until(" 発行")
    decider.sees(NAME, "郵送する 1")
    text = reading.pdf_text(decider.fetches(f"/kodaira/centre/letters/{Letter.objects.get().pk}/"))
    for words in (NAME, "187-0043", ADDRESS, "利用承認決定通知書", "第1号"):
        assert words in text, text


def types_the_paper(clerk: Person) -> None:
    """With the keyboard: what stands in the boxes is sent by Enter."""
    clerk.follows("紙・窓口の申請を入れる")
    clerk.presses("つぎの申請を入れる")
    clerk.writes_day("受付日", "R8", "4", "3")
    clerk.writes("氏名", NAME)
    clerk.writes("ふりがな", "たかはし さきこ")
    clerk.writes_day("生年月日", "H6", "8", "1")
    clerk.writes("郵便番号", "187-0043")
    clerk.writes("住所", ADDRESS)
    clerk.writes("電話番号", "090-0000-0002")
    questions.says_where_she_lives(clerk)
    clerk.chooses("これから出産する")
    clerk.writes_day("出産予定日", "R8", "4", "30")
    clerk.chooses("1人", to="赤ちゃんの人数")
    clerk.chooses("宿泊型", to="使いたいもの")
    for statement in ("審査に使うこと", "利用する先に伝えること", "利用できないことがあること"):
        clerk.chooses(statement)
    clerk.presses("保存して確かめる")
