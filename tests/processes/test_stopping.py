"""Stopping keeps what is under way: a request gets its answer, a job its end. The controls pull the plug instead."""

import http.client
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection, transaction

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import enqueue
from postpartum_portal.shared.models import Job
from scripts import processes
from tests.plugins.rights import as_owner
from tests.processes.racing import needs_a_shared_database
from tests.processes.support.parts import Part, celery_worker, web_server
from tests.scripts.waiting import eventually

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_settings"),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a lock holds them up, as only PostgreSQL has"),
]


@pytest.fixture
def web(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Part]:
    needs_a_shared_database()
    own = {**process_environment, "PORTAL_ORIGIN": f"http://localhost:{processes.free_port()}"}
    with web_server(own, tmp_path / "web.log") as part:
        part.process.port = int(own["PORTAL_ORIGIN"].rpartition(":")[2])  # type: ignore[attr-defined]
        yield part


@contextmanager
def held_up(table: str) -> Iterator[None]:
    """Whoever asks this table waits until the block ends."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        yield


def waits_for(table: str) -> Callable[[], bool]:
    def is_so() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
            return bool(cursor.fetchone()[0])

    return is_so


def ask(port: int) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as browser:
        browser.request("GET", "/kodaira/", headers={"Host": "localhost"})
        return browser.getresponse().status


def under_way(web: Part, stop: Callable[[], object]) -> Future[int]:
    """A request that waits in the database while the server is stopped, and gets on once it is stopping."""
    port = web.process.port  # type: ignore[attr-defined]
    with ThreadPoolExecutor(1) as browser:
        with held_up("eligibility_municipality"):
            answer = browser.submit(ask, port)
            assert eventually(waits_for("eligibility_municipality"))
            stop()
            assert eventually(lambda: answer.done() or "Handling signal" in web.log.read_text())
        return answer


def test_request_under_way__gets_its_answer_though_the_server_stops(web: Part) -> None:
    answer = under_way(web, web.process.terminate)

    assert answer.result() == 404, "of no municipality: there is none"
    assert web.process.wait(30) == 0


def test_control__a_server_that_stops_at_once_leaves_the_request_without_an_answer(web: Part) -> None:
    answer = under_way(web, lambda: os.killpg(web.process.pid, signal.SIGKILL))

    assert isinstance(answer.exception(), OSError | http.client.HTTPException)


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no Redis named")
@pytest.mark.parametrize("graceful", [True, False], ids=["stops", "control"])
def test_job_under_way__is_finished_though_the_worker_stops(
    process_environment: dict[str, str], tmp_path: Path, graceful: bool
) -> None:
    """Killed, it stays begun until another finds its lease over: that it then converges, the letters' tests show."""
    with celery_worker(process_environment, tmp_path / "worker.log", beat=False) as worker:
        job = enqueue("clear_sessions", 0, at=clock.now())
        with held_up("django_session"):
            with Celery(broker=process_environment["REDIS_URL"], set_as_current=False) as sender:
                sender.send_task("postpartum_portal.shared.jobs.tasks.run_job", args=[job.pk], queue="default")
            assert eventually(waits_for("django_session"))
            if graceful:
                worker.process.send_signal(signal.SIGTERM)
                assert eventually(lambda: "shutdown" in worker.log.read_text().lower())
            else:
                os.killpg(worker.process.pid, signal.SIGKILL)
                worker.process.wait(30)
        if graceful:
            assert worker.process.wait(30) == 0
    job.refresh_from_db()
    assert job.status == (Job.Status.DONE if graceful else Job.Status.RUNNING)
