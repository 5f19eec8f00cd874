"""利用の可否通知: whether the days that the centre arranged for a wish can be had.

Where, when and for what price is settled in an app above; it comes here as plain rows.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from applications.models import Application, Letter
from applications.selectors.births import dates_of
from applications.selectors.handed_in import handed_in
from eligibility import engine
from postpartum_portal.shared import clock, wareki

from . import compose
from .bereaved import without_children
from .content import Fact, LetterContent, paragraphs
from .original import named_letter

IN_ITS_PLACE = "この通知書に代わります"


@dataclass(frozen=True, slots=True)
class Told:
    """What both answers begin with. `rows` stand under 記, after her name; none of them speaks of a child.

    `before`: the letter that this one takes the place of, as the days were moved.
    """

    number: str
    on: dt.date
    wished_at: dt.datetime
    rows: tuple[Fact, ...]
    before: Letter | None = None


def possible(application: Application, told: Told, *, how: Iterable[str]) -> LetterContent | None:
    """可: the use as it was settled; `how` to cancel it. None where the programme writes no such letter."""
    text = handed_in(application).terms.letters.availability
    if text is None:
        return None
    said = (*text.how_to_use, *how)
    lost = dates_of(handed_in(application).birth).family is engine.Family.BEREAVED
    return LetterContent(
        **{**_frame(application, text.title, text.possible, told), "appeal": ()},
        facts=_facts(application, told),
        instructions=without_children(said) if lost else said,
    )


def impossible(application: Application, told: Told, *, reason: str) -> LetterContent | None:
    """否: why. How to contest it stands there only where the programme says that it is such a decision."""
    text = handed_in(application).terms.letters.availability
    if text is None:
        return None
    frame = _frame(application, text.title, text.impossible, told)
    return LetterContent(
        **{**frame, "appeal": frame["appeal"] if text.appeal else ()},
        facts=_facts(application, told),
        reasons_heading="利用できない理由",
        reasons=paragraphs(reason),
    )


def _frame(application: Application, title: str, opening: str, told: Told) -> dict[str, Any]:
    return compose.frame(
        application,
        engine.DecisionLetter(title, opening),
        handed_in(application).terms,
        number=told.number,
        on=told.on,
        wished_on=wareki.no_weekday(clock.day_of(told.wished_at)),
    )


def _facts(application: Application, told: Told) -> tuple[Fact, ...]:
    before = (Fact("前の通知書", (*named_letter(told.before), IN_ITS_PLACE)),) if told.before else ()
    return (compose.person_and_children(handed_in(application).birth)[0], *before, *told.rows)
