"""The worker's part of an export: writing its file, and deleting it when its day is over."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs import Lease, enqueue, handler, planner
from postpartum_portal.shared.models import Export
from postpartum_portal.shared.storage import save_whole

from .asking import WRITE_EXPORT, files_of
from .registry import table_of
from .writing import unfit_report, written

REMOVE_EXPORT = "remove_export"
KEPT = dt.timedelta(days=1)
NOTED_AT_ONCE = 1000
HASHES = ("sha256", "unfit_sha256")


@handler(WRITE_EXPORT)
def write_export(lease: Lease) -> None:
    """Write the file and note whom it tells about. Done twice it finds the row written and leaves it."""
    export = Export.objects.get(pk=lease.subject_id)
    if export.written_at:
        return
    at = clock.now()
    table = table_of(export.sheet)
    columns = [item for item in table.columns(export) if item.roles is None or export.role in item.roles]
    rows = table.rows(export)
    if table.personal:
        rows = _noted(rows.iterator(chunk_size=NOTED_AT_ONCE), export, at)
    values = ([column.value(row) for column in columns] for row in rows)
    done = written(export.form, table.title, [column.head for column in columns], values)
    unguessed = salted_hmac("export", str(export.pk), algorithm="sha256").hexdigest()[:32]  # the same when done twice
    export.storage_name = f"exports/{export.municipality_id}/{unguessed}.{_ending(export)}"
    export.unfit, export.rows = len(done.unfit), done.rows
    export.written_at, export.expires_at = at, at + KEPT
    export.sha256 = _kept(export.storage_name, done.content)
    if done.unfit:
        export.unfit_sha256 = _kept(files_of(export)[1], unfit_report(done.unfit))
    with transaction.atomic():
        lease.hold()
        export.save(update_fields=["storage_name", "unfit", "rows", "written_at", "expires_at", *HASHES])
        events.record("export.written", export, at=at, by_id=export.asked_by_id, sheet=export.sheet, rows=done.rows)
        lease.finish()


@planner
def plan_removing(now: dt.datetime) -> None:
    """A job for each file whose day is over."""
    with scopes_disabled():
        over = Export.objects.filter(expires_at__lte=now, removed_at__isnull=True)
        for pk, municipality_id in over.values_list("pk", "municipality_id"):
            enqueue(REMOVE_EXPORT, pk, at=now, municipality_id=municipality_id)


@handler(REMOVE_EXPORT)
def remove_export(lease: Lease) -> None:
    """The file goes, the row stays."""
    export = Export.objects.get(pk=lease.subject_id)
    for name in files_of(export):
        default_storage.delete(name)
    Export.objects.filter(pk=export.pk, removed_at__isnull=True).update(removed_at=clock.now())


def _kept(name: str, content: bytes) -> str:
    save_whole(name, content)
    return hashlib.sha256(content).hexdigest()


def _noted(rows: Iterable[Any], export: Export, at: dt.datetime) -> Iterator[Any]:
    """The rows as they come, each written down as read by who asked, a batch at a time."""
    stream = iter(rows)
    while batch := list(islice(stream, NOTED_AT_ONCE)):
        events.record_reads("list.exported", batch, at=at, by_id=export.asked_by_id)
        yield from batch


def _ending(export: Export) -> str:
    return "xlsx" if export.form == Export.Form.XLSX else "csv"
