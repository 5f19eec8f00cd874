"""The call in words: which script is asked, what was answered, and what two colleagues wrote differently."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.models import Application, Hearing, HearingEntry
from eligibility.engine import Family, FollowUp, ScreeningQuestion, Script, Terms
from postpartum_portal.shared import wareki

from .answers import after_loss
from .facts import heard_or_written
from .handbook import GIVEN_ON

OWN_FIELDS = ("consent", "note", "grounds")
"""What every hearing has as columns; all else that it asks is of the programme."""
OWN_LABELS: Mapping[str, str] = {
    "consent": "本人の確認と同意",
    "note": "聞いたこと",
    "grounds": "決定への申し送り",
    GIVEN_ON: "母子健康手帳の交付日",
}
UNSAID = "(答えなし)"


@dataclass(frozen=True, slots=True)
class Differing:
    """A question to which two colleagues wrote different answers, the second without having seen the first."""

    entry: HearingEntry
    """The answer that was set aside."""
    label: str
    stands: str
    aside: str
    written: HearingEntry | None
    """The one that stands: by whom, and when."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of the call."""

    group: str
    label: str
    answer: str


def script_of(application: Application, terms: Terms) -> Script:
    """What is asked of this family, after a loss in the words for it."""
    return terms.screening.said_to(Family.BEREAVED if after_loss(application) else Family.MOTHER)


def asked_codes(application: Application, terms: Terms) -> set[str]:
    """What a hearing keeps of a programme's questions, by code."""
    codes = {question.code for question in script_of(application, terms).questions}
    return codes | {GIVEN_ON} if terms.application.handbook else codes


def answers_of(application: Application, hearing: Hearing | None, terms: Terms) -> dict[str, Any]:
    """What is known by the codes of the script: heard on the phone, of a circumstance else as she wrote it."""
    told = {**hearing.told} if hearing else {}
    return {**told, **heard_or_written(application, terms, hearing)}


def heard_lines(script: Script, told: Mapping[str, Any]) -> tuple[Heard, ...]:
    """Every question that has an answer, in the order of the script."""
    return tuple(
        Heard(group.title, question.text, said)
        for group in script.groups
        for question in group.questions
        if (said := question.said(told.get(question.code)))
    )


def urgent(script: Script, told: Mapping[str, Any]) -> tuple[tuple[ScreeningQuestion, FollowUp], ...]:
    """What the answers call for the same day."""
    return tuple((question, follow_up) for question, follow_up in script.following(told) if follow_up.urgent)


def stands(hearing: Hearing, code: str) -> Any:
    """The answer that counts, as it is kept; None where there is none."""
    return getattr(hearing, code) if code in OWN_FIELDS else hearing.told.get(code)


def differing(hearing: Hearing | None, script: Script) -> tuple[Differing, ...]:
    """Answers that were set aside and that nobody has chosen between yet. One query."""
    if hearing is None:
        return ()
    entries = list(HearingEntry.objects.filter(hearing=hearing).select_related("by"))
    written = {entry.code: entry for entry in entries if not entry.set_aside}
    return tuple(
        Differing(
            entry=entry,
            label=_label(entry.code, script),
            stands=_said(entry.code, stands(hearing, entry.code), script),
            aside=_said(entry.code, entry.answer, script),
            written=written.get(entry.code),
        )
        for entry in entries
        if entry.set_aside
    )


def told_by_others(entries: tuple[HearingEntry, ...], script: Script) -> tuple[str, ...]:
    """What colleagues have written meanwhile, a sentence each."""
    return tuple(
        f"{entry.by}さんが{wareki.clock_time(entry.at)}に、「{_label(entry.code, script)}」に"
        f"「{_said(entry.code, entry.answer, script)}」と書きました。"
        for entry in entries
    )


def _label(code: str, script: Script) -> str:
    question = _question(code, script)
    return question.text if question else OWN_LABELS.get(code, code)


def _said(code: str, answer: Any, script: Script) -> str:
    question = _question(code, script)
    if question:
        return question.said(answer) or UNSAID
    if code == "consent":
        return "はい" if answer else "いいえ"
    if code == GIVEN_ON and answer:
        return wareki.full(dt.date.fromisoformat(answer))
    return str(answer or UNSAID)


def _question(code: str, script: Script) -> ScreeningQuestion | None:
    return next((question for question in script.questions if question.code == code), None)
