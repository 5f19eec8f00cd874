"""The database's own tools: what is consistent in itself though others write, and what is replaced whole or not at all.

PostgreSQL: pg_dump in its own format, at a snapshot that this process holds too; psql in one transaction. SQLite: the
library's own interface for backups, which copies a database that is written to, its WAL included, and replaces one.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from postpartum_portal.shared.failpoints import reach

from .folder import BackupUnusable

COPY = "backup_copy"
"""The alias under which a finished copy of a SQLite database is read."""
BUSY_SECONDS = 20
EMPTY = """
DO $$ DECLARE it record; BEGIN
FOR it IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public' LOOP
  EXECUTE 'DROP TABLE ' || it.name || ' CASCADE';
END LOOP;
FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
  EXECUTE 'DROP ROUTINE ' || it.name || ' CASCADE';
END LOOP;
END $$;
"""


@contextmanager
def dumped(connection: BaseDatabaseWrapper, target: Path) -> Iterator[str]:
    """Write the database to `target`; for the block, the alias yielded shows exactly what was written."""
    dump = _dumped_postgres if connection.vendor == "postgresql" else _dumped_sqlite
    with dump(connection, target) as alias:
        yield alias


def replace_database(connection: BaseDatabaseWrapper, source: Path, *, then: Iterable[str]) -> None:
    """Make the database what `source` holds, `then` these statements, in one step: killed anywhere, it is as before.

    Raises:
        BackupUnusable: the database's own tools refuse, or others hold it; the message says what they say.
    """
    replace = _replace_postgres if connection.vendor == "postgresql" else _replace_sqlite
    replace(connection, source, then)


def major_of(version: str) -> int:
    """15 of `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`."""
    found = re.search(r"(\d+)(\.\d+|devel|beta|rc)", version)
    return int(found[1]) if found else 0


@contextmanager
def _dumped_postgres(connection: BaseDatabaseWrapper, target: Path) -> Iterator[str]:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, server = cursor.fetchone()
        _refuse_older_client("pg_dump", major_of(server))
        options = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"]
        _run(connection, "pg_dump", options)
        yield connection.alias


@contextmanager
def _dumped_sqlite(connection: BaseDatabaseWrapper, target: Path) -> Iterator[str]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no companions
    settings = {**connection.settings_dict, "NAME": str(target), "OPTIONS": {}}
    connections[COPY] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, COPY)
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY]


def _replace_sqlite(connection: BaseDatabaseWrapper, source: Path, then: Iterable[str]) -> None:
    target = str(connection.settings_dict["NAME"])
    connection.close()
    with tempfile.TemporaryDirectory(dir=Path(target).parent, prefix=".restoring-") as scratch:
        prepared = Path(scratch) / source.name
        shutil.copyfile(source, prepared)
        try:
            with (
                closing(sqlite3.connect(prepared)) as new,
                closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as old,
            ):
                new.executescript(";\n".join(["BEGIN", *then, "COMMIT"]))
                reach("restore.before_commit")
                new.backup(old)
        except sqlite3.Error as error:
            raise BackupUnusable(f"The database was left as it was. SQLite says: {error}.") from error


def _replace_postgres(connection: BaseDatabaseWrapper, source: Path, then: Iterable[str]) -> None:
    """The script reaches psql through a pipe; its COMMIT is its last word, so a pipe that breaks changes nothing."""
    connection.ensure_connection()
    server = connection.pg_version // 10000  # type: ignore[attr-defined]  # of PostgreSQL's wrapper
    _refuse_older_client("psql", server)
    connection.close()
    settings, environment = _named(connection)
    program = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", *settings]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        psql = subprocess.Popen(program, env=environment, stdin=subprocess.PIPE, stderr=said)  # noqa: S603
        read = _fed(psql.stdin, source, then, complained)
        if psql.wait() or read:
            words = _words(said) or _words(complained)
            raise BackupUnusable(f"The database was left as it was. {words}")


def _fed(script: Any, source: Path, then: Iterable[str], complained: IO[bytes]) -> int:
    """Write the whole script and close it; the answer of pg_restore, without whose last word there is no COMMIT."""
    with suppress(BrokenPipeError), script:
        script.write(f"BEGIN;\nSET client_min_messages = warning;\n{EMPTY}".encode())
        script.flush()
        command = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
        answer = subprocess.run(command, stdout=script, stderr=complained).returncode  # noqa: S603
        if answer:
            return answer
        reach("restore.before_commit")
        last = ["\nSET search_path = public;", *(f"{statement};" for statement in then), "COMMIT;\n"]
        script.write("\n".join(last).encode())
    return 0


def _words(file: IO[bytes]) -> str:
    file.seek(0)
    return " ".join(file.read().decode(errors="replace").strip().splitlines()[:3])


def _run(connection: BaseDatabaseWrapper, program: str, options: list[str]) -> None:
    settings, environment = _named(connection)
    command = [_program(program), *options, *settings]
    done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        raise BackupUnusable(f"{program} did not finish: {' '.join(done.stderr.strip().splitlines()[:3])}")


def _named(connection: BaseDatabaseWrapper) -> tuple[list[str], dict[str, str]]:
    """Which database, for a client program; the password goes by the environment, where `ps` does not show it."""
    arguments, own = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    *named, name = arguments[1:]
    return [*named, f"--dbname={name}"], {**os.environ, **(own or {})}


def _refuse_older_client(program: str, server: int) -> None:
    asked = [_program(program), "--version"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if major_of(version) < server:
        raise BackupUnusable(
            f"{program} here is of version {major_of(version)}, the database of {server}:"
            f" install postgresql-client-{server} and run this again."
        )


def _program(name: str) -> str:
    """The newest one; Debian keeps those of each version in a folder of its own."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise BackupUnusable(f"{name} is not installed: install the package postgresql-client and run this again.")
    return found
