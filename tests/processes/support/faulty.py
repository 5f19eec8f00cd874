"""Servers of a test's own that may be frozen, filled up, killed and started again: PostgreSQL, Redis, a mail server."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import redis
from aiosmtpd.controller import Controller

from scripts import processes
from scripts.with_services import DATABASE, POSTGRES_SETTINGS, _postgres_binaries, _unprivileged_user
from tests.scripts.waiting import eventually

from .mailbox import Mailbox


class Server:
    """One process with its children, which stand still together."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes calls, as its kernel does, and never answers them."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def end(self, stop_signal: int) -> None:
        assert self.process
        self.process.send_signal(stop_signal)
        self.process.wait(60)

    def kill(self) -> None:
        """For good: nothing of it stays."""
        if self.process and self.process.poll() is None:
            self._signal(signal.SIGCONT)
            self._signal(signal.SIGKILL)
            self.process.wait(60)

    def _signal(self, number: int) -> None:
        """To the server first: it makes no more children then. PostgreSQL's have groups of their own."""
        assert self.process
        own = self.process.pid
        with suppress(ProcessLookupError):
            os.kill(own, number)
            for child in Path(f"/proc/{own}/task/{own}/children").read_text().split():
                with suppress(ProcessLookupError):
                    os.kill(int(child), number)


class Postgres(Server):
    """A cluster with one database, in which nothing is forced to the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.port = processes.free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="portal-faults-", dir="/tmp"))
        self._folder.chmod(0o755)  # PostgreSQL runs as a user of its own, who may not enter pytest's folders
        self._programs, self._data = _postgres_binaries(), self._folder / "postgres"
        self._user = _unprivileged_user(self._data)
        make = ["initdb", "--pgdata", str(self._data), "--username", DATABASE, "--auth", "trust", "--encoding", "UTF8"]
        self._run(*make, "--locale", "C.UTF-8", "--no-sync", **self._user)
        self.start()
        self._run("createdb", *self.client, DATABASE)

    @property
    def client(self) -> list[str]:
        return ["--host", "127.0.0.1", "--port", str(self.port), "--username", DATABASE]

    @property
    def settings(self) -> dict[str, Any]:
        """What of Django's settings names this database."""
        return {"HOST": "127.0.0.1", "PORT": self.port, "NAME": DATABASE, "USER": DATABASE, "PASSWORD": ""}

    @property
    def url(self) -> str:
        return f"postgres://{DATABASE}@127.0.0.1:{self.port}/{DATABASE}"

    def start(self, **more: str) -> None:
        # a commit outlives the server's processes, as everywhere; only the machine may not fall
        settings = {**POSTGRES_SETTINGS, "max_connections": "100", "synchronous_commit": "on", **more}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [f"{self._programs}/postgres", "-D", str(self._data), "-p", str(self.port), *options]
        with (self._folder / "log").open("ab") as log:
            self.process = processes.start(command, stderr=log, **self._user)
        ready = [f"{self._programs}/pg_isready", "--quiet", *self.client]
        processes.wait_until(
            lambda: not subprocess.run(ready, check=False).returncode, self.process, name="PostgreSQL", seconds=60
        )

    def restart(self, how: int = signal.SIGINT) -> None:
        """`pg_ctl restart -m fast`; with SIGQUIT `-m immediate`."""
        self.end(how)
        self.start()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._folder)

    def take_tables_of(self, other: Mapping[str, Any]) -> None:
        """All tables of another database, without their rows."""
        names = {"PGHOST": other["HOST"], "PGPORT": str(other["PORT"]), "PGUSER": other["USER"]}
        tables = subprocess.run(
            [
                f"{self._programs}/pg_dump",
                "--schema-only",
                "--no-owner",
                "--no-privileges",
                "--dbname",
                str(other["NAME"]),
            ],
            env={**os.environ, **names, "PGPASSWORD": other["PASSWORD"]},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        self._run("psql", "--quiet", "--no-psqlrc", *self.client, "--dbname", DATABASE, input=tables)

    def _run(self, program: str, *arguments: str, **options: Any) -> None:
        subprocess.run([f"{self._programs}/{program}", *arguments], check=True, stdout=subprocess.DEVNULL, **options)


class Redis(Server):
    """It keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.port, self._folder = processes.free_port(), folder
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        own = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder), "--save", ""]
        self.process = processes.start(["redis-server", *own], stdout=subprocess.DEVNULL)
        processes.wait_until(lambda: processes.answers(self.port), self.process, name="Redis", seconds=60)

    @contextmanager
    def full(self) -> Iterator[None]:
        """Of what it holds nothing is thrown away (noeviction), so it takes nothing new."""
        with redis.Redis(port=self.port) as control:
            control.config_set("maxmemory", "1")
            try:
                yield
            finally:
                control.config_set("maxmemory", "0")

    @contextmanager
    def killed(self) -> Iterator[None]:
        """Away in the block, and empty after it."""
        self.kill()
        try:
            yield
        finally:
            self.start()


class MailServer:
    """At one address, one after the other: nobody, somebody who takes calls and says nothing, a server."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._leave: Callable[[], object] = lambda: None

    @property
    def port(self) -> int:
        return self.mailbox.port

    def stall(self) -> None:
        self.close()
        listening = socket.create_server(("127.0.0.1", self.port), backlog=64)
        calls: list[socket.socket] = []

        def take() -> None:
            with suppress(OSError):
                while True:
                    calls.append(listening.accept()[0])

        taking = threading.Thread(target=take, daemon=True)
        taking.start()

        def leave() -> None:
            listening.shutdown(socket.SHUT_RDWR)
            taking.join()  # whom it takes last is closed too
            for each in (listening, *calls):
                each.close()

        self._leave = leave

    def serve(self) -> None:
        self.close()
        controller = Controller(self.mailbox, hostname="127.0.0.1", port=self.port)
        controller.start()
        self._leave = controller.stop

    def close(self) -> None:
        self._leave()
        self._leave = lambda: None


class SmallDisk:
    """A file system of some megabytes that can be filled up; where none may be mounted, a folder as any other."""

    def __init__(self, folder: Path, megabytes: int = 48) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)]
        self.is_small = subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode == 0

    @contextmanager
    def full(self) -> Iterator[None]:
        """To the last byte, also of what is deleted meanwhile."""
        filler, over = self.folder / "filler", threading.Event()
        with ThreadPoolExecutor(1) as pool:
            filling = pool.submit(_fill, filler, over)
            try:
                assert eventually(lambda: shutil.disk_usage(self.folder).free == 0)
                yield
            finally:
                over.set()
                filling.result()
                filler.unlink()

    def close(self) -> None:
        if self.is_small:
            subprocess.run(["umount", "--lazy", self.folder], check=False)


def _fill(filler: Path, over: threading.Event) -> None:
    with filler.open("wb", buffering=0) as file:
        while not over.is_set():
            try:
                file.write(b"\0" * 65_536)
            except OSError:
                over.wait(0.01)
