"""Runs groups of checks, each step timed. `make test` is `python -m scripts.checks still unit journey`.

All steps of a group run, so that every complaint of one kind shows at once; a group that failed is the last one.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from scripts import processes
from scripts.production_sample import production_sample
from scripts.steps import Result, Step, pytest_step, report, run
from scripts.with_services import services

PYTHON = sys.executable
MANAGE = (PYTHON, "manage.py")
ENGINE = "tests/eligibility/engine"
JOURNEYS = "tests/journeys"
ON_BOTH_CORES = ("-n", "2", "--dist", "worksteal")  # neighbours stay together, whoever is idle takes from the other
ON_THREE = ("-n", "3", "--dist", "worksteal")  # a browser waits nearly half its time for servers, which wait for it
NEED_SERVICES = {"unit", "journey", "soak"}
NO_MIGRATIONS = "--no-migrations"  # some seconds a run; the one on PostgreSQL makes its database by them
# A browser may wait for ever: after five minutes the test fails, and has said where it stood.
BOUNDED = ("-o", "faulthandler_timeout=300", "-o", "faulthandler_exit_on_timeout=true")
SEARCH = "--hypothesis-profile=soak"
BROWSER = {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}  # Playwright's sync API keeps an event loop in the test's thread


def lint(_: Path) -> list[Step]:
    """Style, layers, templates, migrations, and Django's own view of the production settings."""
    test = {"DJANGO_SETTINGS_MODULE": "postpartum_portal.settings.test", "DATABASE_URL": "sqlite://:memory:"}
    return [
        Step("ruff check", (PYTHON, "-m", "ruff", "check"), beside=True),
        Step("ruff format", (PYTHON, "-m", "ruff", "format", "--check"), beside=True),
        Step("import-linter", (str(Path(PYTHON).with_name("lint-imports")),), beside=True),
        Step("djlint", (PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"), beside=True),
        Step("makemigrations --check", (*MANAGE, "makemigrations", "--check", "--dry-run"), test, beside=True),
        Step(
            "check --deploy",
            (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
            production_sample(),
            beside=True,
        ),
    ]


def types(_: Path) -> list[Step]:
    """Types of everything; pyproject.toml says where strictly."""
    return [Step("mypy", (PYTHON, "-m", "mypy", "."), beside=True)]


def engine(scratch: Path) -> list[Step]:
    """The engine's own tests need no server: they run once, alone, and must walk every branch (pyproject.toml)."""
    measured = _embedded(scratch) | {"COVERAGE_FILE": str(scratch / "coverage")}
    return [
        pytest_step(
            "engine alone", scratch, "-n", "0", ENGINE, env=measured, under=("coverage", "run", "-m"), beside=True
        ),
        Step("every branch of the engine", (PYTHON, "-m", "coverage", "report"), measured),
    ]


def still(scratch: Path) -> list[Step]:
    """All that needs no server, side by side; mypy takes longest, so it begins."""
    return [*types(scratch), *lint(scratch), *engine(scratch)]


def unit(scratch: Path) -> list[Step]:
    """All tests but the engine's and the journeys: on PostgreSQL and Redis, then what must hold on SQLite too."""
    embedded, marked = _embedded(scratch), "both_databases and not journey and not soak"
    return [
        pytest_step("pytest on PostgreSQL", scratch, *ON_BOTH_CORES, f"--ignore={ENGINE}"),
        pytest_step(
            "pytest on SQLite", scratch, *ON_BOTH_CORES, NO_MIGRATIONS, f"--ignore={ENGINE}", "-m", marked, env=embedded
        ),
    ]


def journey(scratch: Path) -> list[Step]:
    """The journeys in a real browser; those marked for both databases on the embedded one as well."""
    return [
        pytest_step(
            "journeys on PostgreSQL",
            scratch,
            *ON_THREE,
            *BOUNDED,
            NO_MIGRATIONS,
            JOURNEYS,
            "-m",
            "journey and not soak",
            env=BROWSER,
        ),
        pytest_step(
            "journeys on SQLite",
            scratch,
            *ON_THREE,
            *BOUNDED,
            NO_MIGRATIONS,
            JOURNEYS,
            "-m",
            "journey and both_databases and not soak",
            env=BROWSER | _embedded(scratch),
        ),
    ]


def soak(_: Path) -> list[Step]:
    """What would make `make test` longer than fifteen minutes: the long forms of races and crashes, and all journeys at
    both widths, with axe on every page."""
    thorough = BROWSER | {"EVERY_PAGE": "1"}
    long = (PYTHON, "-m", "pytest", "-o", "faulthandler_timeout=3600", f"--ignore={JOURNEYS}", SEARCH)
    return [
        Step("races and crashes", (*long, "-n", "0", "-m", "soak and processes")),
        Step("long walks", (*long, *ON_BOTH_CORES, "-m", "soak and not processes")),
        Step("every journey", (PYTHON, "-m", "pytest", *ON_BOTH_CORES, JOURNEYS, "-m", "journey or soak"), thorough),
    ]


GROUPS: dict[str, Callable[[Path], list[Step]]] = {
    "lint": lint,
    "types": types,
    "engine": engine,
    "still": still,
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
    began = monotonic()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-checks-")))
        for name in names:
            if name in NEED_SERVICES:
                environment = stack.enter_context(services(environment))
            results += run(GROUPS[name](scratch), environment)
            if not all(result.passed for result in results):
                break
        report(results, scratch, seconds=monotonic() - began)
    return os.EX_OK if all(result.passed for result in results) else 1


def _embedded(scratch: Path) -> dict[str, str]:
    """Answer the environment of the embedded mode: a SQLite file and no Redis."""
    return {"DATABASE_URL": "", "REDIS_URL": "", "TEST_DATABASE_NAME": str(scratch / "portal.sqlite3")}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
