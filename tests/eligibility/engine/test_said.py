"""A sentence in several words is its Japanese to all that do not ask for others."""

from copy import deepcopy

from eligibility.engine import Said, Words, in_words, words_offered

PLAIN = "宿泊型"
BOTH = Said("医師の診察が必要です", easy="おいしゃさんに みてもらいます", en="A doctor has to see you")


def test_said__is_its_japanese_and_says_others_when_asked() -> None:
    assert BOTH == "医師の診察が必要です"
    assert in_words(BOTH, Words.EASY) == "おいしゃさんに みてもらいます"
    assert in_words(BOTH, Words.EN) == "A doctor has to see you"
    assert in_words(BOTH, None) == in_words(PLAIN, Words.EN) == in_words(Said(PLAIN), Words.EASY) == ""


def test_said__keeps_its_other_words_in_a_copy() -> None:
    copied = deepcopy(BOTH)
    assert (copied, copied.easy, copied.en) == (BOTH, BOTH.easy, BOTH.en)


def test_words_offered__are_those_of_any_sentence_within() -> None:
    assert words_offered({"notes": [PLAIN, (Said(PLAIN, en="Stay"),)]}) == {Words.EN}
    assert words_offered([BOTH]) == {Words.EASY, Words.EN}
    assert words_offered({"amount": 5000}) == frozenset()
