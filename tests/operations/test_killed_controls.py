"""The controls of a killed backup and a killed restore: what each would leave without the step that protects it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from applications.models import Letter
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.backup import dumping, taking
from postpartum_portal.shared.backup.folder import BackupUnusable
from postpartum_portal.shared.backup.restoring import restore
from postpartum_portal.shared.jobs.holding import planners_are_held
from postpartum_portal.shared.models import Job
from tests.operations.conftest import killed_at
from tests.operations.elsewhere import Elsewhere

pytestmark = pytest.mark.processes
KILLED = -9


def test_control__a_backup_written_where_it_shall_lie__looks_like_one(worked: Letter, tmp_path: Path) -> None:
    to = tmp_path / "backup"

    def written_in_place() -> None:
        to.mkdir()
        taking._taken(to)

    assert killed_at("backup.after_file", written_in_place) == KILLED
    with pytest.raises(BackupUnusable, match="is there already"):
        taking.take(to)


@pytest.mark.soak
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="its library copies a database that is ready")
def test_control__a_restore_of_several_transactions__killed_between_them_lets_work_loose(
    worked: Letter, town: Any, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail.post("message_received", "later@example.jp", key="later", at=clock.now(), municipality=town)
    taking.take(tmp_path / "backup")
    monkeypatch.setattr(dumping, "EMPTY", f"{dumping.EMPTY}\nCOMMIT;")
    with elsewhere.here():
        assert killed_at("restore.before_commit", lambda: restore(tmp_path / "backup", replace=True)) == KILLED
        connection.close()
        assert Job.objects.filter(status=Job.Status.QUEUED).exists()
        assert not planners_are_held()
