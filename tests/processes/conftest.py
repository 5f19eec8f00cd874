"""Where the races are run."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from eligibility.public import Municipality
from postpartum_portal.shared.tenancy import tenant
from scripts import processes
from tests.processes.faults import fault_site, people, site  # noqa: F401 - fixtures
from tests.processes.racing import needs_a_shared_database
from tests.processes.support.parts import PROJECT, web_server


@pytest.fixture
def town(kodaira: Municipality) -> Iterator[Municipality]:
    """Kodaira, in a database that every client of a race can see."""
    needs_a_shared_database()
    with tenant(municipality=kodaira.pk):
        yield kodaira


@pytest.fixture(scope="session")
def origin(process_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a web server of two processes answers a crowd."""
    own = {**process_environment, "PORTAL_ORIGIN": f"http://localhost:{processes.free_port()}"}
    with web_server(own, tmp_path_factory.mktemp("web") / "web.log", workers=2, threads=16):
        yield own["PORTAL_ORIGIN"]


@pytest.fixture(scope="session")
def crash_environment(process_environment: dict[str, str]) -> dict[str, str]:
    told = {name: value for name, value in process_environment.items() if value}
    return {**told, "DJANGO_SETTINGS_MODULE": "tests.processes.crash_settings"}


@pytest.fixture(scope="session")
def start_worker(crash_environment: dict[str, str]) -> Iterator[Callable[[str], int]]:
    """Start what `crash_worker` reads as a command, as a worker that dies at the named step; answer how it ended."""
    command = [sys.executable, "-m", "tests.processes.crash_worker"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=PROJECT, env=crash_environment, **pipes) as row_of_workers:

        def start(told: str) -> int:
            assert row_of_workers.stdin
            assert row_of_workers.stdout
            print(told, file=row_of_workers.stdin, flush=True)
            return int(row_of_workers.stdout.readline())

        yield start
        assert row_of_workers.stdin
        row_of_workers.stdin.close()
