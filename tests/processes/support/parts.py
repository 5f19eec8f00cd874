"""The portal's processes, each kept for a block: web server, Celery worker with beat, embedded worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from scripts import processes
from scripts.health import is_healthy
from tests.plugins.logs import told_of_people

PROJECT = Path(__file__).resolve().parents[3]
STARTS_WITHIN = 60.0
"""Seconds; on a machine that runs other things too."""
GONE_WITHIN = 30.0


@dataclass(frozen=True)
class Part:
    """One running process and the file that keeps what it says."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_words(self, lines: int = 40) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@contextmanager
def web_server(environment: Mapping[str, str], log: Path, *, workers: int = 1, threads: int = 8) -> Iterator[Part]:
    """Gunicorn at the environment's PORTAL_ORIGIN, as in production but for its settings."""
    port = int(environment["PORTAL_ORIGIN"].rpartition(":")[2])
    # Gunicorn's control socket would have one name for all instances on this machine.
    serve = ("gunicorn", "postpartum_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket")
    size = ("--workers", str(workers), "--threads", str(threads))
    with _running("web", ("-m", *serve, *size), environment, log, lambda: is_healthy(port)) as part:
        yield part


@contextmanager
def celery_worker(
    environment: Mapping[str, str], log: Path, *, concurrency: int = 2, beat: bool = True
) -> Iterator[Part]:
    """A Celery worker for all queues; with `beat` it also sends the periodic calls."""
    options = ["--queues", "letters,mail,default", "--concurrency", str(concurrency), "--loglevel", "WARNING"]
    if beat:
        options += ["--beat", "--schedule", str(log.with_suffix(".schedule"))]
    command = ("-m", "celery", "--app", "postpartum_portal", "worker", "--without-gossip", "--without-mingle", *options)
    with _running("worker", command, environment, log, lambda: _answers(environment["REDIS_URL"])) as part:
        yield part


@contextmanager
def beat(environment: Mapping[str, str], log: Path) -> Iterator[Part]:
    """A scheduler of its own, as in production. Its log says what it sent."""
    options = ("--schedule", str(log.with_suffix(".schedule")), "--loglevel", "INFO")
    command = ("-m", "celery", "--app", "postpartum_portal", "beat", *options)
    with _running("beat", command, environment, log, lambda: "Sending due task" in log.read_text()) as part:
        yield part


@contextmanager
def embedded_worker(environment: Mapping[str, str], log: Path) -> Iterator[Part]:
    """The worker of `make demo`. Ready when it has started: its rows wait for it."""
    with _running("worker", ("manage.py", "work"), environment, log, lambda: True) as part:
        yield part


@contextmanager
def any_worker(environment: Mapping[str, str], log: Path) -> Iterator[Part]:
    """Celery's where there is a Redis, else the embedded one."""
    start = celery_worker if environment["REDIS_URL"] else embedded_worker
    with start(environment, log) as part:
        yield part


@contextmanager
def _running(
    name: str, command: tuple[str, ...], environment: Mapping[str, str], log: Path, is_ready: Callable[[], bool]
) -> Iterator[Part]:
    with log.open("wb") as file:
        process = processes.start(
            (sys.executable, *command),
            cwd=PROJECT,
            env={key: value for key, value in environment.items() if value},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    part = Part(name, process, log)
    try:
        processes.wait_until(is_ready, process, name=f"The {name}", seconds=STARTS_WITHIN)
        yield part
    except processes.DidNotStart as failure:
        failure.add_note(part.last_words())
        raise
    finally:
        _end(process)
    if found := told_of_people(log.read_text(errors="replace").splitlines()):
        raise AssertionError("\n".join([f"the log of the {name} names people:", *found]))


def _end(process: subprocess.Popen[bytes]) -> None:
    """At once, with all its children: Celery takes seconds to say goodbye, and a test that waited has its answer."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(GONE_WITHIN)


def _answers(redis: str) -> bool:
    """Tell whether a Celery worker listens on this Redis; not if a line was cut that stood there before."""
    with Celery(broker=redis, set_as_current=False) as app, suppress(RedisError, OperationalError):
        return bool(app.control.ping(timeout=0.5))
    return False
