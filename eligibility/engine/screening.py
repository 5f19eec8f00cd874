"""What is asked on the phone: a script per programme, carried by the engine and judged by nobody.

Where a question stands for a circumstance of the programme, its answer is the circumstance's: one answer, not two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eligibility.engine.facts import Family

UNSURE = "unsure"


class AnswerKind(StrEnum):
    YES_NO = "yes_no"
    """はい, いいえ or わからない; of a circumstance はい or いいえ, for the rules wait until it is settled."""
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a nurse does or asks next after certain answers."""

    text: str
    when: tuple[str, ...] = ()
    """yes, no, unsure or a choice's code."""
    at_least: int | None = None
    """Of a number: from here on."""
    urgent: bool = False
    """To be told to whoever decides, and the same day."""

    def follows(self, answer: Any) -> bool:
        """Whether this answer calls for it; `answer` as it is kept: True, False, a code, a number."""
        if answer is None:
            return False
        if self.at_least is not None:
            return isinstance(answer, int) and not isinstance(answer, bool) and answer >= self.at_least
        return {True: "yes", False: "no"}.get(answer, answer) in self.when


@dataclass(frozen=True, slots=True)
class ScreeningQuestion:
    code: str
    text: str
    kind: AnswerKind
    purpose: str
    """Why it is asked, in one sentence."""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and words, of CHOICE."""
    most: int = 0
    """Of NUMBER: the highest there is."""
    follow_up: FollowUp | None = None
    judged: bool = False
    """Its answer is that of the circumstance of the same code, which the rules judge."""

    def said(self, answer: Any) -> str:
        """An answer, as it is kept, in words; "" where none was given."""
        match self.kind:
            case AnswerKind.YES_NO:
                return {True: "はい", False: "いいえ", UNSURE: "わからない"}.get(answer, "")
            case AnswerKind.CHOICE:
                return dict(self.choices).get(answer, "")
        return "" if answer is None else str(answer)


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    code: str
    title: str
    questions: tuple[ScreeningQuestion, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """How a nurse goes through the call, from the first sentence on."""

    practice: str
    """Whose way of asking it is: the municipality's own, or the portal's suggestion."""
    suggested: bool
    """The portal's suggestion, which the municipality may replace."""
    introduction: str
    groups: tuple[QuestionGroup, ...]
    after_loss: "Script | None" = None

    def said_to(self, family: Family) -> "Script":
        """In the words for such a family, without what is asked of a child."""
        return self.after_loss if self.after_loss and family is Family.BEREAVED else self

    @property
    def questions(self) -> tuple[ScreeningQuestion, ...]:
        return tuple(question for group in self.groups for question in group.questions)

    def following(self, told: Mapping[str, Any]) -> Iterator[tuple[ScreeningQuestion, FollowUp]]:
        """What the answers call for, in the order of the questions."""
        for question in self.questions:
            if question.follow_up and question.follow_up.follows(told.get(question.code)):
                yield question, question.follow_up
