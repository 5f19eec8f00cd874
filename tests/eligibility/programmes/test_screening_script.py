"""What is asked on the phone: the portal's suggestion or the file's own script, in both wordings."""

from typing import Any

import pytest

from eligibility.engine import Family
from eligibility.programmes.contradictions.bereaved import WORDS
from tests.eligibility.five import KAWASAKI, KODAIRA, KUMAGAYA, OKAYAMA, ZUSHI, terms_of
from tests.eligibility.programmes.refusing import edited, problems, terms

FIVE = [KUMAGAYA, KODAIRA, KAWASAKI, ZUSHI, OKAYAMA]
HELPERS = {
    "code": "helpers",
    "question": "だれが手伝いますか",
    "purpose": "x",
    "answer": "choice",
    "choices": {"none": "いない", "daily": "毎日いる"},
    "follow_up": {"text": "夜のことを聞く", "when": ["none"], "urgent": "true"},
}
CHILD = {"code": "weight", "question": "体重は何gですか", "purpose": "x", "about_child": "true", "answer": "text"}
SUPPORT = {"circumstances": ["lacks_support"]}


def own(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    group = {"code": "support", "title": "支援", "questions": list(questions)}
    return {"screening": {"practice": "市の聞き取り票", "introduction": "お電話しました。", "groups": [group], **more}}


@pytest.mark.parametrize("code", FIVE)
def test_suggestion__asks_each_circumstance_of_the_programme_once_and_says_that_it_is_one(code: str) -> None:
    script = terms_of(code).screening
    judged = [question.code for question in script.questions if question.judged]
    assert sorted(judged) == sorted(item.code for item in terms_of(code).circumstances)
    assert script.suggested
    assert "見本" in script.practice
    assert all(question.purpose for question in script.questions)


@pytest.mark.parametrize("code", FIVE)
def test_suggestion__after_a_loss_has_no_word_of_a_child(code: str) -> None:
    script = terms_of(code).said_to(Family.BEREAVED).screening.said_to(Family.BEREAVED)
    said = [script.introduction, *(group.title for group in script.groups)]
    for question in script.questions:
        said += [question.text, question.purpose, *(words for _, words in question.choices)]
        said += [question.follow_up.text] if question.follow_up else []
    assert [words for words in said if WORDS.search(words)] == []


def test_own_script__asks_what_the_rules_judge_and_it_leaves_out_first() -> None:
    script = terms(own(SUPPORT, HELPERS, CHILD)).screening
    assert not script.suggested
    assert [group.code for group in script.groups] == ["conditions", "support"]
    assert [question.code for question in script.groups[1].questions] == ["lacks_support", "helpers", "weight"]
    after_loss = script.said_to(Family.BEREAVED)
    assert [question.code for question in after_loss.groups[1].questions] == ["lacks_support", "helpers"]
    assert after_loss.groups[1].questions[0].text == "家族などからの支援が足りないと感じますか"


def test_follow_ups__follow_from_the_answers_that_they_name() -> None:
    script = terms_of(KODAIRA).screening
    for told, codes in (
        ({"call_epds": 8, "call_harm": False, "call_helpers": "daily"}, []),
        ({"call_epds": 9, "call_harm": "unsure", "call_helpers": "none"}, ["call_helpers", "call_harm", "call_epds"]),
        ({"call_harm": True}, ["call_harm"]),
    ):
        assert [question.code for question, _ in script.following(told)] == codes


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [
        (own({"circumstances": ["wealth"]}), "[0].circumstances", "wealth が circumstances にありません。"),
        (own({"circumstances": ["resident"], "about_child": "true"}), "[0].about_child", "どの方にも聞きます"),
        (own({"code": "x"}), "[0]", "code、question、purpose を書くか"),
        (own({**HELPERS, "answer": "yes_no"}), "[0].choices", "answer: choice のときに"),
        (own({**HELPERS, "at_most": "3"}), "[0].at_most", "answer: number のときに"),
        (own({**HELPERS, "follow_up": {"text": "x", "when": ["often"]}}), "[0].follow_up.when", "often が 答え"),
        (own({**HELPERS, "follow_up": {"text": "x", "at_least": "1"}}), "[0].follow_up", "at_least を、ほかの質問には"),
        (own(HELPERS, HELPERS), "[1]", "helpers は、もう使われています。"),
    ],
)
def test_own_script__that_contradicts_itself_is_refused(changes: dict[str, Any], key: str, sentence: str) -> None:
    place = f"screening.groups[0].questions{key}"
    assert [said for found, said in problems(edited(changes)) if found == place and sentence in said]


def test_a_circumstance__may_not_take_the_code_of_a_question() -> None:
    taken = {"circumstances.call_sleep": {"question": "x", "if_yes": "x", "if_no": "x", "purpose": "x"}}
    assert [said for found, said in problems(edited(taken)) if found == "circumstances.call_sleep"]
