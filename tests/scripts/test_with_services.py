"""Tests get a PostgreSQL and a Redis of their own, and nothing of them stays."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts import processes
from tests.scripts.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.processes
ASK_BOTH = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(*connection.execute("select current_setting('data_directory'), current_setting('lc_collate')").fetchone())
print(redis.from_url(os.environ["REDIS_URL"]).config_get("maxmemory-policy")["maxmemory-policy"])
"""
SAY_URLS = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], flush=True)"
STAY = "; import time; time.sleep(60)"


def with_services(code: str, **named: str) -> subprocess.Popen[str]:
    """Run Python code with services; `named` are those that the environment names already."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.with_services", sys.executable, "-c", code],
        cwd=ROOT,
        env={**inherited, **named},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_with_services__gives_both_servers_and_takes_them_away() -> None:
    with with_services(ASK_BOTH) as runner:
        said, _ = runner.communicate(timeout=60)
    data, collation, policy = said.split()
    assert runner.returncode == 0
    assert (collation, policy) == ("C.UTF-8", "noeviction")
    assert not Path(data).parent.exists()


def test_with_services__hands_on_the_exit_code() -> None:
    with with_services("raise SystemExit(7)") as runner:
        assert runner.wait(timeout=60) == 7


def test_with_services__leaves_named_servers_alone() -> None:
    named = {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere:6379/0"}
    with with_services(SAY_URLS, **named) as runner:
        said, _ = runner.communicate(timeout=60)
    assert said.split() == list(named.values())


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_with_services__stops_both_servers_when_it_is_stopped(end: signal.Signals) -> None:
    with with_services(SAY_URLS + STAY) as runner:
        ports = ports_of(runner)
        assert all(map(processes.answers, ports))
        os.killpg(runner.pid, end)  # the whole group, as a terminal does it
        assert runner.wait(timeout=30) != 0
    assert not any(map(processes.answers, ports))


def test_with_services__takes_everything_along_when_it_is_killed() -> None:
    with with_services(ASK_BOTH + SAY_URLS + STAY) as runner:
        assert runner.stdout is not None
        data = Path(runner.stdout.readline().split()[0])
        runner.stdout.readline()
        ports = ports_of(runner)
        runner.kill()
    assert eventually(lambda: not any(map(processes.answers, ports)))
    shutil.rmtree(data.parent)


def ports_of(runner: subprocess.Popen[str]) -> list[int]:
    """Answer the ports that SAY_URLS prints."""
    assert runner.stdout is not None
    return [urlsplit(url).port or 0 for url in runner.stdout.readline().split()]
