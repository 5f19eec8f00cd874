"""Asking for a table, and taking its file: a service of every app above."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import transaction

from postpartum_portal.shared import events, jobs
from postpartum_portal.shared.models import Export
from postpartum_portal.shared.once import SENT_AGAIN
from postpartum_portal.shared.span import Span

from .registry import table_of

MOST_ROWS = 10_000
"""A workbook of them takes a worker some seconds; a job has fifteen."""
WRITE_EXPORT = "write_export"
SHORTEST_PURPOSE, LONGEST_PURPOSE = 5, 100
"""Characters."""


def ask(
    sheet: str,
    form: str,
    *,
    span: Span,
    about: int | None = None,
    purpose: str,
    municipality_id: int,
    role: str,
    by_id: int,
    at: dt.datetime,
) -> Export:
    """Write down what is wanted and what for; a worker writes the file after the commit. Sent twice, it is one.

    `about`: the key of the one row whose table it is, where a table is about one.
    The purpose stands on the row, which is never deleted; the log has codes only.

    Raises:
        TooShort: the purpose says nothing.
        TooMany: the rows are more than a worker writes in its time.
    """
    if not SHORTEST_PURPOSE <= len(purpose.strip()) <= LONGEST_PURPOSE:
        raise TooShort
    table = table_of(sheet)
    wanted: dict[str, Any] = {
        "municipality_id": municipality_id,
        "asked_by_id": by_id,
        "role": role,
        "sheet": sheet,
        "narrowed": {
            "first": span.first.isoformat(),
            "last": span.last.isoformat(),
            **({"about": about} if about else {}),
        },
        "form": form,
        "purpose": purpose.strip(),
    }
    with transaction.atomic():
        _one_at_a_time(by_id)
        if sent := Export.objects.filter(**wanted, removed_at=None, asked_at__gt=at - SENT_AGAIN).last():
            return sent
        export = Export(**wanted, asked_at=at)
        if (table.personal or about) and table.rows(export).count() > MOST_ROWS:
            raise TooMany
        export.save()
        events.record("export.asked", export, at=at, by_id=by_id, sheet=sheet, form=form, **export.narrowed)
        jobs.enqueue(WRITE_EXPORT, export.pk, at=at, municipality_id=municipality_id)
    return export


def _one_at_a_time(by_id: int) -> None:
    """Pressed twice at the same instant, the second finds what the first wrote."""
    get_user_model()._base_manager.select_for_update(no_key=True).get(pk=by_id)


class TooMany(Exception):
    """A table of so many people is taken out in parts, a few months each."""


class TooShort(Exception):
    """Whoever takes a table out says what for, in a few words."""


def fetch(export: Export, *, report: bool, by_id: int, at: dt.datetime) -> bytes | None:
    """The file, or the `report` of what did not fit into it; None once it is gone, or for anybody but who asked."""
    if export.asked_by_id != by_id or export.expires_at is None or at >= export.expires_at or export.removed_at:
        return None
    names = files_of(export)
    if report and len(names) == 1:
        return None
    events.record("export.fetched", export, at=at, by_id=by_id, sheet=export.sheet, report=report)
    with default_storage.open(names[1 if report else 0]) as file:
        return bytes(file.read())


def drop_files(municipality_id: int, *, at: dt.datetime) -> int:
    """Delete the files of a municipality's tables before their day is over; how many. Whoever needs one asks anew."""
    there = Export.objects.filter(municipality_id=municipality_id, written_at__isnull=False, removed_at=None)
    dropped = list(there.order_by("pk"))
    for export in dropped:
        for name in files_of(export):
            default_storage.delete(name)
        Export.objects.filter(pk=export.pk).update(removed_at=at)
    return len(dropped)


def files_of(export: Export) -> tuple[str, ...]:
    """The names under which its file lies and, where something did not fit, the list of that."""
    if not export.storage_name:
        return ()
    return (export.storage_name, f"{export.storage_name}.unfit.csv") if export.unfit else (export.storage_name,)
