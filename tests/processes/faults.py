"""The portal on servers of its own, for tests that freeze, kill and fill them. Fixtures; one of each for all of a run.

The test's own connection goes to that PostgreSQL too, so nothing of it is emptied: each deed has a family of its own.
"""

import os
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from postpartum_portal.shared.models import Job, Mail
from scripts import processes
from tests.plugins.published import write
from tests.plugins.rights import ASSUME
from tests.scripts.waiting import eventually

from .fault_deeds import People
from .support.faulty import MailServer, Postgres, Redis, SmallDisk
from .support.parts import Part, celery_worker, web_server


@dataclass
class Site:
    """`environment`: of its processes; `unguarded`: where a web server without any guard answers, for controls."""

    postgres: Postgres
    redis: Redis
    mail: MailServer
    disk: SmallDisk
    folder: Path
    environment: Mapping[str, str]

    unguarded: str
    stack: ExitStack
    _people: list[People] = field(default_factory=list)
    _worker: Part | None = None

    @property
    def origin(self) -> str:
        return self.environment["PORTAL_ORIGIN"]

    @property
    def people(self) -> People:
        if not self._people:
            self._people.append(People(Municipality.objects.get(slug="kodaira"), self.origin))
        return self._people[0]

    def keep_worker(self) -> None:
        """As a process manager does: Celery ends itself when Redis goes away while it acknowledges a task."""
        if self._worker is None or self._worker.process.poll() is not None:
            self._start_worker()

    def _start_worker(self) -> None:
        if self._worker:
            with suppress(ProcessLookupError):
                os.killpg(self._worker.process.pid, signal.SIGKILL)  # its beat may have stayed
        self._worker = self.stack.enter_context(celery_worker(self.environment, self.folder / "worker.log"))

    def assert_all_work_is_done(self, *, seconds: float = 60) -> None:
        """Each mail that was written is at the mail server, once."""
        left = Job.objects.exclude(status=Job.Status.DONE)

        def none_is_left() -> bool:
            self.keep_worker()
            return not left.exists()

        assert eventually(none_is_left, seconds=seconds), list(
            left.values_list("key", "status", "attempts", "last_error")
        )
        told, posted = self.mail.mailbox.ids(), set(Mail.objects.values_list("message_id", flat=True))
        assert set(told) == posted
        assert len(told) == len(posted)


@pytest.fixture(scope="session")
def fault_site(
    django_db_setup: None, django_db_blocker: Any, _published_rows: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """PostgreSQL with the published programmes, Redis, a mail server, web server and worker."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: the servers of this run are made after it")
    folder = tmp_path_factory.mktemp("faults")
    stack = ExitStack()
    postgres, redis, mail = Postgres(), Redis(folder), MailServer()
    disk = SmallDisk(folder / "disk")
    try:
        postgres.take_tables_of(connection.settings_dict)
        mail.serve()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.processes.fault_settings",
            "DATABASE_URL": postgres.url,
            "REDIS_URL": redis.url,
            "JOBS_WAKE": "postpartum_portal.shared.jobs.wake.by_celery",
            "MEDIA_ROOT": str(disk.folder / "media"),
            "TMPDIR": str(disk.folder),
            "PORTAL_ORIGIN": f"http://localhost:{processes.free_port()}",
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.port),
            "PYTHONWARNINGS": "default",
        }
        without = {**environment, "PORTAL_ORIGIN": f"http://localhost:{processes.free_port()}", "UNGUARDED": "1"}
        site = Site(postgres, redis, mail, disk, folder, environment, without["PORTAL_ORIGIN"], stack)
        with django_db_blocker.unblock():
            with _connected_to(postgres), scopes_disabled():
                write(_published_rows)
            with ThreadPoolExecutor(3) as pool:  # each takes seconds to start
                # either may be given all deeds of one instant: none shall wait for a thread
                web = web_server(environment, folder / "web.log", workers=2, threads=8)
                other = web_server(without, folder / "unguarded.log", threads=1)
                starting: list[Future[Any]] = [pool.submit(stack.enter_context, part) for part in (web, other)]
                starting.append(pool.submit(site.keep_worker))
                for started in starting:
                    started.result()
                yield site
    finally:
        stack.close()
        disk.close()
        mail.close()
        redis.kill()
        postgres.remove()


@pytest.fixture
def site(fault_site: Site, django_db_blocker: Any, settings: Any) -> Iterator[Site]:
    """With the test's own database connection to it."""
    settings.MEDIA_ROOT = fault_site.environment["MEDIA_ROOT"]
    settings.PORTAL_ORIGIN = fault_site.origin
    with django_db_blocker.unblock(), _connected_to(fault_site.postgres), scopes_disabled():
        yield fault_site


@pytest.fixture
def people(site: Site) -> People:
    return site.people


@contextmanager
def _connected_to(postgres: Postgres) -> Iterator[None]:
    usual = connection.settings_dict
    own = {name: usual[name] for name in (*postgres.settings, "OPTIONS")}
    without_role = {name: value for name, value in usual["OPTIONS"].items() if name != ASSUME}
    connection.close()
    usual.update({**postgres.settings, "OPTIONS": without_role})
    try:
        yield
    finally:
        connection.close()
        usual.update(own)
