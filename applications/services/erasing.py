"""The mark of an erasure, and finishing one: rows first, in the transaction of the mark, then the files it names."""

import datetime as dt

from django.db import IntegrityError, transaction

from applications.models import Erasure
from postpartum_portal.shared import events
from postpartum_portal.shared.erasing import delete_files, empty
from postpartum_portal.shared.failpoints import reach

ERASED = "record.erased"


def mark_and_empty(erasure: Erasure, *, record: str, at: dt.datetime) -> Erasure | None:
    """Write the mark and empty the rows of `record`; None where another worker has marked it.

    The caller holds the subject in the transaction.
    """
    try:
        with transaction.atomic():
            erasure.save()
    except IntegrityError:
        return None
    rows, erasure.files = empty(record, erasure.subject_id, at=at)
    erasure.save(update_fields=["files"])
    events.record(
        ERASED,
        erasure,
        at=at,
        by_id=erasure.asked_by_id,
        kind=erasure.subject_kind,
        of=erasure.subject_id,
        record=erasure.record,
        rows=rows,
        files=len(erasure.files),
    )
    reach("erasing.before_commit")
    return erasure


def finish_erasure(erasure: Erasure, *, at: dt.datetime) -> None:
    """Delete the files that the mark names, then note that it is done; a run that dies in between begins here again."""
    reach("erasing.before_files")
    delete_files(erasure.files)
    reach("erasing.after_files")
    Erasure.objects.filter(pk=erasure.pk).update(files=[], done_at=at)


def finish_all(municipality_id: int, *, at: dt.datetime) -> int:
    """What earlier runs left; how many."""
    left = list(
        Erasure.objects.filter(municipality=municipality_id, done_at=None, withdrawn_at=None).exclude(record="")
    )
    for erasure in left:
        finish_erasure(erasure, at=at)
    return len(left)
