"""From the validated file to what is asked on the phone; without an entry, the portal's suggestion."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from eligibility.engine import AnswerKind, FollowUp, QuestionGroup, ScreeningQuestion, Script
from eligibility.programmes.after_loss import reworded
from eligibility.programmes.reading import read, text_of, validate
from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.schema import screening as schema
from eligibility.programmes.schema.who import CircumstanceEntry

SUGGESTION = Path(__file__).parents[1] / "default_screening.yaml"
CONDITIONS = "conditions"
CONDITIONS_TITLE = "使える人の条件"


@cache
def suggested() -> schema.ScreeningEntry:
    """The portal's own script, for a municipality that says nothing of how it asks."""
    return validate(read(text_of(SUGGESTION), file=SUGGESTION.name), schema.ScreeningEntry)


def script(file: ProgrammeFile, second: ProgrammeFile) -> Script:
    """What is asked; `second` is the file in its words for after a loss."""
    entry = file.screening or suggested()
    return _script(entry, file, after_loss=_script(reworded(entry), second, bereaved=True))


def _script(
    entry: schema.ScreeningEntry, file: ProgrammeFile, *, bereaved: bool = False, after_loss: Script | None = None
) -> Script:
    """What the rules judge and the script does not place comes first, in the file's order."""
    judged = _judged(file)
    groups = tuple(_group(item, judged, bereaved=bereaved) for item in entry.groups)
    placed = {question.code for group in groups for question in group.questions}
    left = tuple(_circumstance(code, item) for code, item in judged.items() if code not in placed)
    return Script(
        practice=entry.practice,
        suggested=file.screening is None,
        introduction=entry.introduction,
        groups=tuple(
            group for group in (QuestionGroup(CONDITIONS, CONDITIONS_TITLE, left), *groups) if group.questions
        ),
        after_loss=after_loss,
    )


def _judged(file: ProgrammeFile) -> Mapping[str, CircumstanceEntry]:
    """The circumstances that a requirement asks for."""
    asked = {code for item in file.requirements for code in (*item.any_of, *item.none_of)}
    return {code: item for code, item in file.circumstances.items() if code in asked}


def _group(
    entry: schema.QuestionGroupEntry, judged: Mapping[str, CircumstanceEntry], *, bereaved: bool
) -> QuestionGroup:
    asked = [item for item in entry.questions if not (bereaved and item.about_child)]
    return QuestionGroup(
        entry.code, entry.title, tuple(question for item in asked for question in _questions(item, judged))
    )


def _questions(entry: schema.QuestionEntry, judged: Mapping[str, CircumstanceEntry]) -> Iterator[ScreeningQuestion]:
    """The circumstances that it stands for, asked as the rules ask them; else its own question."""
    follow_up = _follow_up(entry.follow_up) if entry.follow_up else None
    known = [code for code in entry.circumstances if code in judged]
    for code in known:
        yield _circumstance(code, judged[code], follow_up)
    if known or not entry.code:
        return
    yield ScreeningQuestion(
        code=entry.code,
        text=entry.question,
        kind=entry.answer,
        purpose=entry.purpose,
        choices=tuple(entry.choices.items()),
        most=entry.at_most or 0,
        follow_up=follow_up,
    )


def _circumstance(code: str, entry: CircumstanceEntry, follow_up: FollowUp | None = None) -> ScreeningQuestion:
    return ScreeningQuestion(code, entry.question, AnswerKind.YES_NO, entry.purpose, follow_up=follow_up, judged=True)


def _follow_up(entry: schema.FollowUpEntry) -> FollowUp:
    return FollowUp(entry.text, entry.when, entry.at_least, entry.urgent)
