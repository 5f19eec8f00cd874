"""岡山市: a coupon pays part of a facility's price; she calls there first; nothing is published on cancelling."""

from typing import Any

import pytest

from eligibility.public import Municipality
from tests.facilities.walking import sample_facilities

from .steps import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

CLINIC, MIDWIFE = "見本レディースクリニック", "見本訪問助産師"
SAYS = {
    "岡山市に住民票がありますか": "はい",
    "産後ケアを使いたいと思いますか": "はい",
    "お母さんに、入院治療が必要ですか": "いいえ",
}
SHARE = "施設の料金から公費負担額を引いた額。市が負担する額は、岡山市が決めます"
AGREES_TO = ("利用の決定に使うこと", "利用する施設に伝えること", "変更を届け出ること")


def test_okayama(okayama: Municipality, clock_at: Any) -> None:
    walk = Walk(okayama, clock_at, SAYS, AGREES_TO)
    she_gets_her_coupon(walk)
    sample_facilities()
    she_comes_for_a_day(walk)
    she_cancels_on_the_day_itself(walk)


def she_gets_her_coupon(walk: Walk) -> None:
    walk.checks("R8.4.30")
    walk.mother.sees("今日から申請できます", "令和9年4月29日(木)まで使えます", SHARE)
    walk.applies("R8.4.30", wishes=["宿泊", "日帰り", "訪問"])
    walk.hears()
    walk.approves(letter_says=["岡山市産後ケア事業利用決定通知(クーポン)", SHARE, "7日まで", "3回まで"])

    walk.at("2026-05-07 10:00")
    walk.records_the_birth("R8.4.27")
    walk.mother.sees("4月26日(月)まで")


def she_comes_for_a_day(walk: Walk) -> None:
    mother = walk.mother
    walk.looks_at("日帰り", CLINIC, "5月20日(水)")
    mother.sees("8,000円", "あと7日→6日", "期限は公表されていません")
    mother.presses("この内容で申しこむ")
    mother.sees("先に、施設に電話などで仮予約をしてください")
    mother.chooses("施設に電話などで仮予約をしました")
    walk.asks()
    walk.is_confirmed(CLINIC, "日帰り")
    walk.at("2026-05-20 10:05")
    walk.comes(CLINIC, pays="8,000円")


def she_cancels_on_the_day_itself(walk: Walk) -> None:
    walk.looks_at("訪問", MIDWIFE, "5月27日(水)")
    walk.mother.sees("3,000円")
    walk.mother.chooses("施設に電話などで仮予約をしました")
    number = walk.asks()
    walk.is_confirmed(MIDWIFE, "訪問")
    walk.at("2026-05-27 08:00")
    walk.cancels(number, "取り消して1回分を戻す", says=["取り消しのきまりは公表されていません"])
    walk.mother.opens("/okayama/my/")
    walk.mother.sees("あと3回")
