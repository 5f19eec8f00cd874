"""Issuing 利用の可否通知, for the app that arranges the days."""

import datetime as dt
from dataclasses import dataclass

from applications.letters import availability
from applications.letters.content import Fact, LetterContent
from applications.letters.register import enter
from applications.models import Application, Decision, Entitlement, Letter
from applications.selectors.handed_in import handed_in
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock

from .preparing import number_to_come, printable
from .voiding import VoidAlready, take_out_of_force

LetterSubject = Letter.Subject
"""Of which kind the row of the other app is."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a wish, as the letter prints it: `rows` under 記, and `how` to use and cancel, or the `reason`.

    `subject` and `pk` name the row of the other app that it is about. `instead`: why the letter that stands about that
    row gives way to this one.
    """

    subject: LetterSubject
    pk: int
    wished_at: dt.datetime
    rows: tuple[Fact, ...]
    how: tuple[str, ...] = ()
    reason: str = ""
    instead: str = ""


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
    content = _compose(application, settled, number=number_to_come(application, on), on=on)
    return printable(content) if content else None


def issue_availability(entitlement: Entitlement, settled: Settled, *, by: User, at: dt.datetime) -> Letter | None:
    """Give the letter its number and let the worker print it; None where the programme writes none.

    Part of the transaction that settles the wish, and late in it: others who want a number wait. A letter that
    gives way stays in the register as void, and is named by this one.
    """
    application, on = _granted_by(entitlement), clock.day_of(at)
    if application is None or handed_in(application).terms.letters.availability is None:
        return None
    before = _given_way(settled, by=by, at=at) if settled.instead else None
    content = _compose(application, settled, number="", on=on, before=before)
    if content is None:
        return None
    letter = Letter(
        municipality=application.municipality,
        citizen=entitlement.citizen,
        household=entitlement.birth.household,
        kind=Letter.Kind.AVAILABILITY,
        subject_kind=settled.subject,
        subject_id=settled.pk,
        replaces=before,
    )
    return enter(letter, content, on=on, at=at)


def _given_way(settled: Settled, *, by: User, at: dt.datetime) -> Letter | None:
    """The letter that stood about this row, void from now on; None where none did."""
    about = Letter.objects.filter(
        kind=Letter.Kind.AVAILABILITY, subject_kind=settled.subject, subject_id=settled.pk
    ).exclude(status=Letter.Status.VOID)
    while letter := about.first():
        try:
            take_out_of_force(letter, settled.instead, by=by, at=at)
        except VoidAlready:
            continue  # a decider has just sent it out anew: that one stands now, if any
        return letter
    return None


def _compose(
    application: Application, settled: Settled, *, number: str, on: dt.date, before: Letter | None = None
) -> LetterContent | None:
    told = availability.Told(number, on, settled.wished_at, settled.rows, before)
    if settled.reason:
        return availability.impossible(application, told, reason=settled.reason)
    return availability.possible(application, told, how=settled.how)


def _granted_by(entitlement: Entitlement) -> Application | None:
    """The latest application that was approved for this birth: it says to whom letters go."""
    decided = Decision.objects.filter(application__birth=entitlement.birth, outcome=Decision.Outcome.APPROVED)
    rows = Application.objects.select_related("municipality", "birth__household", "programme_version")
    return rows.filter(decision__in=decided).order_by("-decision__decided_on", "-decision__pk").first()
