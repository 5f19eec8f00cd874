"""The reason of a decision: a fact about her and the rule, plainly said, of nobody else."""

import pytest

from applications.letters.linting import About, remarks_on

RULE = "小平市に住民登録がある、産後4か月になる前日までのお母さんとお子さん"
ABOUT = About(
    facts=("小平市に住民登録がありません。",),
    rules=(RULE, "小平市産後ケア事業のページ"),
    own_numbers=("R7-0012",),
)


def mistakes(text: str, about: About = ABOUT) -> list[str]:
    return [remark.text for remark in remarks_on(text, about) if remark.blocks]


def advice(text: str, about: About = ABOUT) -> list[str]:
    return [remark.text for remark in remarks_on(text, about) if not remark.blocks]


@pytest.mark.parametrize(
    "reason",
    [
        f"小平市に住民登録がありません。「{RULE}」(小平市産後ケア事業のページ)と定められているため、承認できません。",
        "3月1日に東村山市へ転出されたことを、住民基本台帳で確認しました。要綱第3条に定める「住所を有する方」に当たりません。",
        "5月2日のお電話で、ご家族の手伝いがあるとうかがいました。「産後4か月になる前日まで」のきまりに当たりません。",
    ],
)
def test_a_reason__with_her_fact_and_its_rule_may_go_out(reason: str) -> None:
    assert mistakes(reason) == []


@pytest.mark.parametrize(
    ("reason", "what_to_do"),
    [
        ("  \n", "理由を書いてください"),
        (f"「{RULE}」(小平市産後ケア事業のページ)のため。", "事実を書いてください"),
        ("3月1日に東村山市へ転出されたことを確認しました。", "どのきまりに当たるか"),
        ("3月1日の申請を、要綱第3条により総合的に判断しました。", "「総合的に」では、理由が伝わりません"),
        ("3月1日に転出を届け出るべきでした。要綱第3条。", "「べきで」は、責めているように"),
        ("R7-0013の方と同じく、3月1日に転出されました。要綱第3条。", "R7-0013 は、この方の番号ではありません"),
    ],
)
def test_a_mistake__says_what_to_do(reason: str, what_to_do: str) -> None:
    assert what_to_do in "".join(mistakes(reason))


def test_what_only_the_database_knows__is_told_too() -> None:
    about = About(ABOUT.facts, ABOUT.rules, after_loss=True, named_others=("佐藤 花",), unprintable="🍼")
    told = "".join(mistakes("佐藤花さんと同じ日、3月1日に赤ちゃんと転出されました🍼。要綱第3条。", about))
    for word in ("「佐藤 花」は、ほかの方の名前", "「赤ちゃん」は、お知らせのあった", "「🍼」は印刷できません"):
        assert word in told


def test_advice__keeps_nothing_back() -> None:
    reason = "3月1日に転出されました。当該の日からは予約できません。利用できません。要綱第3条により承認できません。"
    assert mistakes(reason) == []
    assert "できません" in advice(reason)[0]
    assert any("「当該」は、「この」" in line for line in advice(reason))


def test_a_quoted_rule__is_not_blamed_on_the_writer() -> None:
    reason = "申請書の住所が、3月1日の住民票と違っていました。「虚偽その他不正の手段」を定める要綱第9条に当たります。"
    assert mistakes(reason) == []
