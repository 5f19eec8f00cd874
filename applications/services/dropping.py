"""Ending a return that she has not answered: by the centre, or by her withdrawal."""

import datetime as dt
from functools import partial

from django.db import transaction

from applications.models import Application, Correction
from applications.selectors.corrections import held_papers, open_correction
from applications.services.documents import forget_files
from postpartum_portal.accounts.models import User


def drop_correction(application: Application, *, by: User, at: dt.datetime) -> Correction | None:
    """Close what is open; what she typed for it and the papers she added are nobody's any more.

    The caller holds the application and has authorised the deed.
    """
    correction = open_correction(application)
    if correction is None:
        return None
    correction.dropped_at, correction.dropped_by = at, by
    correction.answers, correction.left_out = {}, []
    correction.save(update_fields=["dropped_at", "dropped_by", "answers", "left_out"])
    for paper in held_papers(application):
        transaction.on_commit(partial(forget_files, paper), robust=True)
        paper.delete()
    return correction
