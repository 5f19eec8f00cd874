"""熊谷市: the centre arranges all in empty beds; what a reduction or a late cancellation costs is not published."""

from typing import Any

import pytest

from eligibility.public import Municipality

from . import arranging
from .steps import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

CLINIC, BIRTH_HOUSE = "さめじまボンディングクリニック", "中島助産院"
SAYS = {
    "熊谷市にお住まいですか": "はい",
    "心や体の調子がよくない、または育児に不安がありますか": "はい",
    "家族などから受けられる家事や育児の支援は、足りないと感じますか": "はい",
    "お母さんか赤ちゃんに、感染症の疑いがありますか": "いいえ",
    "お母さんか赤ちゃんに、入院や加療(病気やけがの治療)が必要ですか": "いいえ",
    "母子保健コーディネーターとつくったケアプランに、産後ケアが入っていますか": "はい",
    "世帯の区分": "市民税が非課税の世帯",
}
AGREES_TO = ("利用の決定に使うこと", "利用する施設に伝えること", "利用できないことがあること")
REDUCED, FEE = "軽減後の額は、母子健康センターが決めます", "キャンセル料がかかる場合があります。額は公表されていません"


def test_kumagaya(kumagaya: Municipality, clock_at: Any) -> None:
    walk = Walk(kumagaya, clock_at, SAYS, AGREES_TO, agrees_to_inquiry=True)
    she_is_granted_what_she_asks_for(walk)
    she_gives_a_stay_back_in_time(walk)
    she_gives_a_day_back_late(walk)
    she_goes_for_a_day(walk)
    she_cannot_have_another(walk)


def she_is_granted_what_she_asks_for(walk: Walk) -> None:
    walk.checks("R8.4.30")
    walk.mother.sees("申請できるのは「妊娠後期」です", "令和8年7月29日(水)まで使えます", REDUCED)
    walk.applies("R8.4.30", wishes=["宿泊型", "通所型"])
    walk.mother.sees("承認されたら、使う日の希望をセンターに伝えます")
    walk.hears()
    walk.approves(letter_says=["熊谷市産後ケア事業利用承認通知", "区分市民税非課税世帯", f"宿泊型6泊7日まで{REDUCED}"])

    walk.at("2026-05-07 10:00")
    walk.records_the_birth("R8.4.27")
    walk.mother.sees("7月26日(日)まで")


def she_gives_a_stay_back_in_time(walk: Walk) -> None:
    walk.wishes_for("宿泊型", "R8.5.20", length="1泊2日")
    number = walk.is_arranged(BIRTH_HOUSE, at="9:00", says=["1泊2日", REDUCED, "5月18日(月)17:00まで"])
    walk.is_confirmed(BIRTH_HOUSE, "1泊2日")
    arranging.is_written(
        walk,
        "熊谷市産後ケア事業利用の可否通知",
        "利用する施設中島助産院熊谷市大麻生419-1電話048-533-3766",
        "令和8年5月20日(水)から令和8年5月21日(木)まで1泊2日9:00から最後の日の18:00まで",
        f"合計{REDUCED}",
        "取り消しの期限5月18日(月)17:00まで",
        "持ち物や施設の利用方法は、利用する産科医療機関から直接説明があります。",
    )
    walk.at("2026-05-18 17:00")
    walk.cancels(number, "取り消して2日分を戻す", says=["いま取り消すと、2日分が戻ります"])


def she_gives_a_day_back_late(walk: Walk) -> None:
    """Whether the day counts is not published, so it comes back."""
    walk.wishes_for("通所型", "R8.6.10")
    number = walk.is_arranged(CLINIC, at="9:00", says=["6月10日(水)", REDUCED])
    walk.is_confirmed(CLINIC, "通所型")
    walk.at("2026-06-08 17:00:01")
    walk.cancels(number, "期限を過ぎて取り消す", says=[FEE])
    for words in (FEE, "日数は戻りました"):
        assert words in walk.mailed("booking_cancelled")


def she_goes_for_a_day(walk: Walk) -> None:
    """The centre has entered what a reduced day costs. Two were sounded out, one had an empty bed."""
    walk.enters_an_amount("通所型の軽減後の個人負担金", "1,500", since="R8.6.9")
    walk.wishes_for("通所型", "R8.6.17")
    arranging.sounds_out(walk, CLINIC, BIRTH_HOUSE, at="9:00")
    arranging.says_no(walk, BIRTH_HOUSE, "お産が続き、空きがありません。")
    arranging.says_yes(walk, CLINIC, "6月17日(水)")
    answers = ["受けられる", "6月17日(水)", "お産が続き、空きがありません。"]
    arranging.chooses(walk, CLINIC, answers=answers, says=["本人が払う額1,500円", "6月15日(月)17:00まで"])
    arranging.is_written(walk, f"利用する施設{CLINIC}", "合計1,500円")
    walk.at("2026-06-17 09:05")
    walk.comes(CLINIC, pays="1,500円")


def she_cannot_have_another(walk: Walk) -> None:
    """否 by the same letter, with the reason; she may wish again."""
    walk.wishes_for("通所型", "R8.6.24")
    reason = "6月24日は、どの施設にも空きベッドがありません。"
    arranging.turns_down(walk, reason)
    arranging.is_written(walk, "利用できませんので通知します", "希望のあった日時令和8年6月24日", reason)
    walk.mother.opens("/kumagaya/my/book/")
    walk.mother.follows("希望を伝える(通所型)")
