"""Bringing a backup back: looked at whole first, files before rows, the database in one step, and nothing sent."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from postpartum_portal.shared import clock
from postpartum_portal.shared.failpoints import reach
from postpartum_portal.shared.storage import save_whole
from postpartum_portal.shared.stored import hash_of, names_in_storage

from .afterwards import Moments, statements
from .dumping import replace_database
from .folder import MEDIA, BackupUnusable, check_whole, kept_files, read_manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """`removed`: files that were there before and that the backup does not know. `to_migrate`: steps still to take."""

    moments: Moments
    files: int
    removed: int
    to_migrate: int


def restore(folder: Path, *, replace: bool) -> Restored:
    """Make database and files what the backup in `folder` holds. Killed anywhere, the database is the old or the new.

    Raises:
        BackupUnusable: the backup is not whole or not for here, or there are people in the database and `replace` is
            not said. Nothing was changed.
    """
    manifest = read_manifest(folder)
    connection = connections[DEFAULT_DB_ALIAS]
    _refuse_foreign(manifest, connection)
    if not replace and holds_people(connection):
        raise BackupUnusable("There are people in this database. Say --replace to put the backup in their place.")
    check_whole(folder, manifest)
    ahead = dt.timedelta(seconds=manifest["clock_ahead_seconds"])
    moments = Moments(dt.datetime.fromisoformat(manifest["taken_at"]), clock.of_system() + ahead, connection.vendor)
    number = _bring_files(folder)
    reach("restore.after_files")
    replace_database(connection, folder / manifest["database"]["name"], then=statements(moments))
    reach("restore.after_database")
    removed = _remove_others({kept.name for kept in kept_files(folder)})
    return Restored(moments, number, removed, len(_known_migrations() - set(manifest["migrations"])))


def hold_here(taken_at: dt.datetime) -> Moments:
    """As `restore` leaves a database, where another tool has brought it back to `taken_at`, such as a provider's."""
    connection = connections[DEFAULT_DB_ALIAS]
    moments = Moments(taken_at, clock.now(), connection.vendor)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements(moments):
            cursor.execute(statement)
    return moments


def holds_people(connection: BaseDatabaseWrapper) -> bool:
    """Whether anybody has an account there; a database without tables holds nobody."""
    users: Any = get_user_model()
    if users._meta.db_table not in connection.introspection.table_names():
        return False
    return bool(users._base_manager.using(connection.alias).exists())


def _refuse_foreign(manifest: dict[str, Any], connection: BaseDatabaseWrapper) -> None:
    kind, server = manifest["database"]["kind"], manifest["database"]["server"]
    if kind != connection.vendor:
        raise BackupUnusable(f"The backup is of a {kind} database, and this one is {connection.vendor}.")
    if kind == "postgresql":
        connection.ensure_connection()
        here = connection.pg_version // 10000  # type: ignore[attr-defined]  # of PostgreSQL's wrapper
        if here < server:
            raise BackupUnusable(f"The backup is of PostgreSQL {server}, and this server is of version {here}: older.")
    unknown = sorted(set(manifest["migrations"]) - _known_migrations())
    if unknown:
        raise BackupUnusable(
            f"The backup is of a newer portal ({manifest['portal']}): this one does not know {unknown[0]}."
        )


def _known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _bring_files(folder: Path) -> int:
    """What is there already is left alone: after an interruption the next try goes on."""
    number = 0
    for kept in kept_files(folder):
        number += 1
        if hash_of(kept.name) == kept.sha256:
            continue
        if default_storage.exists(kept.name):
            default_storage.delete(kept.name)
        save_whole(kept.name, (folder / MEDIA / kept.name).read_bytes())
    return number


def _remove_others(kept: set[str]) -> int:
    """Of people whom the database does not know any more, nothing stays behind."""
    others = [name for name in names_in_storage() if name not in kept]
    for name in others:
        default_storage.delete(name)
    return len(others)
