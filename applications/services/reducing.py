"""減免決定・減免却下 as letters, where the programme names them: what a judged proof says, and its number."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from applications.letters import reduction
from applications.letters.content import LetterContent
from applications.letters.register import enter
from applications.models import Application, Document, Entitlement, HouseholdClass, Letter
from applications.selectors.certificates import ToCheck
from applications.selectors.endings import grants_on
from applications.selectors.facts import class_on
from applications.selectors.handed_in import handed_in
from applications.selectors.proofs import Proof, proof_for, proof_of, usable_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import authorise

from .preparing import DECIDE, check_reason, number_to_come, printable
from .settling_class import proved_from

SCREEN = "applications.screen"


def authorise_judging(application: Application, by: User) -> None:
    """A certificate is looked at by whoever works here; where a letter says so to her, it is a decider's decision.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
    """
    decides = handed_in(application).terms.letters.judge_proofs
    authorise(by, DECIDE if decides else SCREEN, application)


class Judgement(NamedTuple):
    """A letter to come: 減免決定 or 減免却下."""

    kind: Letter.Kind
    content: LetterContent


def prepare_reduction(check: ToCheck, code: str, since: dt.date, *, at: dt.datetime) -> Judgement | None:
    """The letter that lets class `code` hold from `since` on, its number still to come; None where there is none.

    Raises:
        postpartum_portal.shared.pdf.MissingGlyph: it cannot be printed; names the characters.
    """
    birth, on = handed_in(check.application).birth, clock.day_of(at)
    entitlement = Entitlement.objects.get(birth=birth)
    services = {service for given in grants_on(entitlement, on) for service in given.services}
    judged = _sent_later(check, on)
    content = reduction.reduced(check.application, judged, class_code=code, since=since, services=services)
    return Judgement(Letter.Kind.REDUCTION, printable(content)) if content else None


def prepare_no_reduction(check: ToCheck, reason: str, *, at: dt.datetime) -> Judgement | None:
    """The letter that says why not, by fact and rule; None where there is none.

    Raises:
        ReasonTooThin: the reason is not one; says what to put right.
        postpartum_portal.shared.pdf.MissingGlyph: as `prepare_reduction`.
    """
    on = clock.day_of(at)
    return _refused(check.application, _sent_later(check, on), reason)


def prepare_with_approval(
    application: Application, class_code: str, *, services: Iterable[str], reason: str, at: dt.datetime
) -> Judgement | None:
    """What an approval at the price of `class_code` says of the proof of a class, as a letter of its own.

    That it is accepted, unless a letter has said so before; or, for a `reason`, that it is not, though it is complete.
    None where the programme names no such letter, or there was nothing to judge.

    Raises:
        ReasonTooThin, MissingGlyph: as `prepare_no_reduction`.
    """
    terms, on = handed_in(application).terms, clock.day_of(at)
    if accepted := proof_for(application, terms, class_code, None, on=on):
        since, judged = proved_from(application, class_code, on), _handed_in(application, accepted, on)
        content = reduction.reduced(application, judged, class_code=class_code, since=since, services=services)
        if content is None or _told_before(application, class_code, on):
            return None
        return Judgement(Letter.Kind.REDUCTION, printable(content))
    named = proof_of(application, terms, on=on)
    return _refused(application, _handed_in(application, named, on), reason) if named and named.complete else None


def issue_with_approval(judgement: Judgement, application: Application, *, at: dt.datetime) -> None:
    """As `issue_judgement`, about the class that the approval has settled."""
    if held := class_on(handed_in(application).birth, clock.day_of(at)):
        issue_judgement(judgement, held, application, at=at)


def issue_judgement(
    judgement: Judgement, about: HouseholdClass | Document, application: Application, *, at: dt.datetime
) -> None:
    """Give the letter its number; a worker prints it after the caller's commit. Late in the caller's transaction.

    `about`: the class that holds now, or the last page that could not be used.
    """
    letter = Letter(
        municipality=application.municipality,
        citizen_id=application.citizen_id,
        household=handed_in(application).household,
        kind=judgement.kind,
        subject_kind=Letter.Subject.CLASS if isinstance(about, HouseholdClass) else Letter.Subject.DOCUMENT,
        subject_id=about.pk,
    )
    enter(letter, judgement.content, on=clock.day_of(at), at=at)


def _refused(application: Application, judged: reduction.Judged, reason: str) -> Judgement | None:
    content = reduction.not_reduced(application, judged, reason=reason)
    if content is None:
        return None
    check_reason(reason, application, on=judged.on)
    return Judgement(Letter.Kind.NO_REDUCTION, printable(content))


def _sent_later(check: ToCheck, on: dt.date) -> reduction.Judged:
    return reduction.Judged(check.label, clock.day_of(check.sent_at), number_to_come(check.application, on), on)


def _handed_in(application: Application, proof: Proof, on: dt.date) -> reduction.Judged:
    """A consent, and a paper that was seen elsewhere, came with the application."""
    year = proof.certificate.fiscal_year
    papers = [paper for paper in usable_of(application, proof.document.code) if paper.fiscal_year == year]
    came = max((clock.day_of(paper.uploaded_at) for paper in papers), default=clock.day_of(handed_in(application).at))
    label = proof.consent.label if proof.consent and proof.agreed and not papers else proof.label
    return reduction.Judged(label, came, number_to_come(application, on), on)


def _told_before(application: Application, class_code: str, on: dt.date) -> bool:
    """Whether a letter about the class that holds has been given a number already, for another application."""
    held = class_on(handed_in(application).birth, on)
    told = Letter.objects.filter(kind=Letter.Kind.REDUCTION, subject_kind=Letter.Subject.CLASS).exclude(
        status=Letter.Status.VOID
    )
    return held is not None and held.code == class_code and told.filter(subject_id=held.pk).exists()
