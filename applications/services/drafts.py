"""Keeping what she types: a draft is one row, and each step saves into it, complete or not."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from applications.models import Application, Document
from applications.selectors.answers import as_kept
from applications.selectors.prefill import TOLD
from applications.services.documents import forget_files
from applications.services.holding import locked
from applications.steps import Step
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.lifecycle import authorise


def open_draft(
    citizen: User, municipality: Municipality, *, at: dt.datetime, told: Mapping[str, Any] | None = None
) -> Application:
    """Her draft in this municipality; a new one if there is none. Two first saves at once find the same row.

    `told` are her answers to the public check; a new draft keeps them to offer them in steps she has not seen yet.
    """
    draft, _ = Application.objects.get_or_create(
        citizen=citizen,
        municipality=municipality,
        status=Application.Status.DRAFT,
        defaults={"created_at": at, "saved_at": at, "answers": {TOLD: dict(told)} if told else {}},
    )
    return draft


def save_step(
    application: Application,
    step: Step,
    cleaned: Mapping[str, Any] | None,
    *,
    typed: Mapping[str, Sequence[str]],
    by: User,
    at: dt.datetime,
) -> None:
    """Keep a step: what was typed in any case, and `cleaned` when it was complete (else None).

    Other steps stay as they are in the database, so two devices do not overwrite each other's pages.

    Raises:
        PermissionDenied: not her own application, nor one that is being written for her.
        AlreadySubmitted: it is no draft any more.
    """
    authorise(by, "applications.write", application)

    with transaction.atomic():
        row = locked(application)
        if row.status != Application.Status.DRAFT or not by.has_perm("applications.write", row):
            raise AlreadySubmitted
        row.answers = {**row.answers, step.value: as_kept(cleaned, typed)}
        row.saved_at = at
        row.save(update_fields=["answers", "saved_at"])
    application.answers, application.saved_at = row.answers, row.saved_at


def throw_away(draft: Application) -> None:
    """Delete a draft and its papers. Part of a transaction whose caller holds it and has authorised the deed."""
    for paper in Document.objects.filter(application=draft):
        transaction.on_commit(partial(forget_files, paper), robust=True)
    draft.delete()


class AlreadySubmitted(Exception):
    """The application was handed in, or over, meanwhile, perhaps on another device."""
