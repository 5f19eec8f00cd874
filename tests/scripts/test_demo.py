"""`make demo` serves, refuses a second one, and leaves no process behind."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts import processes
from scripts.demo import only_one
from scripts.health import is_healthy
from tests.scripts.waiting import eventually

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.processes
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the demo's data, with a space in its name; filled by the first start."""
    return tmp_path_factory.mktemp("demo") / "data of demo"


@pytest.fixture
def filled(data: Path, start: Start) -> Path:
    """That folder as a demo left it."""
    if not (data / "portal.sqlite3").exists():
        demo = start(port=processes.free_port())
        read_until(demo, "Ctrl-C")
        processes.stop(demo)  # type: ignore[arg-type]
    return data


@pytest.fixture
def start(data: Path) -> Iterator[Start]:
    """Start the demo on a port; whatever is left of it ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def _start(*, port: int) -> subprocess.Popen[str]:
        demo = subprocess.Popen(
            [sys.executable, "-m", "scripts.demo"],
            cwd=ROOT,
            env={**os.environ, "DEMO_DIR": str(data), "PORT": str(port), "DATABASE_URL": "postgres://elsewhere/portal"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(demo)
        return demo

    yield _start
    for demo in started:
        with demo:
            processes.stop(demo)  # type: ignore[arg-type]


def read_until(demo: subprocess.Popen[str], words: str) -> str:
    """Answer what the demo has said up to the line with these words."""
    assert demo.stdout is not None
    said = []
    for line in demo.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
    pytest.fail(f"the demo ended without saying {words!r}:\n{''.join(said)}")


def children(pid: int) -> list[int]:
    """Answer the processes that this process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    """Tell whether a process still does something; one that waits to be buried does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (signal.SIGINT, 0),
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.soak),
        pytest.param(signal.SIGKILL, -9, marks=pytest.mark.soak),
    ],
)
def test_demo__serves_and_takes_its_processes_along(start: Start, end: signal.Signals, code: int) -> None:
    port = processes.free_port()
    demo = start(port=port)
    said = read_until(demo, "Ctrl-C")
    assert f"http://localhost:{port}/" in said
    assert "hanako@example.jp" in said
    assert is_healthy(port)
    family = children(demo.pid)
    family += [grandchild for child in family for grandchild in children(child)]
    assert len(family) >= 4  # web and worker, and the web's own two

    demo.send_signal(end)
    assert demo.wait(timeout=30) == code
    assert eventually(lambda: not any(map(is_alive, family)))


@pytest.mark.soak
def test_demo__stops_the_web_when_the_worker_dies(start: Start) -> None:
    port = processes.free_port()
    demo = start(port=port)
    read_until(demo, "Ctrl-C")
    _, worker = children(demo.pid)

    os.kill(worker, signal.SIGKILL)

    assert "The worker ended" in read_until(demo, "The worker ended")
    assert demo.wait(timeout=30) == 1
    assert not processes.answers(port)


@pytest.mark.soak
@pytest.mark.parametrize(
    "another_version",
    [
        "UPDATE eligibility_programmeversion SET text = replace(text, 'format: 1', 'format: 0')",
        # As it was before the first steps of a database were made one: docs/adr/0031.
        "UPDATE django_migrations SET name = '0001_initial' WHERE name = '0001_tables'",
    ],
    ids=["rules it cannot read", "tables it cannot change"],
)
def test_demo__starts_over_where_it_cannot_go_on_with_its_data(
    start: Start, filled: Path, another_version: str
) -> None:
    with closing(sqlite3.connect(filled / "portal.sqlite3")) as database, database:
        database.executescript(another_version)

    said = read_until(start(port=processes.free_port()), "Ctrl-C")

    assert "starting over" in said
    with closing(sqlite3.connect(filled / "portal.sqlite3")) as database:
        texts = [text for (text,) in database.execute("SELECT text FROM eligibility_programmeversion")]
    assert texts
    assert all("format: 1" in text for text in texts)


def test_demo__refuses_a_second_one_on_the_same_data(start: Start, data: Path) -> None:
    with only_one(data):  # as every demo does while it runs
        second = start(port=processes.free_port())
        read_until(second, "running already")
        assert second.wait(timeout=30) == 1
