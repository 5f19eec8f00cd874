"""L1, W1, W2: a letter survives the death of its worker at any step, a message that is never sent, an emptied Redis.

After each of them: one letter with one number, one whole file, one mail.
"""

import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import redis
from django_scopes import scopes_disabled

from applications.models import Letter
from applications.services.deciding import approve
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Job, Mail
from tests import factories
from tests.cases import FULL_GRANT, heard
from tests.processes.support.mailbox import Mailbox
from tests.processes.support.parts import PROJECT

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.usefixtures("shared_settings")]
STEPS = [
    pytest.param("letter.after_claim", marks=pytest.mark.soak),  # leaves what after_render leaves
    *(f"letter.{step}" for step in ("after_render", "after_file", "before_commit", "after_commit")),
]
KILLED = -9


@pytest.fixture
def decide(transactional_db: None, kodaira: Any, nurse: Any, decider: Any) -> Callable[[], Letter]:
    """Approve an application of a mother of its own, and answer its letter."""

    def approved() -> Letter:
        with scopes_disabled():
            application = heard(kodaira, nurse, household__citizen=factories.UserFactory())
            approve(application, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
            return Letter.objects.get(subject_id=application.pk)

    return approved


def _restart(start_worker: Callable[[str], int]) -> None:
    """Restart a worker; half a minute later on the portal's clock, all must be done."""
    _half_a_minute_passes()
    assert start_worker("") == 0
    assert not list(Job.objects.exclude(status=Job.Status.DONE).values_list("key", "status", "last_error"))


def _half_a_minute_passes() -> None:
    """Move the clock of all processes, by which a dead worker's lease runs out; nobody has to wait for it."""
    clock.move_to(clock.now() + dt.timedelta(seconds=30))


def _assert_one_whole_letter(letter: Letter, media: Path, mailbox: Mailbox) -> None:
    with scopes_disabled():
        issued = Letter.objects.select_related("citizen").get()
    assert issued.citizen
    assert (issued.pk, issued.status, issued.number) == (letter.pk, Letter.Status.ISSUED, 1)
    content = (media / issued.storage_name).read_bytes()
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == issued.sha256
    mailbox.take(issued.citizen.email, "お知らせがあります")
    assert not mailbox.holds(issued.citizen.email, "お知らせがあります")
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step__leaves_one_letter_with_one_number(
    step: str, decide: Any, start_worker: Any, mail_sink: Mailbox, crash_environment: dict[str, str]
) -> None:
    letter = decide()

    assert start_worker(step) == KILLED
    before = Letter.Status.ISSUED if step == "letter.after_commit" else Letter.Status.QUEUED
    with scopes_disabled():
        assert Letter.objects.get().status == before

    _restart(start_worker)
    _assert_one_whole_letter(letter, Path(crash_environment["MEDIA_ROOT"]), mail_sink)


@pytest.mark.soak
def test_a_worker_killed_again_and_again__still_leaves_one(
    decide: Any, start_worker: Any, mail_sink: Mailbox, crash_environment: dict[str, str]
) -> None:
    letter = decide()
    for step in ("letter.after_file", "letter.before_commit"):
        assert start_worker(step) == KILLED
        _half_a_minute_passes()
    _restart(start_worker)
    _assert_one_whole_letter(letter, Path(crash_environment["MEDIA_ROOT"]), mail_sink)


@pytest.mark.soak
def test_the_embedded_worker__killed_and_started_again_goes_on(
    decide: Any, mail_sink: Mailbox, crash_environment: dict[str, str]
) -> None:
    letter = decide()
    work = [sys.executable, "manage.py", "work", "--once"]
    dying = {**crash_environment, "FAILPOINT": "letter.before_commit"}
    assert subprocess.run(work, cwd=PROJECT, env=dying, check=False).returncode == KILLED

    _half_a_minute_passes()
    assert subprocess.run(work, cwd=PROJECT, env=crash_environment, check=False).returncode == 0
    _assert_one_whole_letter(letter, Path(crash_environment["MEDIA_ROOT"]), mail_sink)


def test_without_a_worker__a_letter_waits_and_nobody_is_told(decide: Any, mail_sink: Mailbox) -> None:
    """The control of all of the above: it is the sweep that brings a letter back, nothing else does."""
    decide()
    with scopes_disabled():
        assert Letter.objects.get().status == Letter.Status.QUEUED
    assert not Mail.objects.exists()


def test_a_message_that_cannot_be_sent__does_not_stop_the_decision(
    decide: Any,
    start_worker: Any,
    mail_sink: Mailbox,
    crash_environment: dict[str, str],
    settings: Any,
    monkeypatch: Any,
) -> None:
    def broker_is_away(*_: Any, **__: Any) -> None:
        raise ConnectionError("Redis is away")

    monkeypatch.setattr("postpartum_portal.shared.jobs.wake.run_job.apply_async", broker_is_away)
    settings.JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
    letter = decide()

    _restart(start_worker)
    _assert_one_whole_letter(letter, Path(crash_environment["MEDIA_ROOT"]), mail_sink)


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no Redis named")
def test_an_emptied_redis__loses_no_letter(
    decide: Any, start_worker: Any, mail_sink: Mailbox, crash_environment: dict[str, str], settings: Any
) -> None:
    broker = redis.Redis.from_url(os.environ["REDIS_URL"])
    broker.flushdb()
    settings.JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
    letter = decide()
    assert broker.llen("letters") == 1
    broker.flushdb()

    _restart(start_worker)
    _assert_one_whole_letter(letter, Path(crash_environment["MEDIA_ROOT"]), mail_sink)
