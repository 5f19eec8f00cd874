"""The answer to the public check: the engine's assessment, put into one headline, its days and its ruler."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from eligibility.days import LastDay, draw_ruler, last_days, marks
from eligibility.engine import Assessment, Facts, Finding, Terms, Verdict, assess
from postpartum_portal.shared.ruler import Mark, Ruler


class Outcome(StrEnum):
    """What the headline says."""

    YES = "yes"
    OPEN = "open"
    """Nothing speaks against it, but questions are unanswered."""
    PHONE = "phone"
    BIRTH_NEEDED = "birth_needed"
    """By the due date the time is over; only the birth can tell."""
    NO = "no"
    OVER = "over"
    """The last day of every service has passed."""

    @property
    def headline(self) -> str:
        return _HEADLINES[self]

    @property
    def why(self) -> str:
        """What stands above the findings."""
        return _WHY.get(self, "ひとつずつの答え")

    @property
    def verdict(self) -> Verdict:
        """The shape and colour beside the headline."""
        return _VERDICTS.get(self, Verdict.ASK)


_HEADLINES = {
    Outcome.YES: "使えます",
    Outcome.OPEN: "使える時期です",
    Outcome.PHONE: "電話で確かめます",
    Outcome.BIRTH_NEEDED: "生まれた日で決まります",
    Outcome.NO: "いまは使えません",
    Outcome.OVER: "いまは使えません",
}
_WHY = {Outcome.YES: "なぜ使えるのか", Outcome.NO: "なぜ使えないのか", Outcome.OVER: "なぜ使えないのか"}
_VERDICTS = {Outcome.YES: Verdict.MET, Outcome.NO: Verdict.UNMET, Outcome.OVER: Verdict.UNMET}


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding and, where the check knows better than the verdict's own word, the word beside it."""

    finding: Finding
    word: str


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    assessment: Assessment
    unanswered: tuple[str, ...]
    """The circumstances whose answer is still needed."""
    may_apply: bool
    provisional: bool
    """The days are reckoned from the due date."""
    last_days: tuple[LastDay, ...]
    ruler: Ruler
    marks: tuple[Mark, ...]

    @property
    def against(self) -> tuple[Finding, ...]:
        """The conditions that are not met."""
        return tuple(item for item in self.assessment.findings if item.decides and item.verdict is Verdict.UNMET)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What the headline rests on, worst first."""
        return tuple(_reason(item) for item in self.assessment.findings if item.decides)

    @property
    def conditions(self) -> tuple[Reason, ...]:
        """What bears on when to apply and on the price, not on whether she may use the programme."""
        return tuple(_reason(item) for item in self.assessment.findings if not item.decides)


def answer(facts: Facts, terms: Terms, *, on: dt.date) -> Answer:
    """Facts hold a due date or a birth.

    Raises:
        DatesMissing: they hold neither.
    """
    assessment = assess(facts, terms, on=on)
    ends = last_days(assessment.services)
    return Answer(
        outcome=_outcome(assessment, ends, on),
        assessment=assessment,
        unanswered=_unanswered(facts, assessment, terms),
        may_apply=assessment.may_apply(on),
        provisional=facts.birth_date is None,
        last_days=ends,
        ruler=draw_ruler(assessment, on=on),
        marks=marks(facts, assessment, on=on),
    )


def _reason(finding: Finding) -> Reason:
    if finding.decides:
        return Reason(finding, "まだわかりません" if _is_open(finding) else "")
    words = {Verdict.UNMET: "まだです", Verdict.ASK: "証明書で決まります"}
    return Reason(finding, words.get(finding.verdict, ""))


def _outcome(assessment: Assessment, ends: tuple[LastDay, ...], on: dt.date) -> Outcome:
    over = all(last.day < on for last in ends)
    if over:
        born = all(not outlook.period.provisional for outlook in assessment.services)
        return Outcome.OVER if born else Outcome.BIRTH_NEEDED
    if assessment.verdict is Verdict.UNMET:
        return Outcome.NO
    if assessment.verdict is Verdict.MET:
        return Outcome.YES
    return Outcome.OPEN if any(map(_is_open, assessment.findings)) else Outcome.PHONE


def _is_open(finding: Finding) -> bool:
    """Only she can answer it. Where the rule says 原則 and she told something against it, the centre settles it."""
    return finding.decides and finding.verdict is Verdict.ASK and not finding.overridable


def _unanswered(facts: Facts, assessment: Assessment, terms: Terms) -> tuple[str, ...]:
    asked = [rule.circumstances for rule in terms.requirements if _is_open(assessment.finding(rule.code))]
    return tuple(item.code for items in asked for item in items if getattr(facts, item.code) is None)
