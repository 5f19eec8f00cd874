"""Runs groups of checks, each step timed. `make test` is `python -m scripts.checks lint types unit journey`.

All steps of a group run, so that every complaint of one kind shows at once; a group that failed is the last one.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from scripts import processes
from scripts.production_sample import production_sample
from scripts.steps import Result, Step, pytest_step, report, run
from scripts.with_services import services

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
ENGINE = "tests/eligibility/engine"
JOURNEYS = "tests/journeys"
ON_BOTH_CORES = ("-n", "2", "--dist", "worksteal")  # neighbours stay together, whoever is idle takes from the other
NEED_SERVICES = {"unit", "journey", "soak"}
BROWSER = {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}  # Playwright's sync API keeps an event loop in the test's thread


def lint(_: Path) -> list[Step]:
    """Style, layers, templates, migrations, and Django's own view of the production settings."""
    test = {"DJANGO_SETTINGS_MODULE": "postpartum_portal.settings.test", "DATABASE_URL": "sqlite://:memory:"}
    return [
        Step("ruff check", (PYTHON, "-m", "ruff", "check")),
        Step("ruff format", (PYTHON, "-m", "ruff", "format", "--check")),
        Step("import-linter", (str(Path(PYTHON).with_name("lint-imports")),)),
        Step("djlint", (PYTHON, "-m", "djlint", "templates", "--lint", "--quiet")),
        Step("makemigrations --check", (*MANAGE, "makemigrations", "--check", "--dry-run"), test),
        Step("check --deploy", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), production_sample()),
    ]


def types(_: Path) -> list[Step]:
    """Types of everything; pyproject.toml says where strictly."""
    return [Step("mypy", (PYTHON, "-m", "mypy", "."))]


def unit(scratch: Path) -> list[Step]:
    """All tests but the journeys on PostgreSQL and Redis, then what must hold on the embedded database too.

    The engine's own tests need neither: they run once, alone, and must walk every branch of it (pyproject.toml).
    """
    embedded, marked = _embedded(scratch), "both_databases and not journey"
    measured = embedded | {"COVERAGE_FILE": str(scratch / "coverage")}
    return [
        pytest_step("pytest on PostgreSQL", scratch, *ON_BOTH_CORES, f"--ignore={ENGINE}"),
        pytest_step("pytest on SQLite", scratch, *ON_BOTH_CORES, f"--ignore={ENGINE}", "-m", marked, env=embedded),
        pytest_step("engine alone", scratch, "-n", "0", ENGINE, env=measured, under=("coverage", "run", "-m")),
        Step("every branch of the engine", (PYTHON, "-m", "coverage", "report"), measured),
    ]


def journey(scratch: Path) -> list[Step]:
    """The journeys in a real browser; those marked for both databases on the embedded one as well."""
    return [
        pytest_step(
            "journeys on PostgreSQL", scratch, *ON_BOTH_CORES, JOURNEYS, "-m", "journey and not soak", env=BROWSER
        ),
        pytest_step(
            "journeys on SQLite",
            scratch,
            JOURNEYS,
            "-m",
            "journey and both_databases",
            env=BROWSER | _embedded(scratch),
        ),
    ]


def soak(_: Path) -> list[Step]:
    """What would make `make test` longer than fifteen minutes: the same ways at the other width, and once more."""
    return [Step("journeys once more", (PYTHON, "-m", "pytest", *ON_BOTH_CORES, JOURNEYS, "-m", "soak"), BROWSER)]


GROUPS: dict[str, Callable[[Path], list[Step]]] = {
    "lint": lint,
    "types": types,
    "unit": unit,
    "journey": journey,
    "soak": soak,
}


def main(names: list[str]) -> int:
    """Run the named groups in order; answer 0 when every step passed."""
    if not names or set(names) - GROUPS.keys():
        print(f"Name groups of checks: {' '.join(GROUPS)}")
        return os.EX_USAGE
    processes.stop_on_signals()
    environment: Mapping[str, str] = os.environ
    results: list[Result] = []
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-checks-")))
        for name in names:
            if name in NEED_SERVICES:
                environment = stack.enter_context(services(environment))
            results += [run(step, environment) for step in GROUPS[name](scratch)]
            if not all(result.passed for result in results):
                break
        report(results, scratch)
    return os.EX_OK if all(result.passed for result in results) else 1


def _embedded(scratch: Path) -> dict[str, str]:
    """Answer the environment of the embedded mode: a SQLite file and no Redis."""
    return {"DATABASE_URL": "", "REDIS_URL": "", "TEST_DATABASE_NAME": str(scratch / "portal.sqlite3")}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
