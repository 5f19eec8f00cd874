"""What load balancers and watchers are told."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client

from postpartum_portal.shared import clock, readiness
from postpartum_portal.shared.jobs import enqueue

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise DatabaseError

    monkeypatch.setattr(readiness, "_migrated", away)


def told(client: Client) -> tuple[int, Any]:
    page = client.get("/health/ready/")
    return page.status_code, page.json()


def test_ready__when_the_database_is_there_and_nothing_lies_about(client: Client) -> None:
    status, said = told(client)

    assert (status, said["status"]) == (200, "ready")
    assert (said["database"], said["migrations"], said["oldest_due_seconds"]) == (True, True, 0)
    assert said["redis"] is None, "tests wake nobody"


def test_health__answers_though_the_database_is_away(client: Client, no_database: None) -> None:
    assert client.get("/health/").json() == {"status": "ok"}
    status, said = told(client)
    assert (status, said["status"]) == (503, "not ready")


def test_not_ready__until_the_migrations_are_applied(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_up_to_date", False)
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [("one", False)])
    assert told(client)[0] == 503

    monkeypatch.undo()
    assert told(client)[0] == 200, "asked again, not remembered"


def test_queue_that_nobody_works_on__is_told_and_keeps_nobody_from_the_pages(client: Client, clock_at: Any) -> None:
    enqueue("send_mail", 1, at=clock.now())
    clock_at.shift(dt.timedelta(seconds=readiness.STALLED_AFTER_SECONDS))
    assert told(client)[1]["status"] == "ready", "the control: so long it may lie"

    clock_at.shift(dt.timedelta(seconds=1))
    status, said = told(client)
    assert (status, said["status"], said["oldest_due_seconds"]) == (200, "queue stalled", 301)
    with pytest.raises(CommandError, match="due for 301 seconds"):
        call_command("check_ready", stdout=StringIO())


def test_redis_that_is_away__is_told_and_not_needed(client: Client, settings: Any) -> None:
    settings.JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # nobody listens there

    status, said = told(client)
    assert (status, said["status"], said["redis"]) == (200, "ready", False)


def test_check_ready__says_the_same_to_who_watches_a_worker(no_database: None) -> None:
    written = StringIO()
    with pytest.raises(CommandError, match="database is away"):
        call_command("check_ready", stdout=written)
    assert json.loads(written.getvalue())["database"] is False


def test_ready__costs_two_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/health/ready/")
    with django_assert_max_num_queries(2):
        client.get("/health/ready/")
    with django_assert_max_num_queries(0):
        client.get("/health/")
