"""What a script makes of answers: their words, and what a nurse does next."""

from dataclasses import replace
from typing import Any

import pytest

from eligibility.engine import AnswerKind, Family, FollowUp, QuestionGroup, ScreeningQuestion, Script
from eligibility.engine.screening import UNSURE

ADVICE = FollowUp("保健師にすぐ伝える", when=("yes", UNSURE, "alone"), urgent=True)
SCORE = FollowUp("くわしく聞く", at_least=9)


@pytest.mark.parametrize(
    ("follow_up", "answer", "follows"),
    [
        (ADVICE, True, True),
        (ADVICE, False, False),
        (ADVICE, UNSURE, True),
        (ADVICE, "alone", True),
        (ADVICE, None, False),
        (SCORE, 9, True),
        (SCORE, 8, False),
        (SCORE, True, False),
        (SCORE, "9", False),
    ],
)
def test_follow_up__comes_after_the_answers_that_it_names(follow_up: FollowUp, answer: Any, follows: bool) -> None:
    assert follow_up.follows(answer) is follows


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (AnswerKind.YES_NO, True, "はい"),
        (AnswerKind.YES_NO, False, "いいえ"),
        (AnswerKind.YES_NO, UNSURE, "わからない"),
        (AnswerKind.YES_NO, None, ""),
        (AnswerKind.CHOICE, "breast", "母乳"),
        (AnswerKind.CHOICE, "gone", ""),
        (AnswerKind.NUMBER, 0, "0"),
        (AnswerKind.TEXT, None, ""),
    ],
)
def test_answer__is_said_in_words(kind: AnswerKind, answer: Any, words: str) -> None:
    question = ScreeningQuestion("feeding", "授乳のしかた", kind, "手伝えることを知るため", (("breast", "母乳"),))
    assert question.said(answer) == words


def test_script__tells_what_follows_and_changes_its_words_after_a_loss() -> None:
    asked = ScreeningQuestion("support", "手伝う人", AnswerKind.YES_NO, "理由", follow_up=ADVICE)
    plain = ScreeningQuestion("note", "ほかに", AnswerKind.TEXT, "理由")
    script = Script("見本", True, "こんにちは", (QuestionGroup("a", "ようす", (asked, plain)),))
    both = replace(script, after_loss=replace(script, introduction="お電話しました"))

    assert [*script.following({"support": True, "note": "x"})] == [(asked, ADVICE)]
    assert [*script.following({"support": False})] == []
    assert both.said_to(Family.BEREAVED).introduction == "お電話しました"
    assert both.said_to(Family.MOTHER) is both
    assert script.said_to(Family.BEREAVED) is script
