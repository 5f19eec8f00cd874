"""D1: what a backup brings back, and that nothing leaves the house twice after it. Each with its control."""

import datetime as dt
import shutil
from collections import Counter
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django_scopes import scopes_disabled

from applications.models import Letter, NumberSeries
from facilities.models import Offering
from facilities.services.integrity import check_all
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.backup import afterwards, folder
from postpartum_portal.shared.backup.folder import BackupUnusable
from postpartum_portal.shared.backup.restoring import hold_here, restore
from postpartum_portal.shared.backup.taking import take
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.jobs.holding import held_jobs, planners_are_held
from postpartum_portal.shared.jobs.releasing import TooEarly, release_planners
from postpartum_portal.shared.models import Job, Mail, Restoration
from tests import factories
from tests.operations.conftest import killed_at, upload
from tests.operations.elsewhere import Elsewhere
from tests.plugins.rights import as_owner
from tests.processes.support.mailbox import Mailbox

pytestmark = pytest.mark.processes
KILLED = -9


def in_soak(*points: str) -> list[Any]:
    return [pytest.param(point, marks=pytest.mark.soak) for point in points]


@pytest.fixture
def mailbox(mail_sink: Mailbox, settings: Any) -> Mailbox:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_sink.port
    mail_sink.empty()
    return mail_sink


@pytest.mark.both_databases
def test_round_trip__brings_every_row_and_file_back(worked: Letter, elsewhere: Elsewhere, tmp_path: Path) -> None:
    before = _counts()
    taken = take(tmp_path / "backup")

    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        after = _counts()
        with scopes_disabled():
            assert list(check_all(now=clock.now())) == []
            assert Letter.objects.get() == worked

    changed = {
        "shared.Restoration": 1,
        "sessions.Session": 0,
        "applications.NumberSeries": after["applications.NumberSeries"],
    }
    assert after == before | changed
    assert taken.files == len([path for path in elsewhere.media.rglob("*") if path.is_file()]) == 2
    assert (taken.purged, taken.lost, taken.altered) == ([], [], [])


def test_restore__refuses_a_database_with_people__unless_told(
    worked: Letter, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    take(tmp_path / "backup")
    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        with pytest.raises(CommandError, match="There are people in this database"):
            call_command("restore", str(tmp_path / "backup"))
        (elsewhere.media / "of-nobody.pdf").write_bytes(b"left over")
        call_command("restore", str(tmp_path / "backup"), "--replace", stdout=_nowhere())
        assert not (elsewhere.media / "of-nobody.pdf").exists()
        assert Restoration.objects.count() == 1


PARTS = ("manifest.json", "database", "files.jsonl", "media/letters", "media/documents")
WAYS = ("a byte flipped", "cut off", "gone")


def test_a_torn_or_altered_backup__is_refused_and_named(worked: Letter, elsewhere: Elsewhere, tmp_path: Path) -> None:
    """Each part in each way, before anything is touched."""
    backup, torn = tmp_path / "backup", tmp_path / "torn"
    take(backup)
    for part, how in product(PARTS, WAYS):
        shutil.copytree(backup, torn)
        path = next(path for path in sorted(torn.rglob("*")) if path.is_file() and part in str(path))
        _damage(path, how)
        with elsewhere.here():
            with pytest.raises(BackupUnusable, match=path.name):
                restore(torn, replace=True)
            assert connection.introspection.table_names() == []
        assert not elsewhere.media.exists()
        shutil.rmtree(torn)


def test_an_altered_backup__without_the_look_at_hashes__is_believed(
    worked: Letter, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: where only names are looked at, the flipped byte comes back as the letter."""
    take(tmp_path / "backup")
    path = next((tmp_path / "backup" / "media" / "letters").rglob("*.pdf"))
    _damage(path, "a byte flipped")
    monkeypatch.setattr("postpartum_portal.shared.backup.restoring.check_whole", lambda *_: None)

    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        with scopes_disabled():
            assert [found.what for found in check_all(now=clock.now())] == ["file"]


@pytest.mark.both_databases
@pytest.mark.parametrize("point", ["backup.after_file", *in_soak("backup.after_rows", "backup.before_rename")])
def test_a_killed_backup__is_no_backup__and_the_next_one_is(
    point: str, worked: Letter, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    to = tmp_path / "backup"
    assert killed_at(point, lambda: take(to)) == KILLED

    torso = next(tmp_path.glob(".backup.*.unfinished"))
    assert not to.exists()
    if point != "backup.before_rename":  # by then all is in it but its name
        with elsewhere.here(), pytest.raises(BackupUnusable, match="never finished"):
            restore(torso, replace=True)
    assert take(to).files == 2


@pytest.mark.both_databases
@pytest.mark.parametrize("point", ["restore.before_commit", *in_soak("restore.after_files", "restore.after_database")])
def test_a_killed_restore__leaves_the_old_database_or_the_new_one_with_all_held(
    point: str, worked: Letter, town: Any, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    take(tmp_path / "first")
    _post("later", town)
    take(tmp_path / "second")
    with elsewhere.here():
        restore(tmp_path / "first", replace=False)
        assert killed_at(point, lambda: restore(tmp_path / "second", replace=True)) == KILLED
        connection.close()

        new = point == "restore.after_database"
        assert Mail.objects.filter(key="later").exists() == new
        assert not Job.objects.filter(status__in=[Job.Status.QUEUED, Job.Status.RUNNING]).exists()
        assert planners_are_held()

        restore(tmp_path / "second", replace=True)
        assert Mail.objects.filter(key="later").exists()
        with scopes_disabled():
            assert list(check_all(now=clock.now())) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("held", [True, pytest.param(False, id="control")])
def test_after_a_restore__no_mail_goes_out_twice(
    held: bool,
    worked: Letter,
    town: Any,
    elsewhere: Elsewhere,
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Held is the promise; without it, the control, each comes twice."""
    _morning()
    _use_tomorrow(town)
    take(tmp_path / "backup")
    tasks.plan()  # the reminder of tomorrow's use: its key is not in the backup
    _work()
    sent = Counter(mailbox.ids())
    assert len(sent) >= 2
    assert set(sent.values()) == {1}

    if not held:
        monkeypatch.setattr(afterwards, "_rules", [])
    with elsewhere.here():
        restore(tmp_path / "backup", replace=False)
        _work()
        tasks.plan()
        _work()
        if held:
            release_planners()  # those of that morning are planned anew, and held
            _work()
            assert held_jobs().filter(queue="mail").count() == len(sent)
            (tmp_path / "log").write_text("\n".join(sent))
            call_command("jobs", sent=tmp_path / "log", stdout=_nowhere())
            call_command("jobs", release=True, yes=True, stdout=_nowhere())
            _work()
        again = Counter(mailbox.ids())

    assert set(again.values()) == ({1} if held else {2})
    assert again.keys() == sent.keys()


def test_hold_here__does_the_same_where_a_provider_restored(worked: Letter, town: Any, mailbox: Mailbox) -> None:
    """And what people do after it is told as ever, such as a code to sign in with."""
    _morning()
    _post("waits", town)
    with as_owner():
        hold_here(clock.now())
    assert not Job.objects.filter(status=Job.Status.QUEUED).exists()
    assert not NumberSeries.objects.filter(closed_at=None).exists()
    assert planners_are_held()

    _post("now", town)
    _work()
    assert len(mailbox.ids()) == 1


def test_release_planners__before_the_morning__is_refused(worked: Letter) -> None:
    _morning()
    clock.move_to(clock.now().replace(hour=6))
    with as_owner():
        hold_here(clock.now())
    with pytest.raises(TooEarly):
        release_planners()
    assert planners_are_held()


def test_backup__purged_meanwhile__is_listed__and_lost_before__is_told(
    worked: Letter, town: Any, settings: Any, tmp_path: Path
) -> None:
    """Of two papers one is taken back between rows and files; the letter's file was gone before."""
    document = upload(town, "taken back")
    Path(settings.MEDIA_ROOT, worked.__class__.objects.get(pk=worked.pk).storage_name).unlink()

    def take_back() -> None:
        Path(settings.MEDIA_ROOT, document.page_path(1)).unlink()
        type(document).objects.filter(pk=document.pk).delete()

    settings.FAILPOINTS = {"backup.after_rows": take_back}
    taken = take(tmp_path / "backup")

    assert [entry.split(":")[0] for entry in taken.purged] == [f"Document {document.pk}"]
    assert [entry.split(":")[0] for entry in taken.lost] == [f"Letter {worked.pk}"]
    assert folder.read_manifest(tmp_path / "backup")["purged"] == taken.purged


def _counts() -> dict[str, int]:
    with scopes_disabled():
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def _damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut off":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content[:9] + bytes([content[9] ^ 1]) + content[10:])


def _morning() -> None:
    clock.move_to((clock.now() + dt.timedelta(days=1)).replace(hour=10, minute=0))


def _use_tomorrow(town: Any) -> None:
    born, day = (clock.today() + dt.timedelta(days=days) for days in (-10, 1))
    entitlement = factories.EntitlementFactory(municipality=town, birth__born_on=born, birth__due_date=born)
    offering = Offering.objects.filter(service="day_service").order_by("pk")[0]
    factories.BookingFactory(
        municipality=town,
        entitlement=entitlement,
        facility=offering.facility,
        service="day_service",
        status="confirmed",
        first_day=day,
        last_day=day,
        units={},
    )


def _post(key: str, town: Any) -> None:
    mail.post("message_received", f"{key}@example.jp", key=key, at=clock.now(), municipality=town)


def _work() -> None:
    while tasks.sweep():
        pass


def _nowhere() -> Any:
    return StringIO()
