"""川崎市: seven uses of all kinds, the first five cheaper; from noon of the day before a fee that nobody publishes."""

from typing import Any

import pytest

from eligibility.public import Municipality
from tests.facilities.walking import sample_facilities

from .steps import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

CLINIC, MIDWIVES = "見本産婦人科クリニック", "見本助産院"
SAYS = {"川崎市に住民登録がありますか": "はい", "お住まいの区": "宮前区", "世帯の区分": "どちらでもない"}
AGREES_TO = ("審査に使うこと", "利用する施設に伝えること", "川崎市の実施施設で使うこと")
PRICE, FEE = "1日5,000円(はじめの5回)、そのあと7,500円", "キャンセル料が発生します。額は公表されていません"
KINDS = ["宿泊型", "日帰りロング型", "日帰りショート型", "訪問型"]


def test_kawasaki(kawasaki: Municipality, clock_at: Any) -> None:
    walk = Walk(kawasaki, clock_at, SAYS, AGREES_TO)
    she_is_granted_what_she_asks_for(walk)
    sample_facilities()
    she_stays_after_cancelling_in_time(walk)
    she_cancels_a_visit_late(walk)


def she_is_granted_what_she_asks_for(walk: Walk) -> None:
    walk.checks("R8.4.30")
    walk.mother.sees("宿泊型は令和8年8月29日(土)", "令和9年4月29日(木)まで使えます")
    walk.mother.sees(PRICE)
    walk.applies("R8.4.30", wishes=KINDS)
    walk.hears()
    walk.approves(
        letter_says=[
            "川崎市産後ケア利用承認通知書",
            "7回まで",
            PRICE,
            "生後4か月から1歳未満のとき、施設へお問い合わせください",
        ]
    )

    walk.at("2026-05-07 10:00")
    walk.records_the_birth("R8.4.27")
    walk.mother.sees("8月26日(水)まで", "4月26日(月)まで")


def she_stays_after_cancelling_in_time(walk: Walk) -> None:
    mother = walk.mother
    walk.looks_at("宿泊型", CLINIC, "5月13日(水)", length="1泊2日")
    mother.sees("施設に払う額10,000円", "あと7回→5回", "5月12日(火)12:00より前")
    number = walk.asks()
    walk.is_confirmed(CLINIC, "1泊2日")
    walk.at("2026-05-12 11:59")
    walk.cancels(number, "取り消して2回分を戻す", says=["いま取り消すと、2回分が戻ります"])

    walk.looks_at("宿泊型", CLINIC, "5月20日(水)", length="1泊2日")
    walk.asks()
    walk.is_confirmed(CLINIC, "1泊2日")
    walk.at("2026-05-20 10:05")
    walk.comes(CLINIC, pays="10,000円")


def she_cancels_a_visit_late(walk: Walk) -> None:
    walk.looks_at("訪問型", MIDWIVES, "5月27日(水)")
    walk.mother.sees("2,500円")
    number = walk.asks()
    walk.is_confirmed(MIDWIVES, "訪問型")
    walk.at("2026-05-26 12:00")
    walk.cancels(number, "期限を過ぎて取り消す", says=["1回分は戻ります", FEE])
    walk.mother.opens("/kawasaki/my/")
    walk.mother.sees("あと5回")
