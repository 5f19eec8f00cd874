"""Figures for operators: counted once however many processes count, told when the database is away, and of nobody."""

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from postpartum_portal.shared import clock, events, readiness
from postpartum_portal.shared.jobs import enqueue
from postpartum_portal.shared.management.commands import metrics as command
from postpartum_portal.shared.metrics import serving, watching
from postpartum_portal.shared.models import Job
from tests.factories import UserFactory
from tests.scripts.test_production_settings import started_with

COUNTER = "postpartum_portal.shared.metrics.middleware.CountRequests"


def counted(view: str, status: str) -> float:
    return REGISTRY.get_sample_value("portal_request_seconds_count", {"view": view, "status": status}) or 0


def figures(found: Any) -> dict[tuple[str, ...], float]:
    """By the name and the values of the labels, in alphabetical order."""
    samples = (sample for metric in found for sample in metric.samples)
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


# requests and deeds


@pytest.mark.django_db
def test_request__is_counted_by_its_page_and_never_by_its_address(client: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [COUNTER, *settings.MIDDLEWARE]
    before = counted("health", "2xx"), counted("", "4xx")
    for address in ("/health/?q=misaki", "/misaki/", "/misaki/misaki/misaki/misaki/"):
        client.get(address)

    assert (counted("health", "2xx"), counted("", "4xx")) == (before[0] + 1, before[1] + 1)
    assert b"misaki" not in generate_latest(REGISTRY)


@pytest.mark.django_db
def test_deed__is_counted_when_it_is_kept(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    who = UserFactory()
    with django_capture_on_commit_callbacks() as off:
        events.record("booking.requested", who, at=clock.now(), by_id=who.pk)
    assert off == []
    settings.METRICS_FOLDER = "somewhere"
    before = REGISTRY.get_sample_value("portal_deeds_total", {"deed": "booking"}) or 0
    with django_capture_on_commit_callbacks(execute=True):
        events.record("booking.requested", who, at=clock.now(), by_id=who.pk)
        events.record("booking.read", who, at=clock.now(), by_id=who.pk)
        assert (REGISTRY.get_sample_value("portal_deeds_total", {"deed": "booking"}) or 0) == before
    assert REGISTRY.get_sample_value("portal_deeds_total", {"deed": "booking"}) == before + 1


def test_several_processes__are_told_as_one_also_when_they_have_ended(tmp_path: Path) -> None:
    program = "from postpartum_portal.shared.metrics.counting import count_request as c; c('soaked', 200, 0.2)"
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    started = [subprocess.Popen([sys.executable, "-c", program], env=environment) for _ in range(2)]
    assert [process.wait() for process in started] == [0, 0]

    registry = CollectorRegistry()
    serving.count_together(registry, str(tmp_path))
    told = figures(registry.collect())
    assert told["portal_request_seconds_count", "2xx", "soaked"] == 2
    assert told["portal_request_seconds_bucket", "0.1", "2xx", "soaked"] == 0
    assert counted("soaked", "2xx") == 0, "the control: what one process knows by itself"


# what waits, and what is away


@pytest.mark.django_db
@pytest.mark.both_databases
def test_jobs__are_told_by_kind_and_state(clock_at: Any, media: Path) -> None:
    media.mkdir()
    now = clock.now()
    old = now - dt.timedelta(seconds=readiness.STALLED_AFTER_SECONDS + 1)
    for number, at in enumerate((old, now, now)):
        enqueue("send_mail", number, at=at)
    failed = enqueue("issue_letter", 1, at=old)
    Job.objects.filter(pk=failed.pk).update(status=Job.Status.FAILED, stopped_at=old)
    enqueue("issue_letter", 2, at=old)
    Job.objects.filter(kind="issue_letter", subject_id=2).update(status=Job.Status.DONE, done_at=now)

    told = figures(watching.asked(now))
    jobs = {key[1:]: number for key, number in told.items() if key[0] == "portal_jobs"}
    assert jobs == {("overdue", "send_mail"): 1, ("send_mail", "waiting"): 2, ("failed", "issue_letter"): 1}
    assert told["portal_oldest_due_job_seconds",] == readiness.STALLED_AFTER_SECONDS + 1
    assert told["portal_database_up",] == told["portal_migrations_applied",] == 1
    assert told["portal_files_free_bytes",] > 0


def test_database_and_files_that_are_away__are_told_over_the_wire(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "comes with the first file"

    def away() -> Any:
        raise DatabaseError

    monkeypatch.setattr(readiness, "_migrated", away)
    server, thread = serving.serve("127.0.0.1", 0, folder=None)
    try:
        with urlopen(f"http://127.0.0.1:{server.server_port}/metrics") as answer:
            said = answer.read().decode()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "\nportal_database_up 0.0\n" in said
    assert "portal_jobs" not in said
    assert "portal_files_free_bytes" not in said


# off, unless somebody asks for it


def test_production__counts_only_where_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert COUNTER not in started_with().MIDDLEWARE
    folder = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    assert started_with(**folder).MIDDLEWARE[0] == COUNTER

    with pytest.raises(ImproperlyConfigured, match="PROMETHEUS_MULTIPROC_DIR must be a folder"):
        started_with(PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "absent"))
    monkeypatch.setattr("postpartum_portal.settings.refusals.find_spec", lambda _: None)
    started_with()
    with pytest.raises(ImproperlyConfigured, match="extra `metrics` is not installed"):
        started_with(**folder)


def test_without_the_library__nothing_is_counted_and_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import sys; sys.modules['prometheus_client'] = None\n"
        "from postpartum_portal.shared.metrics.counting import AVAILABLE, count_deed, count_request\n"
        "count_request('home', 200, 0.2); count_deed('booking.requested'); sys.exit(AVAILABLE)"
    )
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0
    assert list(tmp_path.iterdir()) == []

    monkeypatch.setattr(command, "AVAILABLE", False)
    with pytest.raises(CommandError, match="not installed"):
        call_command("metrics")
