"""Printing many letters in one go: asked for here, put together by a worker, kept for a day."""

import datetime as dt
import hashlib
from collections.abc import Collection

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django_scopes import scopes_disabled

from applications.models import PRINT_LETTERS, Household, Letter, PrintedLetter, PrintRun
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events, jobs
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.lifecycle import authorise

from .posting import POST_LETTERS

MOST = 300
"""Letters in one print: what a worker puts together well within its lease."""


def ask_print(letters: Collection[int], municipality: Municipality, *, by: User, at: dt.datetime) -> PrintRun:
    """Ask for a print of those of `letters` that are out; a worker makes it after the commit.

    Raises:
        PermissionDenied: one of them is not for this person.
        NothingToPrint: none of them is out; or more than `MOST` are.
    """
    out = Letter.objects.filter(pk__in=letters, status=Letter.Status.ISSUED, municipality=municipality)
    chosen = list(out.defer("snapshot").order_by("pk")[: MOST + 1])
    if not chosen:
        raise NothingToPrint("印刷できる手紙が選ばれていません。")
    if len(chosen) > MOST:
        raise NothingToPrint(f"一度に印刷できるのは{MOST}通までです。分けて選んでください。")
    for letter in chosen:
        authorise(by, POST_LETTERS, letter)

    with transaction.atomic():
        run = PrintRun.objects.create(municipality=municipality, asked_by=by, created_at=at)
        PrintedLetter.objects.bulk_create(
            PrintedLetter(municipality=municipality, citizen_id=letter.citizen_id, run=run, letter=letter)
            for letter in chosen
        )
        jobs.enqueue(PRINT_LETTERS, run.pk, at=at, queue="letters", municipality_id=municipality.pk)
    return run


def read_print(run: PrintRun, *, by: User, at: dt.datetime) -> bytes | None:
    """The file, for whoever asked for it, each letter in it noted as printed; None where there is none (any more).

    Raises:
        PrintDamaged: the stored file is not the one that was made.
    """
    if run.asked_by_id != by.pk or run.made_at is None or run.deleted_at is not None:
        return None
    with default_storage.open(run.storage_name) as file:
        pdf: bytes = file.read()
    if hashlib.sha256(pdf).hexdigest() != run.sha256:
        raise PrintDamaged(run.pk)
    with transaction.atomic():
        PrintRun.objects.filter(pk=run.pk, printed_at=None).update(printed_at=at)
        for line in PrintedLetter.objects.filter(run=run, problem="").select_related("letter"):
            events.record("letter.printed", line.letter, at=at, by_id=by.pk, run=run.pk)
    return pdf


@planner
def plan_forgetting_prints(now: dt.datetime) -> None:
    """Delete the files of prints that are a day old: they are copies."""
    made_before = now - dt.timedelta(hours=settings.PRINT_KEPT_HOURS)
    with scopes_disabled():
        old = PrintRun.objects.filter(made_at__lte=made_before, deleted_at=None)
        for run in old.order_by("pk"):
            _drop(run, now)


def drop_prints_of(household: Household, *, at: dt.datetime) -> None:
    """Delete the files of prints in which a letter of hers is: she asked for all that may go to go at once."""
    for run in PrintRun.objects.filter(lines__letter__household=household, deleted_at=None).distinct().order_by("pk"):
        _drop(run, at)


def _drop(run: PrintRun, at: dt.datetime) -> None:
    if run.storage_name:
        default_storage.delete(run.storage_name)  # done twice, it finds nothing
    PrintRun.objects.filter(pk=run.pk, made_at__isnull=False).update(deleted_at=at, storage_name="", sha256="")


class NothingToPrint(Exception):
    """No print was asked for. The message says why."""


class PrintDamaged(Exception):
    """The file of a print was changed after it was made."""
