"""Runs the demo: database, sample people, web server and one worker, until Ctrl-C.

    python -m scripts.demo            keeps the data of the last time
    python -m scripts.demo --reset    deletes it first

PORT names the port of the web server; without it the first free one from 8000 on is taken. DEMO_DIR names the folder of
the data, var/demo by default.
"""

import argparse
import fcntl
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory

from scripts import processes
from scripts.health import is_healthy

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS = "postpartum_portal.settings.demo"
PORTS = range(8000, 8100)


@dataclass(frozen=True)
class Part:
    """One process of the demo, and the file that keeps what it prints."""

    name: str
    command: tuple[str, ...]
    log: Path


def main() -> int:
    """Prepare, start, say where, and wait for Ctrl-C or for a part to end; answer the exit code."""
    parser = argparse.ArgumentParser(description="Runs the portal's demo until Ctrl-C.")
    parser.add_argument("--reset", action="store_true", help="delete the demo's data first")
    reset = parser.parse_args().reset
    data = Path(os.environ.get("DEMO_DIR") or PROJECT / "var" / "demo").absolute()
    processes.stop_on_signals()
    with only_one(data):
        if reset:
            shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True, exist_ok=True)
        port = _choose_port(os.environ.get("PORT", ""))
        _set_environment(data, port)
        try:
            _prepare(data)
            return _serve(data, port)
        except KeyboardInterrupt:
            print("\nStopped. `make demo` goes on with the same data.")
            return 0


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data's lock: a reset must not pull it away from a running demo."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(f"{data.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"A demo with the data in {data} is running already. Stop it first.") from None
        yield


def _choose_port(wish: str) -> int:
    """Answer the wished port, or the first free one."""
    if not wish:
        return next(port for port in PORTS if not processes.answers(port))
    if not wish.isdecimal():
        raise SystemExit(f"PORT={wish} is not a number.")
    if processes.answers(int(wish)):
        raise SystemExit(f"Port {wish} is taken. Name another: make demo PORT=8080")
    return int(wish)


def _set_environment(data: Path, port: int) -> None:
    """Point this process and its children at the embedded database, whatever the shell names for other work."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DEMO_DIR": str(data),
        "PORTAL_ORIGIN": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def _prepare(data: Path) -> None:
    """Bring the database up to date; each command leaves alone what is there already."""
    django.setup()
    if not _can_go_on():
        print("Another version of the portal made this data, and this one cannot go on with it: starting over.")
        connections.close_all()
        shutil.rmtree(data)
        data.mkdir()
        call_command("migrate", verbosity=0)
    call_command("load_programmes")
    call_command("load_demo")


def _can_go_on() -> bool:
    """Whether this portal brings the data up to date, and reads the programmes under which its decisions were taken."""
    try:
        call_command("migrate", verbosity=0)
        call_command("check", tags=["programmes"], databases=["default"], stdout=io.StringIO())
    except (DatabaseError, InconsistentMigrationHistory, SystemCheckError):
        return False
    return True


def _serve(data: Path, port: int) -> int:
    """Run the parts until one ends (then the others are stopped too) or a signal arrives."""
    with ExitStack() as running:
        started = {running.enter_context(_running(part)): part for part in _parts(data, port)}
        web = next(iter(started))
        try:
            processes.wait_until(lambda: is_healthy(port), web, name="The web server", seconds=60)
        except processes.DidNotStart as failure:
            return _explain(str(failure), started[web])
        _welcome(data, port)
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        ended = next(part for process, part in started.items() if process.poll() is not None)
        return _explain(f"The {ended.name} ended, so the demo stops.", ended)


def _parts(data: Path, port: int) -> list[Part]:
    # Gunicorn's control socket would have one name for all instances on this machine.
    serve = ("-m", "gunicorn", "postpartum_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket")
    return [
        Part("web", (sys.executable, *serve, "--workers", "2", "--threads", "4"), data / "web.log"),
        Part("worker", (sys.executable, "manage.py", "work"), data / "worker.log"),
    ]


@contextmanager
def _running(part: Part) -> Iterator[subprocess.Popen[bytes]]:
    with part.log.open("wb") as log:
        process = processes.start(part.command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        processes.stop(process)


def _welcome(data: Path, port: int) -> None:
    print(f"\n産後ケアポータル  http://localhost:{port}/\n")
    call_command("demo_accounts")
    print(f"\nSign in as any of them, move the clock and read the mails: http://localhost:{port}/demo/")
    print(f"Logs are in {data}. Ctrl-C stops the demo.", flush=True)


def _explain(sentence: str, part: Part) -> int:
    lines = part.log.read_text(errors="replace").splitlines()[-20:]
    print("\n".join([sentence, f"The last lines of {part.log}:", *lines]), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
