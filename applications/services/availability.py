"""Issuing 利用の可否通知, for the app that arranges the days."""

import datetime as dt
from dataclasses import dataclass

from applications.letters import availability
from applications.letters.content import Fact, LetterContent
from applications.letters.numbers import number_label
from applications.letters.register import enter
from applications.models import Application, Decision, Entitlement, Letter
from applications.selectors.handed_in import handed_in
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.pdf import MissingGlyph, missing_glyphs

from .preparing import NUMBER_TO_COME

LetterSubject = Letter.Subject
"""Of which kind the row of the other app is."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a wish, as the letter prints it: `rows` under 記, and `how` to use and cancel, or the `reason`.

    `subject` and `pk` name the row of the other app that it is about.
    """

    subject: LetterSubject
    pk: int
    wished_at: dt.datetime
    rows: tuple[Fact, ...]
    how: tuple[str, ...] = ()
    reason: str = ""


def issues_availability(entitlement: Entitlement) -> bool:
    """Whether this family's programme writes such a letter."""
    application = _granted_by(entitlement)
    return application is not None and handed_in(application).terms.letters.availability is not None


def prepare_availability(entitlement: Entitlement, settled: Settled, *, at: dt.datetime) -> LetterContent | None:
    """The letter, its number still to come; None where the programme writes none.

    Raises:
        postpartum_portal.shared.pdf.MissingGlyph: it cannot be printed; names the characters.
    """
    application = _granted_by(entitlement)
    if application is None:
        return None
    on = clock.day_of(at)
    number = number_label(application.municipality, wareki.fiscal_year(on), NUMBER_TO_COME)
    content = _compose(application, settled, number=number, on=on)
    if content and (missing := missing_glyphs(content.printed_text())):
        raise MissingGlyph(missing)
    return content


def issue_availability(entitlement: Entitlement, settled: Settled, *, at: dt.datetime) -> Letter | None:
    """Give the letter its number and let the worker print it; None where the programme writes none.

    Part of the transaction that settles the wish, and late in it: others who want a number wait.
    """
    application, on = _granted_by(entitlement), clock.day_of(at)
    content = _compose(application, settled, number="", on=on) if application else None
    if application is None or content is None:
        return None
    letter = Letter(
        municipality=application.municipality,
        citizen=entitlement.citizen,
        household=entitlement.birth.household,
        kind=Letter.Kind.AVAILABILITY,
        subject_kind=settled.subject,
        subject_id=settled.pk,
    )
    return enter(letter, content, on=on, at=at)


def _compose(application: Application, settled: Settled, *, number: str, on: dt.date) -> LetterContent | None:
    told = availability.Told(number, on, settled.wished_at, settled.rows)
    if settled.reason:
        return availability.impossible(application, told, reason=settled.reason)
    return availability.possible(application, told, how=settled.how)


def _granted_by(entitlement: Entitlement) -> Application | None:
    """The latest application that was approved for this birth: it says to whom letters go."""
    decided = Decision.objects.filter(application__birth=entitlement.birth, outcome=Decision.Outcome.APPROVED)
    rows = Application.objects.select_related("municipality", "birth__household", "programme_version")
    return rows.filter(decision__in=decided).order_by("-decision__decided_on", "-decision__pk").first()
