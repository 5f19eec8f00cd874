"""Ending a return that she has not answered: by the centre, or by her withdrawal."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

from django.db import transaction

from applications.models import Application, Correction
from applications.selectors.corrections import Change, held_papers, open_correction
from applications.services.documents import forget_files
from postpartum_portal.accounts.models import User


def drop_correction(
    application: Application, *, by: User, at: dt.datetime, unsent: Sequence[Change] = ()
) -> Correction | None:
    """Close what is open; what she typed for it and the papers she added are nobody's any more, but for what is
    `unsent`: the latest return keeps it for her alone.

    The caller holds the application and has authorised the deed.
    """
    Correction.objects.filter(application=application, dropped_at__isnull=False).update(changes=[])
    correction = open_correction(application)
    if correction is None:
        return None
    correction.dropped_at, correction.dropped_by = at, by
    correction.answers, correction.left_out = {}, []
    correction.changes = [asdict(change) for change in unsent]
    correction.save(update_fields=["dropped_at", "dropped_by", "answers", "left_out", "changes"])
    for paper in held_papers(application):
        transaction.on_commit(partial(forget_files, paper), robust=True)
        paper.delete()
    return correction
