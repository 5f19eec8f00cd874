"""Files against hashes, rows against files, and mails against the jobs that say to have sent them."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef

from .mail import SEND_MAIL
from .mail_kinds import Group, group_of
from .models import Job, Mail
from .stored import StoredFile, hash_of, names_in_storage, note_hash, stored_files

YOUNG = dt.timedelta(hours=1)
"""A file is written before its row: one so young may still get it."""
AT_ONCE = 1000


class Wrong(StrEnum):
    MISSING = "missing"
    ALTERED = "altered"
    NOT_NOTED = "not noted"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class WrongFile:
    """`file.owner` is "" for an orphan. `sha256` is what the file has, "" where there is none."""

    wrong: Wrong
    file: StoredFile
    sha256: str = ""


def wrong_files(*, now: dt.datetime) -> Iterator[WrongFile]:
    """Reads every byte that is stored. The names wait on the disk, so memory does not grow with them."""
    with closing(sqlite3.connect("")) as names:
        names.execute("CREATE TABLE named (name TEXT PRIMARY KEY) WITHOUT ROWID")
        for file in stored_files():
            names.execute("INSERT OR IGNORE INTO named VALUES (?)", (file.name,))
            if wrong := _wrong(file):
                yield wrong
        for name in names_in_storage():
            known = names.execute("SELECT 1 FROM named WHERE name = ?", (name,)).fetchone()
            if known is None and _is_old(name, now):
                yield WrongFile(Wrong.ORPHAN, StoredFile(name, "", ""))


def repair_file(found: WrongFile) -> bool:
    """Note a hash that was never noted, delete what no row names; what is altered or missing no code can repair."""
    if found.wrong == Wrong.NOT_NOTED:
        note_hash(found.file, found.sha256)
        return True
    if found.wrong == Wrong.ORPHAN:
        default_storage.delete(found.file.name)
        return True
    return False


def mails_without_effect(*, now: dt.datetime) -> Iterator[tuple[int, str, str]]:
    """Id, kind and what is wrong: sent by a job that is not done, or unsent though none is to come."""
    old = now - YOUNG
    jobs = Job.objects.filter(kind=SEND_MAIL, subject_id=OuterRef("pk"))
    sent = Mail.objects.filter(Exists(jobs.filter(status=Job.Status.FAILED)), sent_at__lt=old)
    for pk, kind in sent.order_by("pk").values_list("pk", "kind").iterator(chunk_size=AT_ONCE):
        yield pk, kind, "sent, and its job failed"
    unsent = Mail.objects.filter(sent_at=None, created_at__lt=old, until=None)
    for pk, kind in (
        unsent.filter(~Exists(jobs.exclude(status=Job.Status.DONE)))
        .order_by("pk")
        .values_list("pk", "kind")
        .iterator(chunk_size=AT_ONCE)
    ):
        if group_of(kind) == Group.OFFICIAL:  # others may have been switched off
            yield pk, kind, "not sent, and no job is to send it"


def _wrong(file: StoredFile) -> WrongFile | None:
    found = hash_of(file.name)
    if found is None:
        return WrongFile(Wrong.MISSING, file)
    if not file.sha256:
        return WrongFile(Wrong.NOT_NOTED, file, found)
    return WrongFile(Wrong.ALTERED, file, found) if found != file.sha256 else None


def _is_old(name: str, now: dt.datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < now - YOUNG
    except FileNotFoundError:  # deleted since it was listed
        return False
