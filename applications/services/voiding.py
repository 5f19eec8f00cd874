"""A spoiled letter: voided with a reason, and where the decision stands, another letter in its place.

A voided letter stays in the register with its number, which is never given again.
"""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from applications.letters import compose
from applications.letters.content import LetterContent
from applications.letters.register import enter
from applications.models import Application, Birth, Decision, Letter
from applications.selectors.answers import clean_in
from applications.steps import Step
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.failpoints import reach
from postpartum_portal.shared.lifecycle import authorise

from .preparing import DECIDE, printable
from .quieting import text_after_loss


def void_letter(letter: Letter, *, reason: str, by: User, at: dt.datetime) -> None:
    """Take a letter out of force. What a worker is just printing of it is not issued.

    Raises:
        PermissionDenied: not a decider here, or her own letter.
        VoidAlready: somebody else was first.
    """
    authorise(by, DECIDE, letter)
    with transaction.atomic():
        take_out_of_force(letter, reason, by=by, at=at)


def reissue_letter(letter: Letter, *, reason: str, anew: bool, by: User, at: dt.datetime) -> Letter:
    """Void `letter` and send the same decision out under the next number, in one transaction.

    As it was printed or, `anew`, by today's record: `reissued_text`. The date on it stays the decision's, and so does
    the fiscal year that numbers it.

    Raises:
        PermissionDenied, VoidAlready: as `void_letter`.
        NotReissuable: after a loss, what it says may not go out any more.
        postpartum_portal.shared.pdf.MissingGlyph: the letter cannot be printed; names the characters.
    """
    authorise(by, DECIDE, letter)
    content = printable(reissued_text(letter, anew=anew))

    with transaction.atomic():
        take_out_of_force(letter, reason, by=by, at=at)
        reach("letter.after_void")
        new = enter(_in_place_of(letter), content, on=content.issued_on, at=at, series=letter.series)
        events.record("letter.reissued", new, at=at, by_id=by.pk, replaces=letter.pk, anew=anew)
    reach("letter.after_reissue")
    return new


def reissued_text(letter: Letter, *, anew: bool) -> LetterContent:
    """What a letter in the place of this one would say, under the number of this one.

    `anew`: the decision by today's record of her and of the birth; of other letters, whom they are addressed to.

    Raises:
        NotReissuable: after a loss, and it cannot be said without a child.
    """
    printed = LetterContent.from_snapshot(letter.snapshot)
    application = _application_of(letter)
    if _lost(letter, application):
        return _after_loss(letter, application)
    if not anew:
        return printed
    if application is not None:
        return _composed(application, application.decision, printed.number)
    if letter.household is None:
        return printed
    return replace(printed, recipient=compose.recipient(letter.household))


def take_out_of_force(letter: Letter, reason: str, *, by: User, at: dt.datetime) -> None:
    """Void it in the register. Part of the caller's transaction, which says why it may.

    Raises:
        VoidAlready: somebody else was first.
    """
    standing = Letter.objects.filter(pk=letter.pk).exclude(status=Letter.Status.VOID)
    if not standing.update(status=Letter.Status.VOID, void_reason=reason, voided_at=at, voided_by=by):
        raise VoidAlready
    events.record("letter.voided", letter, at=at, by_id=by.pk)


class VoidAlready(Exception):
    """Somebody else voided the letter first."""


class NotReissuable(Exception):
    """What the letter says may not go out any more. The message says why."""


def _in_place_of(letter: Letter) -> Letter:
    return Letter(
        municipality=letter.municipality,
        citizen_id=letter.citizen_id,
        household_id=letter.household_id,
        kind=letter.kind,
        subject_kind=letter.subject_kind,
        subject_id=letter.subject_id,
        replaces=letter,
    )


def _application_of(letter: Letter) -> Application | None:
    """The application whose decision this letter tells; None of a letter on another row."""
    if letter.subject_kind != Letter.Subject.APPLICATION:
        return None
    rows = Application.objects.select_related("municipality", "birth__household", "programme_version", "decision")
    return rows.filter(pk=letter.subject_id, decision__isnull=False).first()


def _lost(letter: Letter, application: Application | None) -> bool:
    """Whether the birth that it is about was lost; of a letter on another row, her latest."""
    if application is not None and application.birth is not None:
        return application.birth.outcome == Birth.Outcome.LOST
    latest = Birth.objects.filter(household=letter.household_id).order_by("pk").last()
    return latest is not None and latest.outcome == Birth.Outcome.LOST


def _composed(application: Application, decision: Decision, number: str) -> LetterContent:
    on, granted = decision.decided_on, decision.granted
    if decision.outcome == Decision.Outcome.REFUSED:
        wished = clean_in(application, Step.WISHES).get("services", ())
        return compose.refusal(application, number=number, on=on, wished=wished, reason=decision.reason)
    return compose.approval(
        application,
        number=number,
        on=on,
        services=granted["services"],
        limits=granted["limits"],
        class_code=granted["class_code"],
    )


def _after_loss(letter: Letter, application: Application | None) -> LetterContent:
    text = text_after_loss(letter) if application and letter.kind == Letter.Kind.APPROVAL else None
    if text is None:
        raise NotReissuable("お知らせのあとなので、この手紙はもう一度出せません。無効にすることはできます。")
    return LetterContent.from_snapshot(text)
