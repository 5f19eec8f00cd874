"""How much a test has walked, one line each at the end of the run: a walk that finds nothing must have seen a lot."""

from collections.abc import Callable
from typing import Any

import pytest

Counted = Callable[[str, object], None]
NAME = "counted"


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Counted:
    """`counted("access", found)`: said at the end, also by a worker."""

    def say(what: str, count: object) -> None:
        request.node.user_properties.append((NAME, f"{what}: {count}"))

    return say


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    lines = [said for report in reports for name, said in getattr(report, "user_properties", ()) if name == NAME]
    if lines:
        terminalreporter.section("counted")
        for line in lines:
            terminalreporter.line(line)
