"""What waits to go out when a loss is told: letters are worded anew or held, mails that speak of a child are held."""

import datetime as dt
import re
from typing import Any

from applications.letters import compose
from applications.models import ISSUE_LETTER, Application, Birth, Decision, Letter
from applications.selectors.handed_in import handed_in
from eligibility import engine
from eligibility.engine.bereaved import OF_CHILDREN
from eligibility.engine.families import open_to
from postpartum_portal.shared import mail
from postpartum_portal.shared.models import Job

UNFIT = re.compile(f"{OF_CHILDREN.pattern}|月齢|使える期間|最後の日|届け出がまだ|まだそろって|新しい年度")
"""What no mail says to her any more: a child, its age, until when the programme may be used, what she owes."""


def quieten(birth: Birth, *, at: dt.datetime) -> dict[str, Any]:
    """Part of the transaction that tells the loss. Returns what `speak_again` needs, as plain JSON."""
    reworded, held = {}, []
    for letter in _waiting_letters(birth):
        if letter.kind == Letter.Kind.APPROVAL and (text := text_after_loss(letter)):
            reworded[str(letter.pk)] = letter.snapshot
            letter.snapshot = text
            letter.save(update_fields=["snapshot"])
        else:
            held += _held_jobs(letter, at)
    mails = mail.hold(birth.citizen.email, UNFIT, at=at) if birth.citizen else []
    return {"letters": reworded, "jobs": [*held, *mails]}


def speak_again(kept: dict[str, Any], *, at: dt.datetime) -> None:
    """Let everything stand and go out as it was before."""
    for pk, snapshot in kept.get("letters", {}).items():
        Letter.objects.filter(pk=int(pk), status=Letter.Status.QUEUED).update(snapshot=snapshot)
    mail.release(kept.get("jobs", ()), at=at)


def _waiting_letters(birth: Birth) -> list[Letter]:
    sent = Application.objects.filter(birth=birth).values_list("pk", flat=True)
    amended = Decision.objects.filter(application__birth=birth).values_list("amendments", flat=True)
    about = {Letter.Subject.APPLICATION: list(sent), Letter.Subject.AMENDMENT: [pk for pk in amended if pk]}
    rows = Letter.objects.filter(status=Letter.Status.QUEUED).select_for_update().order_by("pk")
    return [letter for kind, pks in about.items() for letter in rows.filter(subject_kind=kind, subject_id__in=pks)]


def text_after_loss(letter: Letter) -> dict[str, Any] | None:
    """The approval in words without a child, of what stays open to her; None where nothing does."""
    rows = Application.objects.select_related("municipality", "birth__household", "programme_version", "decision")
    application = rows.get(pk=letter.subject_id)
    granted, terms = application.decision.granted, handed_in(application).terms
    open_ones = [code for code in granted["services"] if _open(terms.service(code))]
    if not open_ones:
        return None
    drawn_on = {pool.code for code in open_ones for pool in terms.pools_of(code)}
    content = compose.approval(
        application,
        number=letter.label,
        on=application.decision.decided_on,
        services=open_ones,
        limits={code: limit for code, limit in granted["limits"].items() if code in drawn_on},
        class_code=granted["class_code"],
    )
    return content.as_snapshot()


def _open(service: engine.Service) -> bool:
    return open_to(service.families, engine.Family.BEREAVED) is not engine.Verdict.UNMET


def _held_jobs(letter: Letter, at: dt.datetime) -> list[int]:
    """Its job is held, even from a worker that is at it: what is rendered then is not issued."""
    jobs = Job.objects.filter(kind=ISSUE_LETTER, subject_id=letter.pk).exclude(status=Job.Status.DONE)
    held = list(jobs.values_list("pk", flat=True))
    Job.objects.filter(pk__in=held).update(status=Job.Status.HELD, lease_until=None, stopped_at=at)
    return held
