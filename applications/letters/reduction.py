"""減免決定通知書 and 減免却下通知書: whether a paper lets a lower copayment hold, from when, or why not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from applications.models import Application
from applications.selectors.births import dates_of
from applications.selectors.handed_in import handed_in
from eligibility import engine
from eligibility.public import entered_amounts
from postpartum_portal.shared import wareki

from . import compose
from .content import Fact, LetterContent, paragraphs


@dataclass(frozen=True, slots=True)
class Judged:
    """The paper that was looked at. `paper`: 令和8年度の非課税証明書; `came_on`: the day its last page came."""

    paper: str
    came_on: dt.date
    number: str
    on: dt.date


def reduced(
    application: Application, judged: Judged, *, class_code: str, since: dt.date, services: Iterable[str]
) -> LetterContent | None:
    """What the granted `services` cost from `since` on; None where the programme names no such letter."""
    given = handed_in(application)
    terms, text = given.terms, given.terms.letters.reduction
    if text is None:
        return None
    place = engine.Place(entered=entered_amounts(application.municipality))
    children = dates_of(given.birth).counted_children
    prices = [
        f"{service.label} "
        + engine.price_row(service, terms, children=children, place=place, on=since).price_for(class_code).text
        for service in terms.services
        if service.code in set(services)
    ]
    return _letter(
        application,
        text,
        judged,
        facts=(
            Fact("利用者負担の区分", (engine.class_label(class_code, terms),)),
            Fact("減免する利用", (f"{wareki.no_weekday(since)}以後に利用する分",)),
            Fact("減免後の負担額", tuple(prices)),
        ),
    )


def not_reduced(application: Application, judged: Judged, *, reason: str) -> LetterContent | None:
    """Why not, by fact and rule; None where the programme names no such letter."""
    text = handed_in(application).terms.letters.no_reduction
    return None if text is None else _letter(application, text, judged, reasons=paragraphs(reason))


def _letter(
    application: Application,
    text: engine.DecisionLetter,
    judged: Judged,
    *,
    facts: tuple[Fact, ...] = (),
    reasons: tuple[str, ...] = (),
) -> LetterContent:
    given = handed_in(application)
    came_on = wareki.no_weekday(judged.came_on)
    return LetterContent(
        **compose.frame(application, text, given.terms, number=judged.number, on=judged.on, handed_in_on=came_on),
        facts=(
            compose.person_and_children(given.birth)[0],
            Fact("提出された書類", (judged.paper, f"{came_on}に提出")),
            *facts,
        ),
        reasons_heading="減免しない理由",
        reasons=reasons,
    )
