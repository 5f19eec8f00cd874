"""D1: a backup that is taken while people book, decide and hand papers in holds together.

Controls: files before rows, and a copied SQLite file.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django_scopes import scopes_disabled

from applications.models import Document, Letter
from facilities.models import Booking, DayCapacity, Facility
from facilities.services.integrity import check_all
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.backup.folder import read_manifest
from postpartum_portal.shared.backup.restoring import restore
from postpartum_portal.shared.backup.taking import take
from scripts import processes
from tests.operations.conftest import Decide, issue, upload
from tests.operations.elsewhere import Elsewhere
from tests.processes.support.parts import PROJECT
from tests.scripts.waiting import eventually

pytestmark = [pytest.mark.processes, pytest.mark.both_databases]
CROWDS = [(1, 1), pytest.param(3, 15, marks=pytest.mark.soak)]
"""Processes of three writers each, and backups in a row."""


@pytest.mark.parametrize(("crowd", "rounds"), CROWDS)
def test_a_backup_under_load__restored_elsewhere__agrees_with_itself(
    crowd: int,
    rounds: int,
    at_work: Any,
    elsewhere: Elsewhere,
    settings: Any,
    tmp_path: Path,
) -> None:
    """Between the rows and the files all three go on: what is written is not in it, what is taken back is told."""
    for number in range(rounds):
        backup = tmp_path / f"backup-{number}"
        with at_work(crowd):
            settings.FAILPOINTS = {"backup.after_rows": _more_was_done}
            taken = take(backup)
        assert (taken.lost, taken.altered) == ([], [])
        counts = read_manifest(backup)["counts"]
        assert counts["applications.Document"] < _number(Document) + len(taken.purged)
        with elsewhere.here():
            restore(backup, replace=number > 0)
            with scopes_disabled():
                found = [wrong for wrong in check_all(now=clock.now()) if not _was_purged(wrong, taken.purged)]
                assert found == []
                assert _number(Booking) == counts["facilities.Booking"]
                assert Letter.objects.count() == counts["applications.Letter"] > 0
        shutil.rmtree(backup)


def test_files_before_rows__are_torn(worked: Letter, decide: Decide, settings: Any, tmp_path: Path) -> None:
    """The control: a letter that came in between has a row and no file."""
    early = tmp_path / "early"
    shutil.copytree(settings.MEDIA_ROOT, early)
    issue(between := decide())
    with override_settings(MEDIA_ROOT=str(early)):
        taken = take(tmp_path / "backup")
    assert [entry.split(":")[0] for entry in taken.lost] == [f"Letter {between.pk}"]


def test_the_copied_file_of_a_sqlite_database__misses_what_was_saved(worked: Letter, town: Any, tmp_path: Path) -> None:
    """The control: what was committed still stands in the WAL; the library's own interface reads it there."""
    if connection.vendor != "sqlite":
        pytest.skip("of SQLite")
    upload(town, "just saved")
    shutil.copyfile(connection.settings_dict["NAME"], tmp_path / "copied.sqlite3")
    take(tmp_path / "backup")

    assert _documents_in(tmp_path / "backup" / "database.sqlite3") == Document.objects.count() == 2
    assert _documents_in(tmp_path / "copied.sqlite3") < 2


@pytest.fixture
def at_work(
    worked: Letter, town: Any, nurse: User, decider: User, clinic: Facility, process_environment: dict[str, str]
) -> Any:
    """`at_work(2)`: for the block, two processes of writers, who have begun."""
    DayCapacity.objects.update(limit=10_000)
    offering = clinic.offerings.get(service="day_service")
    command = [sys.executable, "-m", "tests.operations.writers"]
    command += [str(row.pk) for row in (town, nurse, decider, offering)]
    told = {name: value for name, value in process_environment.items() if value}

    @contextmanager
    def begin(number: int) -> Iterator[None]:
        options: dict[str, Any] = {"cwd": PROJECT, "env": told, "stdin": subprocess.PIPE}
        with ExitStack() as running:
            begun = [processes.start(command, **options) for _ in range(number)]
            for process in begun:
                running.callback(processes.stop, process)
            _more_was_done(seconds=120)
            yield
            for process in begun:
                assert process.stdin
                process.stdin.close()
            assert [process.wait(60) for process in begun] == [0] * number

    return begin


def _more_was_done(*, seconds: float = 60) -> None:
    """Wait until each kind of work has gone on: somebody booked, decided, handed in twice."""
    before = _work_done()
    assert eventually(lambda: all(now > then for now, then in zip(_work_done(), before, strict=True)), seconds=seconds)


def _work_done() -> tuple[int, ...]:
    with scopes_disabled():
        last = Document.objects.order_by("pk").last()
        letters = Letter.objects.filter(status=Letter.Status.ISSUED).count()
    return _number(Booking), letters, last.pk if last else 0


def _number(model: Any) -> int:
    with scopes_disabled():
        return int(model.objects.count())


def _was_purged(wrong: Any, purged: list[str]) -> bool:
    return wrong.what == "file" and any(wrong.file.file.name in told for told in purged)


def _documents_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as copy:
        try:
            return int(copy.execute("SELECT count(*) FROM applications_document").fetchone()[0])
        except sqlite3.DatabaseError:  # not even its tables are whole
            return 0
