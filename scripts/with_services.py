"""Runs a command with a PostgreSQL and a Redis of its own, and always takes them away again.

    python -m scripts.with_services python -m pytest tests/applications

Both listen on free loopback ports and keep their files in a scratch folder under /tmp. A server that the environment
names already (DATABASE_URL, REDIS_URL) is used as it is.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts import processes

DATABASE = "portal"
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",  # races open 64 clients, beside the test workers and Celery
    "fsync": "off",  # the data is thrown away after the run
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "default_toast_compression": "lz4",  # tests write the programmes' texts thousands of times
}
REDIS_SETTINGS = {
    "bind": "127.0.0.1",
    "save": "",
    "appendonly": "no",
    "maxmemory-policy": "noeviction",
    "databases": "64",
}


@contextmanager
def services(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the environment with DATABASE_URL and REDIS_URL of running servers."""
    scratch = Path(tempfile.mkdtemp(prefix="portal-services-", dir="/tmp"))
    scratch.chmod(0o755)  # PostgreSQL runs as a user of its own
    try:
        with _postgres(environment, scratch) as database_url, _redis(environment, scratch) as redis_url:
            yield {**environment, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
    finally:
        shutil.rmtree(scratch)


@contextmanager
def _postgres(environment: Mapping[str, str], scratch: Path) -> Iterator[str]:
    if named := environment.get("DATABASE_URL"):
        yield named
        return
    bin_dir, data, port = _postgres_binaries(), scratch / "postgres", str(processes.free_port())
    user = _unprivileged_user(data)
    cluster = ["--username", DATABASE, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    _run_quietly([f"{bin_dir}/initdb", "--pgdata", str(data), *cluster], **user)
    settings = [part for name, value in POSTGRES_SETTINGS.items() for part in ("-c", f"{name}={value}")]
    server_command = [f"{bin_dir}/postgres", "-D", str(data), "-p", port, *settings]
    client = ["--host", "127.0.0.1", "--port", port, "--username", DATABASE]
    with _server("PostgreSQL", server_command, [f"{bin_dir}/pg_isready", *client], stop_signal=signal.SIGINT, **user):
        _run_quietly([f"{bin_dir}/createdb", *client, DATABASE])
        yield f"postgres://{DATABASE}@127.0.0.1:{port}/{DATABASE}"


@contextmanager
def _redis(environment: Mapping[str, str], scratch: Path) -> Iterator[str]:
    if named := environment.get("REDIS_URL"):
        yield named
        return
    port = str(processes.free_port())
    settings = [part for name, value in REDIS_SETTINGS.items() for part in (f"--{name}", value)]
    server_command = ["redis-server", "--port", port, "--dir", str(scratch), *settings]
    with _server("Redis", server_command, ["redis-cli", "-p", port, "ping"], stop_signal=signal.SIGTERM):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _server(name: str, command: list[str], ping: list[str], *, stop_signal: int, **user: Any) -> Iterator[None]:
    """Keep a server running for the block; its words are shown only when it does not start."""
    with tempfile.TemporaryFile() as log:
        process = processes.start(command, stop_signal=stop_signal, stdout=log, stderr=log, **user)
        try:
            processes.wait_until(lambda: _succeeds(ping), process, name=name, seconds=30)
            yield
        except processes.DidNotStart:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise
        finally:
            processes.stop(process, stop_signal=stop_signal)


def _postgres_binaries() -> str:
    """Answer the folder of the newest PostgreSQL server; Debian keeps it out of the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return str(versions[-1].parent)
    if initdb := shutil.which("initdb"):
        return str(Path(initdb).parent)
    raise SystemExit("PostgreSQL's server is not installed: run `make setup`.")


def _unprivileged_user(data: Path) -> dict[str, Any]:
    """Make the data folder and answer whom to run as: PostgreSQL refuses to run as root."""
    data.mkdir(mode=0o700)
    if os.geteuid() != 0:
        return {"cwd": data}
    account = pwd.getpwnam("postgres")
    os.chown(data, account.pw_uid, account.pw_gid)
    return {"cwd": data, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _run_quietly(command: list[str], **options: Any) -> None:
    try:
        subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    except subprocess.CalledProcessError as failure:
        raise SystemExit(f"{command[0]} failed:\n{failure.stdout}") from None


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def main(command: list[str]) -> int:
    """Run the command between the servers' start and end; answer its exit code."""
    if not command:
        print(__doc__)
        return 2
    processes.stop_on_signals()
    with services(os.environ) as environment:
        return processes.run(command, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
