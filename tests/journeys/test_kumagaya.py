"""熊谷市: a care plan, consent to an inquiry, a wish; the centre sounds out, chooses, and writes 利用の可否通知."""

import pytest

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE
from .conftest import Meet
from .person import Person
from .steps import arranging, giving_birth, programme, reading, receiving, signing_in
from .steps.programme import KUMAGAYA, NAME

pytestmark = [pytest.mark.journey, pytest.mark.soak]  # tests/walks goes the same way over HTTP

MOTHER, DUE = "tomoe@example.jp", "R8.4.30"
BIRTH_HOUSE, REDUCED = "中島助産院", "軽減後の額は、母子健康センターが決めます"


def test_kumagaya(portal: Portal, kumagaya: Municipality, meet: Meet) -> None:
    mother = meet("kumagaya-mother", PHONE, town="kumagaya")
    nurse, decider = (meet(f"kumagaya-{name}", DESK, town="kumagaya") for name in ("nurse", "decider"))
    arai = given.centre_colleague(kumagaya, "arai@example.jp", role="centre", name="新井")
    ono = given.centre_colleague(kumagaya, "ono@example.jp", role="decider", name="小野")
    portal.move_clock_to("2026-03-05 10:00")

    she_applies_with_her_care_plan(portal, mother)
    signing_in.signs_in_with_digits(nurse, portal.mailbox, arai, path="/kumagaya/centre/")
    signing_in.signs_in_with_digits(decider, portal.mailbox, ono, path="/kumagaya/centre/")
    programme.is_granted(nurse, decider, KUMAGAYA)
    portal.mailbox.take(MOTHER, "お知らせがあります")
    text = reading.reads_her_letter(mother, titled="利用承認通知")
    assert "市民税非課税世帯" in text, text

    portal.move_clock_to("2026-05-07 10:00")
    giving_birth.records_the_birth(mother, born="R8.4.27", before="7月29日(水)まで", after="7月26日(日)まで")
    she_comes_when_it_is_arranged(portal, mother, nurse, meet("kumagaya-receptionist", DESK))


def she_applies_with_her_care_plan(portal: Portal, mother: Person) -> None:
    """In late pregnancy, a word of which no day is published."""
    programme.checks_whether_she_may(mother, KUMAGAYA, day=DUE)
    mother.sees("申請できるのは「妊娠後期」です", "7月29日(水)まで使えます", REDUCED)
    mother.presses("この答えで申請")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    programme.applies(mother, KUMAGAYA, due=DUE)
    mother.sees("承認されたら、使う日の希望をセンターに伝えます")


def she_comes_when_it_is_arranged(portal: Portal, mother: Person, nurse: Person, receptionist: Person) -> None:
    """She says when; day and hour are the centre's and the facility's to settle, in an empty bed."""
    arranging.wishes_for(mother, "宿泊型", day="R8.5.20", length="1泊2日")
    colleague = given.facility_colleague(given.facility(BIRTH_HOUSE), "nakajima@example.jp")
    arranging.sounds_out(nurse, BIRTH_HOUSE, "平田クリニック", name=NAME, at="9:00")
    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path="/facility/")
    arranging.says_yes(receptionist, "5月20日(水)〜21日(木) 1泊2日 9:00から")
    arranging.chooses_the_answer(nurse, BIRTH_HOUSE, name=NAME, says=[REDUCED, "5月18日(月) 17:00"])
    portal.mailbox.take(MOTHER, "予約が決まりました")
    text = reading.reads_her_letter(mother, titled="利用の可否通知")
    assert "5月18日(月) 17:00 まで" in text, text
    mother.opens("/kumagaya/my/")
    mother.sees("5月20日(水)", BIRTH_HOUSE, "5月18日(月)", "あと5日")

    portal.move_clock_to("2026-05-20 09:05")
    receiving.receives_her(receptionist, name=NAME)
