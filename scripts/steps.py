"""One timed command after another, and the report at the end."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

from scripts import processes


@dataclass(frozen=True)
class Step:
    """One command. `env` is laid over the environment; an empty value takes a name away."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How one step went."""

    name: str
    passed: bool
    seconds: float


def pytest_step(
    name: str, reports: Path, *options: str, env: Mapping[str, str] | None = None, under: tuple[str, ...] = ()
) -> Step:
    """Answer a pytest run that leaves its counts in the folder `reports`; `under` another tool: `coverage run -m`."""
    report = reports / f"{name.replace(' ', '-')}.xml"
    return Step(name, (sys.executable, "-m", *under, "pytest", f"--junit-xml={report}", *options), env or {})


def run(step: Step, environment: Mapping[str, str]) -> Result:
    """Run one step in the foreground."""
    print(f"\n── {step.name}", flush=True)
    merged = {name: value for name, value in {**environment, **step.env}.items() if value}
    began = monotonic()
    code = processes.run(step.command, env=merged)
    return Result(step.name, passed=code == os.EX_OK, seconds=monotonic() - began)


def report(results: Iterable[Result], reports: Path) -> None:
    """Print a line per step, and last the sum of all pytest runs as a test runner's closing line."""
    print("\n── seconds")
    for result in results:
        print(f"{result.seconds:8.1f}  {result.name}{'' if result.passed else '  FAILED'}")
    print(f"{sum(result.seconds for result in results):8.1f}  together", flush=True)
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
