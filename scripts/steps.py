"""One timed command after another, and the report at the end."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import STDOUT, Popen
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import IO
from xml.etree import ElementTree

from scripts import processes

CORES = 2
"""How many steps run side by side; the promise of fifteen minutes is one to a machine of two."""


@dataclass(frozen=True)
class Step:
    """One command. `env` is laid over the environment; an empty value takes a name away.

    One that keeps a single core busy may run `beside` others of its group; all others run alone, when those have ended.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False


@dataclass(frozen=True)
class Result:
    """How one step went."""

    name: str
    passed: bool
    seconds: float


def pytest_step(
    name: str,
    reports: Path,
    *options: str,
    env: Mapping[str, str] | None = None,
    under: tuple[str, ...] = (),
    beside: bool = False,
) -> Step:
    """Answer a pytest run that leaves its counts in the folder `reports`; `under` another tool: `coverage run -m`."""
    report = reports / f"{name.replace(' ', '-')}.xml"
    return Step(name, (sys.executable, "-m", *under, "pytest", f"--junit-xml={report}", *options), env or {}, beside)


def run(steps: Iterable[Step], environment: Mapping[str, str]) -> list[Result]:
    """Run the steps of a group in order: alone in the foreground, or two at a time, each printed when it ends."""
    results: list[Result] = []
    with ExitStack() as stack:
        running: list[_Running] = []
        for step in steps:
            while running and (not step.beside or len(running) == CORES):
                results.append(_first_to_end(running))
            if step.beside:
                running.append(stack.enter_context(_beside(step, _laid_over(environment, step))))
            else:
                results.append(_run_alone(step, _laid_over(environment, step)))
        while running:
            results.append(_first_to_end(running))
    return results


def _run_alone(step: Step, environment: Mapping[str, str]) -> Result:
    print(f"\n── {step.name}", flush=True)
    began = monotonic()
    code = processes.run(step.command, env=environment)
    return Result(step.name, passed=code == os.EX_OK, seconds=monotonic() - began)


@dataclass(frozen=True, eq=False)
class _Running:
    """A step that runs beside others; what it says is kept until it ends."""

    step: Step
    process: Popen[bytes]
    said: IO[bytes]
    began: float

    def result(self) -> Result:
        """Print what it said, and answer how it went."""
        seconds = monotonic() - self.began
        print(f"\n── {self.step.name}", flush=True)
        self.said.seek(0)
        print(self.said.read().decode(errors="replace"), end="", flush=True)
        return Result(self.step.name, passed=self.process.returncode == os.EX_OK, seconds=seconds)


@contextmanager
def _beside(step: Step, environment: Mapping[str, str]) -> Iterator[_Running]:
    """Start a step; leaving the block early ends it."""
    with TemporaryFile() as said:
        process = processes.start(step.command, env=environment, stdout=said, stderr=STDOUT)
        try:
            yield _Running(step, process, said, monotonic())
        finally:
            processes.stop(process)


def _first_to_end(running: list[_Running]) -> Result:
    """Wait for one of these, and take it out."""
    while not (ended := [one for one in running if one.process.poll() is not None]):
        sleep(0.05)
    running.remove(ended[0])
    return ended[0].result()


def _laid_over(environment: Mapping[str, str], step: Step) -> dict[str, str]:
    return {name: value for name, value in {**environment, **step.env}.items() if value}


def report(results: Iterable[Result], reports: Path, *, seconds: float) -> None:
    """Print a line per step, and last the sum of all pytest runs as a test runner's closing line."""
    print("\n── seconds")
    for result in results:
        print(f"{result.seconds:8.1f}  {result.name}{'' if result.passed else '  FAILED'}")
    print(f"{seconds:8.1f}  by the clock", flush=True)
    if counts := _count_tests(reports):
        print(f"\n{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped", flush=True)


def _count_tests(reports: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in reports.glob("*.xml"):
        for suite in ElementTree.parse(path).iter("testsuite"):  # noqa: S314  # pytest wrote it just now
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            counts += Counter(failed=failed, skipped=skipped, passed=int(suite.get("tests", 0)) - failed - skipped)
    return counts
