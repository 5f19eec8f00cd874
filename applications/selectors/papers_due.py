"""Which certificates a family has to be reminded of: not handed in yet, or soon too old for the uses to come."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from applications.models import Application, Birth
from postpartum_portal.shared import clock

from .births import dates_of
from .certificates import Wanted, wanted_for
from .handed_in import handed_in
from .proofs import proof_of

LONGEST = dt.timedelta(days=731)
"""After a birth; no programme lets a family use it longer."""
MISSING, DUE = "papers_missing", "certificate_due"
"""Kinds of mail."""
ASKED_BY_MAIL = frozenset({"submitted", "screening", "resubmitted", "recommended"})
"""What was returned to her has been asked for already."""


@dataclass(frozen=True, slots=True)
class PaperDue:
    """`needed_from`: of a paper that replaces an older one, the first day of use that needs it; None: it is missing."""

    application: Application
    label: str
    fiscal_year: int | None
    needed_from: dt.date | None


def asking_key(application: Application, fiscal_year: int | None, *, replaces: bool) -> str:
    """The one mail that asks for a paper, whoever asks first: the reminder of the morning or somebody of the centre.

    `replaces`: an older one, whose days are running out.
    """
    approved = application.status == Application.Status.APPROVED
    return f"{DUE if replaces else MISSING}:{application.pk}:{fiscal_year or ''}:{approved:d}"


def may_owe_papers(on: dt.date) -> QuerySet[Application]:
    """Applications in the tenant scope that are being decided, or approved and still of use; none after a loss."""
    lasting = Q(birth__born_on__gte=on - LONGEST) | Q(birth__born_on=None, birth__due_date__gte=on - LONGEST)
    rows = Application.objects.filter(Q(status__in=ASKED_BY_MAIL) | Q(status=Application.Status.APPROVED) & lasting)
    kept = rows.exclude(birth__outcome=Birth.Outcome.LOST)
    return kept.select_related("municipality", "citizen", "birth__household", "programme_version", "decision")


def papers_due(application: Application, *, on: dt.date) -> tuple[PaperDue, ...]:
    """What to remind of on a day: `PAPER_REMINDER_DAYS` after she applied or it was decided, and
    `CERTIFICATE_REMINDER_DAYS` before the day from which the programme wants the next year's certificate.
    """
    if application.status == Application.Status.APPROVED:
        return tuple(_after_decision(application, on))
    given = handed_in(application)
    proof = proof_of(application, given.terms, on=on)
    asked_long_ago = clock.day_of(given.at) + dt.timedelta(days=settings.PAPER_REMINDER_DAYS) <= on
    if proof is None or proof.complete or proof.document.consent or not asked_long_ago:
        return ()
    return (PaperDue(application, proof.label, proof.certificate.fiscal_year, None),)


def _after_decision(application: Application, on: dt.date) -> Iterator[PaperDue]:
    known = dates_of(handed_in(application).birth)
    begins = max(on, known.birth_date or known.due_date or on)
    told_long_ago = application.decision.decided_on + dt.timedelta(days=settings.PAPER_REMINDER_DAYS) <= on
    for wanted in wanted_for(application, on=on):
        first = wanted.since <= begins
        soon = wanted.since - dt.timedelta(days=settings.CERTIFICATE_REMINDER_DAYS) <= on
        if (told_long_ago if first else soon) and not _in_hand(wanted):
            label = wanted.proof.label
            yield PaperDue(application, label, wanted.fiscal_year, None if first else wanted.since)


def _in_hand(wanted: Wanted) -> bool:
    """The centre is looking at it, or has told her why it could not use it."""
    return wanted.waits or bool(wanted.refusal)
