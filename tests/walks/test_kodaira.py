"""小平市: stays and days are booked at the facility, visits arranged by the centre; who is late has used the days."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import Letter
from eligibility.public import Municipality
from facilities.models import Booking, Facility

from . import arranging
from .steps import Walk

# Of `make soak`: the first journey goes the same way in a browser.
pytestmark = [pytest.mark.django_db, pytest.mark.soak, pytest.mark.usefixtures("media")]

CLINIC, SUPPORTERS = "ジュンレディースクリニック小平", "NPO法人子育てサポートきらら"
VISIT = "家事育児サポーターによる訪問"
SAYS = {
    "小平市に住民登録がありますか": "はい",
    "家族などからの育児の支援が足りないと感じますか": "はい",
    "体調がよくない、または授乳や育児に不安がありますか": "いいえ",
    "お母さんかお子さんに、発熱など感染症のおそれがありますか": "いいえ",
    "お母さんかお子さんに、医療の介入が必要ですか": "いいえ",
    "世帯の区分": "どちらでもない",
}
AGREES_TO = ("審査に使うこと", "利用する先に伝えること", "利用できないことがあること")


def test_kodaira(kodaira: Municipality, clinic: Facility, clock_at: Any) -> None:
    walk = Walk(kodaira, clock_at, SAYS, AGREES_TO)
    she_is_granted_what_she_asks_for(walk)
    she_books_cancels_in_time_and_then_late(walk)
    she_stays_a_day(walk)
    she_is_visited(walk)


def she_is_granted_what_she_asks_for(walk: Walk) -> None:
    walk.checks("R8.4.30")
    walk.mother.sees("今日から申請できます", "予定日どおりに生まれると、令和8年8月29日(土)まで使えます")
    walk.mother.sees("1泊5,000円", "1日2,000円", "1回1,500円", "1時間600円")
    walk.applies("R8.4.30", wishes=["宿泊型", "日帰り型", VISIT])
    walk.hears()
    walk.approves(
        letter_says=["小平市産後ケア事業利用承認決定通知書", "7小健母第1号", "5泊6日まで1泊5,000円", "1時間600円"]
    )

    walk.at("2026-05-07 10:00")
    walk.records_the_birth("R8.4.27")
    walk.mother.sees("8月29日(土)まで", "8月26日(水)まで")
    walk.mother.misses("助産師の訪問")


def she_books_cancels_in_time_and_then_late(walk: Walk) -> None:
    mother = walk.mother
    walk.looks_at("宿泊型", CLINIC, "5月13日(水)", length="2泊3日")
    mother.sees("施設に払う額10,000円", "あと7日→4日", "5月12日(火)16:00より前")
    number = walk.asks()
    walk.is_confirmed(CLINIC, "2泊3日")
    assert "5月12日(火) 16:00 より前に取り消すと、日数が戻ります" in walk.mailed("booking_confirmed")
    walk.at("2026-05-12 15:59")
    walk.cancels(number, "取り消して3日分を戻す", says=["いま取り消すと、3日分が戻ります"])
    mother.sees("日数は戻りました")

    walk.looks_at("宿泊型", CLINIC, "5月20日(水)", length="2泊3日")
    number = walk.asks()
    walk.is_confirmed(CLINIC, "2泊3日")
    walk.at("2026-05-19 16:00")
    walk.cancels(number, "3日分を使ったことにして取り消す", says=["いま取り消すと、3日分を使ったことになります"])
    mother.sees("使った日数に数えました", "お金はかかりません")
    assert "使った日数に数えました" in walk.mailed("booking_cancelled")


def she_stays_a_day(walk: Walk) -> None:
    walk.looks_at("日帰り型", CLINIC, "5月25日(月)")
    walk.mother.sees("施設に払う額2,000円", "あと4日→3日")
    walk.asks()
    walk.is_confirmed(CLINIC, "日帰り型")
    walk.at("2026-05-25 10:05")
    walk.comes(CLINIC, pays="2,000円")


def she_is_visited(walk: Walk) -> None:
    """The supporter comes before the first visit to settle the days; they are booked all at once, or none."""
    walk.wishes_for(VISIT, "R8.6.10")
    arranging.plans_a_first_visit(walk, SUPPORTERS, "R8.6.1", at="10:00")
    assert "お金もかかりません" in walk.mailed("preparation_planned")
    walk.mother.opens("/kodaira/my/")
    walk.mother.sees("事前訪問 6月1日(月) 10:00")
    walk.mother.follows("家事育児サポーターによる訪問の希望")
    walk.mother.sees("事前訪問", "6月1日(月)10:00", f"{SUPPORTERS}がうかがいます")
    walk.at("2026-06-01 11:30")
    arranging.has_been_there(walk, SUPPORTERS, "6月10日と24日の13時から2時間。沐浴の手伝い")
    arranging.books_the_visits(walk, ("R8.6.10", "13:00"), ("R8.6.24", "16:00"), hours="2時間")
    walk.nurse.sees("16:00から2時間は予約できません")
    walk.nurse.picks("2回目のはじまる時刻", "13:00")
    walk.nurse.presses("まとめて予約する")
    walk.nurse.sees("2回の訪問を予約しました")
    walk.mother.opens("/kodaira/my/bookings/")
    walk.mother.sees("6月10日(水)", "6月24日(水)", "確定")
    with scopes_disabled():
        assert not Letter.objects.filter(kind=Letter.Kind.AVAILABILITY).exists()
        number = Booking.objects.get(first_day="2026-06-10").number

    walk.at("2026-06-09 16:00")
    means = ["いま取り消すと、1回分を使ったことになります", "2,000円"]
    walk.cancels(number, "1回分を使ったことにして取り消す", says=means)
    walk.mother.opens("/kodaira/my/")
    walk.mother.sees("あと3回", "あと3日")
