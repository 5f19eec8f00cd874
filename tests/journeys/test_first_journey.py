"""The first journey: a mother in Kodaira applies, is screened, gets her letter, books, stays."""

from dataclasses import dataclass

import pytest

from eligibility.public import Municipality
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .person import Person
from .steps import applying, arranging, booking, giving_birth, looking, reading, receiving, screening, signing_in
from .steps.dates import typed

pytestmark = pytest.mark.journey

MOTHER = "misaki@example.jp"
NAME = "髙橋 﨑子"
DUE = "R8.4.30"


@dataclass(frozen=True)
class Cast:
    """Who walks, each at a browser of their own; the tablet is the mother's too."""

    mother: Person
    nurse: Person
    decider: Person
    receptionist: Person
    visitor: Person
    tablet: Person


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
def test_first_journey(portal: Portal, kodaira: Municipality, meet: Meet, window: Window) -> None:
    cast = Cast(*(meet(name, window) for name in ("mother", "nurse", "decider", "receptionist", "visitor", "tablet")))
    portal.move_clock_to("2026-03-03 10:00")

    she_applies(portal, cast)
    she_is_screened(portal, cast, kodaira)
    she_gets_her_letter(portal, cast)
    her_child_is_born(portal, cast)
    number = she_books_and_is_confirmed(portal, cast)
    she_cancels_late(portal, cast, number)
    she_stays(portal, cast)
    she_is_visited(portal, cast)


def she_applies(portal: Portal, cast: Cast) -> None:
    """Before 32w0d she may write, and is told from which day she may send."""
    mother = cast.mother
    looking.finds_the_municipality(mother)
    looking.checks_whether_she_may(mother, due=typed(DUE), opens="3月5日(木)", last_day="8月29日(土)")
    mother.presses("この答えで申請書を書きはじめる")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)
    applying.writes_about_herself(mother)
    applying.writes_about_the_birth(mother, due=DUE)
    applying.writes_how_she_is(mother, lacks_support="はい", anxious="いいえ")
    signing_in.signs_in(cast.tablet, portal.mailbox, email=MOTHER, path="/kodaira/apply/")
    applying.goes_on_elsewhere(cast.tablet)
    applying.hands_in_certificates(mother)
    applying.wishes(mother)
    applying.consents(mother)
    mother.sees("3月5日(木)から申請できます", "入力したものは残っています")

    portal.move_clock_to("2026-03-05 10:00")
    mother.reloads()
    number = applying.submits(mother)
    assert number in portal.mailbox.take(MOTHER, "申請を受け付けました")["Subject"]


def she_is_screened(portal: Portal, cast: Cast, kodaira: Municipality) -> None:
    """A nurse hears her, somebody else decides."""
    watanabe = given.centre_colleague(kodaira, "watanabe@example.jp", role="centre", name="渡辺")
    tanaka = given.centre_colleague(kodaira, "tanaka@example.jp", role="decider", name="田中")

    portal.move_clock_to("2026-03-09 13:30")
    signing_in.signs_in_with_digits(cast.nurse, portal.mailbox, watanabe, path="/kodaira/centre/")
    screening.finds_the_case(cast.nurse, name=NAME, state="新着")
    cast.nurse.sees("夫.jpg", "妻.jpg")
    screening.rings_in_vain_then_reaches_her(cast.nurse)
    screening.hears_her(cast.nurse, lacks_support="はい", anxious="はい")

    portal.move_clock_to("2026-03-10 09:00")
    signing_in.signs_in_with_digits(cast.decider, portal.mailbox, tanaka, path="/kodaira/centre/")
    screening.finds_the_case(cast.decider, name=NAME, state="決定待ち")
    screening.approves(cast.decider)


def she_gets_her_letter(portal: Portal, cast: Cast) -> None:
    """Number, names as typed, and what was granted."""
    mail = portal.mailbox.take(MOTHER, "お知らせがあります")
    assert "承認" not in plain_text(mail)
    text = reading.reads_her_letter(cast.mother)
    for words in (NAME, "利用承認決定通知書", "第1号", "令和8年3月10日"):
        assert words in text, text
    screening.sees_that_she_read_it(cast.decider)


def her_child_is_born(portal: Portal, cast: Cast) -> None:
    """Three days before the due date, so the last day moves by three."""
    portal.move_clock_to("2026-05-07 10:00")
    giving_birth.records_the_birth(cast.mother, born="R8.4.27", before="8月29日(土)まで", after="8月26日(水)まで")


def she_books_and_is_confirmed(portal: Portal, cast: Cast) -> str:
    """Three days of seven; what does not fit is refused with its reason."""
    mother, receptionist = cast.mother, cast.receptionist
    colleague = given.facility_colleague(given.clinic(places=2), "uketsuke@example.jp")
    booking.chooses_days(mother, "宿泊型", length="2泊3日", arrival="5月13日(水)")
    mother.sees("0円", "あと7日 → 4日", "5月12日(火) 16:00 より前")
    number = booking.asks(mother, note="まだ母乳だけです。")
    portal.mailbox.take(MOTHER, "予約の申しこみを受けつけました")

    signing_in.signs_in_with_digits(receptionist, portal.mailbox, colleague, path="/facility/")
    receiving.looks_at_the_month(receptionist, "2026-05")
    receiving.confirms(receptionist, name=NAME, what="2泊3日")
    portal.mailbox.take(MOTHER, "予約が決まりました")
    booking.sees_which_lengths_are_too_long(mother, "宿泊型", length="3泊4日", because="のこり3日を超えます")
    booking.is_told_why_not(mother, "宿泊型", days=2, arrival="2026-08-26", because="8月26日(水)まで")
    return number


def she_cancels_late(portal: Portal, cast: Cast, number: str) -> None:
    """A reminder comes the day before the deadline; after it the days count as used, and the page says so first."""
    portal.move_clock_to("2026-05-11 09:00")
    portal.mailbox.take(MOTHER, "まもなく取り消しの期限です")

    portal.move_clock_to("2026-05-12 16:00")
    consequence = "3日分を使ったことになります"
    booking.cancels(cast.mother, number, consequence=consequence, button="3日分を使ったことにして取り消す")
    portal.mailbox.take(MOTHER, "取り消しの控え")
    booking.sees_left(cast.mother, "あと4日")


def she_stays(portal: Portal, cast: Cast) -> None:
    """The facility declines one day, receives her on another; a third is cancelled in time."""
    mother, receptionist = cast.mother, cast.receptionist
    booking.chooses_days(mother, "日帰り型", arrival="5月18日(月)")
    booking.asks(mother)
    receiving.declines(receptionist, name=NAME, reason="この日は、お世話をする人の数が足りず、お受けできません。")
    portal.mailbox.take(MOTHER, "予約をお受けできませんでした")
    booking.sees_left(mother, "あと4日")

    booking.chooses_days(mother, "宿泊型", length="1泊2日", arrival="5月20日(水)")
    booking.asks(mother)
    receiving.confirms(receptionist, name=NAME, what="1泊2日")
    booking.chooses_days(mother, "日帰り型", arrival="5月27日(水)")
    free = booking.asks(mother)
    receiving.confirms(receptionist, name=NAME, what="日帰り型")

    portal.move_clock_to("2026-05-20 10:05")
    receiving.receives_her(receptionist, name=NAME)
    booking.cancels(mother, free, consequence="戻ります", button="取り消して1日分を戻す")
    booking.sees_left(mother, "あと2日")


def she_is_visited(portal: Portal, cast: Cast) -> None:
    """The centre arranges visits after the one that goes before: her wish, a day and hour, the visitor's yes."""
    arranging.wishes_for(cast.mother, "家事育児サポーターによる訪問", day="R8.5.29")
    given.supporters_were_there()
    arranging.arranges(cast.nurse, name=NAME, at="13:00", price="0円", free_until="5月28日(木) 16:00 より前")
    portal.mailbox.take(MOTHER, "依頼しました")

    colleague = given.facility_colleague(given.supporters(), "kirara@example.jp")
    signing_in.signs_in_with_digits(cast.visitor, portal.mailbox, colleague, path="/facility/")
    receiving.confirms(cast.visitor, name=NAME, what="家事育児サポーターによる訪問")
    portal.mailbox.take(MOTHER, "予約が決まりました")
    booking.sees_left(cast.mother, "あと4回")
