"""Fixtures for tests with real processes. `portal` is the whole of it on the test database, started once a session."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from scripts import processes

from .environment import NotShareable, portal_environment, share_settings
from .mailbox import Mailbox, mail_server
from .parts import Part, any_worker, web_server
from .portal import Portal


@pytest.fixture(scope="session")
def process_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Uploads, letters and logs of the processes."""
    return tmp_path_factory.mktemp("processes")


@pytest.fixture(scope="session")
def mail_sink() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def process_environment(django_db_setup: None, process_folder: Path, mail_sink: Mailbox) -> dict[str, str]:
    """The environment of any process that shall work on the test database."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ports = {"web": processes.free_port(), "mail": mail_sink.port}
    try:
        return portal_environment(connection.settings_dict, folder=process_folder, number=number, **ports)
    except NotShareable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def web(process_environment: dict[str, str], process_folder: Path) -> Iterator[Part]:
    with web_server(process_environment, process_folder / "web.log") as part:
        yield part


@pytest.fixture(scope="session")
def worker(process_environment: dict[str, str], process_folder: Path) -> Iterator[Part]:
    with any_worker(process_environment, process_folder / "worker.log") as part:
        yield part


@pytest.fixture
def shared_settings(settings: Any, process_environment: dict[str, str]) -> None:
    share_settings(settings, process_environment)


@pytest.fixture
def portal(
    transactional_db: None,
    shared_settings: None,
    process_environment: dict[str, str],
    mail_sink: Mailbox,
    web: Part,
    worker: Part,
) -> Iterator[Portal]:
    """The running portal. Its tables are emptied after the test, when nothing is being done any more."""
    mail_sink.empty()
    running = Portal(process_environment["PORTAL_ORIGIN"], mail_sink, process_environment, (web, worker))
    yield running
    running.settle()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows the last words of its processes."""
    report = yield
    if report.failed and isinstance(running := item.funcargs.get("portal"), Portal):
        report.sections += [(f"log of the {part.name}", part.last_words()) for part in running.parts]
    return report
