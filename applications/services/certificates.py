"""The centre looks at a certificate that came after the decision: accepts it, or says why it cannot be used."""

import datetime as dt

from django.db import transaction

from applications.letters.content import LetterContent
from applications.models import Application, Birth, HouseholdClass
from applications.selectors.certificates import ToCheck, to_check
from applications.selectors.facts import classes_from
from applications.selectors.handed_in import handed_in
from applications.signals import class_proved
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.lifecycle import pass_transition

from .checking import keep_certificate_check
from .holding import locked
from .reducing import authorise_judging, issue_judgement, prepare_no_reduction, prepare_reduction


def accept_certificate(
    application: Application, kind: str, fiscal_year: int | None, *, by: User, at: dt.datetime
) -> HouseholdClass:
    """Give her household's class this proof from the day on which its last page came, one that is reported for days to
    come from its first day on; open bookings follow it.

    Where the programme names such a letter, 減免決定通知書 goes out with it.

    Raises:
        PermissionDenied: her own application, not the work of this centre, or a decider's where a letter goes out.
        NothingToCheck: somebody else was first, or her class needs no such paper any more.
        postpartum_portal.shared.pdf.MissingGlyph: the letter cannot be printed.
    """
    authorise_judging(application, by)

    with transaction.atomic():
        check = _waiting(locked(application), kind, fiscal_year)
        birth = handed_in(check.application).birth
        held, counts_from = _class_shown_by(check, birth, clock.day_of(at))
        for document in check.documents:
            pass_transition(document.accept)
        row = HouseholdClass.objects.create(
            municipality_id=birth.municipality_id,
            citizen_id=birth.citizen_id,
            household_id=birth.household_id,
            code=held.code,
            starts_on=counts_from,
            proof=kind,
            fiscal_year=fiscal_year,
        )
        keep_certificate_check(birth.household, fiscal_year, holds_from=counts_from, by=by, at=at)
        _record("certificate.accepted", check, by=by, at=at)
        _tell("certificate_accepted", check, at=at)
        class_proved.send(sender=HouseholdClass, row=row, by=by, at=at)
        if judgement := prepare_reduction(check, held.code, counts_from, at=at):
            issue_judgement(judgement, row, check.application, at=at)
    return row


def refuse_certificate(
    application: Application, kind: str, fiscal_year: int | None, *, reason: str, by: User, at: dt.datetime
) -> None:
    """Tell her why it cannot be used; she may hand in another one. 減免却下通知書 goes out where there is one.

    Raises:
        PermissionDenied, NothingToCheck, MissingGlyph: as `accept_certificate`.
        ReasonTooThin: the letter wants a fact and a rule; says what to put right.
    """
    authorise_judging(application, by)

    with transaction.atomic():
        check = _waiting(locked(application), kind, fiscal_year)
        for document in check.documents:
            pass_transition(document.refuse, refusal=reason)
        keep_certificate_check(check.household, fiscal_year, refusal=reason, by=by, at=at)
        _record("certificate.refused", check, by=by, at=at)
        _tell("certificate_refused", check, at=at)
        if judgement := prepare_no_reduction(check, reason, at=at):
            issue_judgement(judgement, check.documents[-1], check.application, at=at)


def judgement_to_come(
    application: Application, kind: str, fiscal_year: int | None, *, reason: str | None, by: User, at: dt.datetime
) -> LetterContent | None:
    """The letter that accepting it would send, or refusing it for a `reason`; None where the programme names none.

    Raises:
        As `accept_certificate` and `refuse_certificate`.
    """
    authorise_judging(application, by)
    check = _waiting(application, kind, fiscal_year)
    if reason is not None:
        judgement = prepare_no_reduction(check, reason, at=at)
    else:
        held, counts_from = _class_shown_by(check, handed_in(application).birth, clock.day_of(at))
        judgement = prepare_reduction(check, held.code, counts_from, at=at)
    return judgement.content if judgement else None


class NothingToCheck(Exception):
    """No such certificate waits for the centre (any more)."""


def _waiting(application: Application, kind: str, fiscal_year: int | None) -> ToCheck:
    """The pages as they stand; a deed asks under the application's lock, so that one more does not slip in unseen."""
    for check in to_check(application):
        if (check.kind, check.fiscal_year) == (kind, fiscal_year):
            return check
    raise NothingToCheck


def _class_shown_by(check: ToCheck, birth: Birth, on: dt.date) -> tuple[HouseholdClass, dt.date]:
    """The first class from today on that takes such a paper, and from when on the paper may count for it."""
    takes = {
        household.code
        for household in handed_in(check.application).terms.classes
        if household.proof and check.kind in {paper.code for paper in household.proof.documents}
    }
    for held, first, _last in classes_from(birth, on):
        if held.code in takes:
            return held, max(clock.day_of(check.sent_at), first if first > on else held.starts_on)
    raise NothingToCheck


def _record(verb: str, check: ToCheck, *, by: User, at: dt.datetime) -> None:
    events.record(verb, check.application, at=at, by_id=by.pk, kind=check.kind, fiscal_year=check.fiscal_year)


def _tell(kind: str, check: ToCheck, *, at: dt.datetime) -> None:
    """Once for the pages that were looked at together. Which paper it is, and the reason, stand on her page."""
    application = check.application
    if application.citizen is not None:
        mail.post(
            kind,
            application.citizen.email,
            key=f"{kind}:{check.documents[-1].pk}",
            at=at,
            municipality=application.municipality,
        )
