"""W2: Redis killed with -9 while a job runs and others wait in it, and started empty: each is done once, by the sweep.

The control stands in the same test: before the sweep is called, what was in Redis stays undone.
"""

import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from celery import Celery

from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.models import Job, Mail
from scripts import processes
from tests.processes.support.mailbox import Mailbox
from tests.processes.support.parts import celery_worker
from tests.scripts.waiting import eventually

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_settings"),
]
MAILS = 6
BROKER = "redis://127.0.0.1:{port}/0"


@pytest.fixture
def port(settings: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """Of a Redis that may be killed: nobody else's. This process wakes the worker through it."""
    number = processes.free_port()

    def wake(job_id: int, queue: str) -> None:
        _call(number, "run_job", job_id, queue=queue)

    settings.JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
    monkeypatch.setattr("postpartum_portal.shared.jobs.wake.by_celery", wake)
    return number


@pytest.fixture
def environment(process_environment: dict[str, str], port: int) -> dict[str, str]:
    slow = {"DJANGO_SETTINGS_MODULE": "tests.processes.slow_settings", "REDIS_URL": BROKER.format(port=port)}
    return {**process_environment, **slow}


def test_redis_killed_in_mid_work__each_mail_goes_out_once_and_only_the_sweep_brings_them_back(
    port: int, environment: dict[str, str], mail_sink: Mailbox, tmp_path: Path
) -> None:
    mail_sink.empty()
    with ExitStack() as stack:
        first = stack.enter_context(_redis(port, tmp_path))
        stack.enter_context(celery_worker(environment, tmp_path / "worker.log", concurrency=1, beat=False))
        _ask(*range(MAILS))
        assert eventually(lambda: _are("done") > 0 and _are("running") > 0)
        assert redis.Redis(port=port).llen("mail"), "others wait in Redis"
        first.kill()
        first.wait()

        stack.enter_context(_redis(port, tmp_path))
        assert not redis.Redis(port=port).llen("mail")
        _ask(MAILS)
        assert eventually(lambda: Job.objects.latest("pk").status == "done", seconds=60), "the worker is back"
        assert _are("running") == 0
        assert _are("queued") > 0, "the control: without a sweep, what was in Redis stays undone"

        _call(port, "sweep")
        assert eventually(lambda: _are("done") == MAILS + 1, seconds=60)
    assert Counter(mail_sink.ids()) == Counter(Mail.objects.values_list("message_id", flat=True))


def _call(port: int, task: str, *args: int, queue: str = "default") -> None:
    with Celery(broker=BROKER.format(port=port), set_as_current=False) as app:
        app.send_task(f"postpartum_portal.shared.jobs.tasks.{task}", args=args, queue=queue)


def _ask(*numbers: int) -> None:
    for number in numbers:
        mail.post("account/login_code", f"{number}@example.jp", key=f"{number}", at=clock.now(), code="1")


def _are(status: str) -> int:
    return Job.objects.filter(kind=mail.SEND_MAIL, status=status).count()


@contextmanager
def _redis(port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An empty one, which keeps nothing on disk."""
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    server = processes.start(command, stdout=subprocess.DEVNULL)
    try:
        processes.wait_until(lambda: processes.answers(port), server, name="Redis", seconds=30)
        yield server
    finally:
        processes.stop(server)
