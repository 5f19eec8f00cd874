"""逗子市: coupons for seven days; after four o'clock two days before they are used, and a fee arises."""

from typing import Any

import pytest

from eligibility.public import Municipality

from .steps import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

BIRTH_HOUSE, MIDWIFE = "山本助産院", "逗子母乳育児相談室"
SAYS = {
    "ご家庭": "お母さんとお子さん",
    "逗子市に住民登録がありますか": "はい",
    "母子健康手帳を受け取りましたか": "受け取った",
    "事業の内容を読んで、使いたいと思いますか": "はい",
    "お母さんかお子さんに、医療的な処置(薬や治療など)が必要ですか": "いいえ",
    "お母さんかお子さんに、感染症の症状がありますか": "いいえ",
    "世帯の区分": "どちらでもない",
}
MOVED = "6月1日に横須賀市へ転出されたことを、住民票で確認しました。要綱第3条の「住所を有する方」に当たりません。"
AGREES_TO = ("交付の決定に使うこと", "利用する施設に伝えること", "託児・休息が目的でないこと")


def test_zushi(zushi: Municipality, clock_at: Any) -> None:
    walk = Walk(zushi, clock_at, SAYS, AGREES_TO)
    she_gets_her_coupons(walk)
    she_stays_after_cancelling_in_time(walk)
    she_cancels_a_visit_late(walk)
    her_approval_is_changed_and_then_revoked(walk)


def she_gets_her_coupons(walk: Walk) -> None:
    walk.checks("R8.4.30")
    walk.mother.sees("いつでも申請できます", "令和9年4月29日(木)まで使えます", "1泊2日13,000円、以降1日6,500円(税抜)")
    walk.applies("R8.4.30", wishes=["宿泊型", "通所型", "訪問型"])
    walk.hears()
    walk.approves(letter_says=["逗子市産後ケア事業利用券", "利用券の枚数7枚", "1回500円+交通費相当500円(税抜)"])

    walk.at("2026-05-07 10:00")
    walk.records_the_birth("R8.4.27")
    walk.mother.sees("4月26日(月)まで")


def she_stays_after_cancelling_in_time(walk: Walk) -> None:
    mother = walk.mother
    walk.looks_at("宿泊型", BIRTH_HOUSE, "5月20日(水)", length="2泊3日")
    mother.sees("19,500円", "税抜", "あと7日→4日", "5月18日(月)16:00まで")
    number = walk.asks()
    walk.is_confirmed(BIRTH_HOUSE, "2泊3日")
    walk.at("2026-05-18 16:00")
    walk.cancels(number, "取り消して3日分を戻す", says=["いま取り消すと、3日分が戻ります"])

    walk.looks_at("宿泊型", BIRTH_HOUSE, "5月25日(月)", length="1泊2日")
    walk.asks()
    walk.is_confirmed(BIRTH_HOUSE, "1泊2日")
    walk.at("2026-05-25 09:05")
    walk.comes(BIRTH_HOUSE, pays="13,000円")


def she_cancels_a_visit_late(walk: Walk) -> None:
    walk.looks_at("訪問型", MIDWIFE, "6月10日(水)")
    walk.mother.sees("1,000円", "交通費相当")
    number = walk.asks()
    walk.is_confirmed(MIDWIFE, "訪問型")
    walk.at("2026-06-08 16:00:01")
    means = ["いま取り消すと、1日分を使ったことになります", "キャンセル料が発生します。額は公表されていません"]
    walk.cancels(number, "1日分を使ったことにして取り消す", says=means)
    walk.mother.opens("/zushi/my/")
    walk.mother.sees("あと4日")


def her_approval_is_changed_and_then_revoked(walk: Walk) -> None:
    """What is used stays used; the day after the revocation is given up, and the coupons with it."""
    decider, mother = walk.decider, walk.mother
    walk.looks_at("通所型", BIRTH_HOUSE, "6月15日(月)")
    walk.asks()
    walk.is_confirmed(BIRTH_HOUSE, "通所型")
    decider.opens("/zushi/centre/?state=every&q=髙橋")
    decider.follows("髙橋 﨑子")
    decider.follows("承認を変更する")
    decider.writes("宿泊型・通所型・訪問型の合計", "3")
    decider.writes("変更の理由", "総合的に判断しました。")
    decider.presses("変更して通知書を出す")
    decider.sees("「総合的に」では、理由が伝わりません", "総合的に判断しました。")
    decider.writes("変更の理由", MOVED)
    decider.presses("変更して通知書を出す")
    decider.sees("使った分や予約より少なくはできません")

    decider.opens(decider.address.replace("/amend/", "/revoke/"))
    decider.writes_day("取り消す日", "R8.6.12")
    decider.writes("取り消す理由", MOVED)
    decider.presses("取り消される予約を確かめる")
    decider.sees("6月12日(金)から使えません", "予約(確定)・通所型 6月15日(月)", BIRTH_HOUSE)
    decider.presses("承認を取り消して通知書を出す")
    decider.sees("承認を取り消しました", "から使えません")
    assert "市町村の決定により、この予約は取り消しになりました。" in walk.mailed("booking_revoked")
    mother.opens("/zushi/my/")
    mother.sees("利用の承認が取り消されました", "6月12日(金)から使えません", "手紙を読む")
    walk.at("2026-06-12 09:00")
    mother.opens("/zushi/my/book/")
    mother.sees("いまは予約できません")
    mother.opens("/zushi/my/")
    mother.misses("見せる・印刷する")
