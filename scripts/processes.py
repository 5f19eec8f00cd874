"""Starts helper processes that never outlive the one that started them."""

import ctypes
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic, sleep
from typing import Any

PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies


class DidNotStart(Exception):
    """A process ended, or gave no sign of life in time; the message says which."""


def start(command: Sequence[str], *, stop_signal: int = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """Start a process that Ctrl-C does not reach (a group of its own); `stop_signal` ends it if this one is killed."""
    return subprocess.Popen(
        command,
        start_new_session=True,
        preexec_fn=partial(_die_with_parent, stop_signal),
        **options,
    )


def stop(process: subprocess.Popen[bytes], *, stop_signal: int = signal.SIGTERM, grace: float = 10) -> None:
    """Ask the process to end, and end it after `grace` seconds if it does not, or when a second signal comes meanwhile.

    What it started and left behind (a web server's workers) ends with it.
    """
    try:
        if process.poll() is None:
            process.send_signal(stop_signal)
            with suppress(subprocess.TimeoutExpired):
                process.wait(grace)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its own group, if it has one
        if process.poll() is None:
            process.kill()
            process.wait()


def run(command: Sequence[str], *, env: Mapping[str, str]) -> int:
    """Run a command in the foreground and answer its exit code; leaving early (a signal) ends the command too."""
    child = subprocess.Popen(command, env=env, preexec_fn=partial(_die_with_parent, signal.SIGTERM))
    try:
        return child.wait()
    except KeyboardInterrupt:  # Ctrl-C reached the command as well: let it say its last words
        _wait_quietly(child, seconds=10)
        raise
    finally:
        stop(child)


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], *, name: str, seconds: float) -> None:
    """Wait until the process serves; DidNotStart when it ends or stays silent."""
    deadline = monotonic() + seconds
    while not is_ready():
        if process.poll() is not None:
            raise DidNotStart(f"{name} ended at once (exit code {process.returncode}).")
        if monotonic() > deadline:
            raise DidNotStart(f"{name} did not answer within {seconds:.0f} seconds.")
        sleep(0.05)


def stop_on_signals() -> None:
    """Let SIGTERM and SIGHUP unwind the program as Ctrl-C does, so that everything started is stopped."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit it ignored
    for signal_number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signal_number, _exit_by_signal)


def free_port() -> int:
    """Answer a TCP port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Tell whether something accepts connections on the loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _die_with_parent(stop_signal: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, stop_signal)


def _wait_quietly(child: subprocess.Popen[bytes], *, seconds: float) -> None:
    try:
        child.wait(seconds)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        return


def _exit_by_signal(signal_number: int, _frame: object) -> None:
    raise SystemExit(128 + signal_number)
