"""Taking a backup while people work: the rows of one instant, and then the files that these rows name.

A file is written once and before its row, so what the rows of that instant name is there and stays as it is. What was
deleted meanwhile, by whoever may, is told in the manifest; what is gone though a row still names it is a damage.
"""

import json
import os
import secrets
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock
from postpartum_portal.shared.failpoints import reach
from postpartum_portal.shared.storage import sync_folder
from postpartum_portal.shared.stored import StoredFile, stored_files

from .dumping import dumped
from .folder import FILES, FORM, MEDIA, BackupUnusable, Kept, copy, measured, write_manifest

WANTED = "wanted.jsonl"
"""The files to be copied, as the rows tell them; only while the backup is being taken."""
DATABASE_NAMES = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}


@dataclass
class Taken:
    """What came of it. `purged`: deleted while it ran; `lost`, `altered`: damages, by row, which are in no backup."""

    folder: Path
    files: int
    size: int
    purged: list[str]
    lost: list[str]
    altered: list[str]


def take(to: Path) -> Taken:
    """Write a backup into the new folder `to`, which appears when it is whole and on the disk.

    Raises:
        BackupUnusable: there is something already, or the database's own tools refuse; the message says what.
    """
    if to.exists():
        raise BackupUnusable(f"{to} is there already: name a folder that is not.")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f".{to.name}.{secrets.token_hex(4)}.unfinished")
    unfinished.mkdir(mode=0o700)
    try:
        taken = _taken(unfinished)
        reach("backup.before_rename")
        unfinished.rename(to)
        sync_folder(to.parent)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    taken.folder = to
    return taken


def _taken(folder: Path) -> Taken:
    connection = connections[DEFAULT_DB_ALIAS]
    at, offset = clock.now(), clock.offset()
    database = folder / DATABASE_NAMES[connection.vendor]
    with dumped(connection, database) as alias:
        counts = _counts(alias)
        migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())
        wanted = _list_wanted(folder / WANTED, alias)
    _sync(database)
    reach("backup.after_rows")
    taken = _copy_files(folder)
    (folder / WANTED).unlink()
    sha256, size = measured(database)
    listed = measured(folder / FILES)
    manifest = {
        "form": FORM,
        "portal": tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]["version"],
        "taken_at": at.isoformat(),
        "clock_ahead_seconds": offset.total_seconds(),
        "database": {"kind": connection.vendor, "server": _server(connection), "name": database.name}
        | {"sha256": sha256, "size": size},
        "files": {"name": FILES, "sha256": listed[0], "size": listed[1], "count": taken.files, "bytes": taken.size},
        "wanted": wanted,
        "purged": taken.purged,
        "lost": taken.lost,
        "altered": taken.altered,
        "migrations": migrations,
        "counts": counts,
    }
    write_manifest(folder, manifest, write=_write)
    sync_folder(folder)
    return taken


def _counts(alias: str) -> dict[str, int]:
    with scopes_disabled():
        return {model._meta.label: model._base_manager.using(alias).count() for model in apps.get_models()}


def _list_wanted(path: Path, alias: str) -> int:
    """Onto the disk, so that the snapshot need not be held while files are copied, nor all names in memory."""
    number = 0
    with path.open("w") as lines:
        for file in stored_files(alias):
            lines.write(json.dumps(asdict(file)) + "\n")
            number += 1
    return number


def _copy_files(folder: Path) -> Taken:
    taken = Taken(folder, 0, 0, [], [], [])
    gone: dict[str, StoredFile] = {}
    (folder / MEDIA).mkdir()
    with (folder / FILES).open("w") as listed:
        for file in _wanted(folder / WANTED):
            kept = _copied(file, folder / MEDIA / file.name)
            if kept is None:
                gone[file.name] = file
                continue
            if file.sha256 not in ("", kept.sha256):
                taken.altered.append(f"{file.owner}: {file.name}")
            taken.files, taken.size = taken.files + 1, taken.size + kept.size
            listed.write(json.dumps(asdict(kept)) + "\n")
            reach("backup.after_file")
    _sync(folder / FILES)
    still_named = {file.name for file in stored_files() if file.name in gone} if gone else set()
    for name, file in gone.items():
        (taken.lost if name in still_named else taken.purged).append(f"{file.owner}: {name}")
    return taken


def _wanted(path: Path) -> Iterator[StoredFile]:
    with path.open() as lines:
        for line in lines:
            yield StoredFile(**json.loads(line))


def _copied(file: StoredFile, target: Path) -> Kept | None:
    try:
        source: Any = default_storage.open(file.name)
    except FileNotFoundError:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("wb") as written:
        sha256, size = copy(source, written)
        _flush(written)
    return Kept(file.name, sha256, size)


def _server(connection: Any) -> int:
    """The major version of the server, by which a restore refuses an older one."""
    return int(connection.pg_version) // 10000 if connection.vendor == "postgresql" else 3


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        _flush(file)


def _flush(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
