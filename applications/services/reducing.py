"""減免決定・減免却下 as letters, where the programme names them: what a judged certificate says, and its number."""

import datetime as dt

from applications.letters import reduction
from applications.letters.content import LetterContent
from applications.letters.register import enter
from applications.models import Application, Document, Entitlement, HouseholdClass, Letter
from applications.selectors.certificates import ToCheck
from applications.selectors.endings import grants_on
from applications.selectors.handed_in import handed_in
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import authorise

from .preparing import DECIDE, check_reason, number_to_come, printable

SCREEN = "applications.screen"


def authorise_judging(application: Application, by: User) -> None:
    """A certificate is looked at by whoever works here; where a letter says so to her, it is a decider's decision.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
    """
    decides = handed_in(application).terms.letters.judge_proofs
    authorise(by, DECIDE if decides else SCREEN, application)


def prepare_reduction(check: ToCheck, code: str, since: dt.date, *, at: dt.datetime) -> LetterContent | None:
    """The letter that lets class `code` hold from `since` on, its number still to come; None where there is none.

    Raises:
        postpartum_portal.shared.pdf.MissingGlyph: it cannot be printed; names the characters.
    """
    birth, on = handed_in(check.application).birth, clock.day_of(at)
    entitlement = Entitlement.objects.get(birth=birth)
    services = {service for given in grants_on(entitlement, on) for service in given.services}
    content = reduction.reduced(check.application, _judged(check, on), class_code=code, since=since, services=services)
    return printable(content) if content else None


def prepare_no_reduction(check: ToCheck, reason: str, *, at: dt.datetime) -> LetterContent | None:
    """The letter that says why not, by fact and rule; None where there is none.

    Raises:
        ReasonTooThin: the reason is not one; says what to put right.
        postpartum_portal.shared.pdf.MissingGlyph: as `prepare_reduction`.
    """
    on = clock.day_of(at)
    content = reduction.not_reduced(check.application, _judged(check, on), reason=reason)
    if content is None:
        return None
    check_reason(reason, check.application, on=on)
    return printable(content)


def issue_judgement(
    content: LetterContent, about: HouseholdClass | Document, check: ToCheck, *, at: dt.datetime
) -> None:
    """Give the letter its number; a worker prints it after the caller's commit. Late in the caller's transaction.

    `about`: the class that holds now, or the last page that could not be used.
    """
    accepted = isinstance(about, HouseholdClass)
    letter = Letter(
        municipality=check.application.municipality,
        citizen_id=check.application.citizen_id,
        household=check.household,
        kind=Letter.Kind.REDUCTION if accepted else Letter.Kind.NO_REDUCTION,
        subject_kind=Letter.Subject.CLASS if accepted else Letter.Subject.DOCUMENT,
        subject_id=about.pk,
    )
    enter(letter, content, on=clock.day_of(at), at=at)


def _judged(check: ToCheck, on: dt.date) -> reduction.Judged:
    return reduction.Judged(check.label, clock.day_of(check.sent_at), number_to_come(check.application, on), on)
