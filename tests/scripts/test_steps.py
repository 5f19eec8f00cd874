"""The report of `make test` says truthfully how many tests ran."""

import sys
from pathlib import Path

import pytest

from scripts.steps import Result, Step, report, run

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def test_report__sums_the_tests_of_all_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.xml").write_text(REPORT.format(10, 1, 1, 2))
    (tmp_path / "two.xml").write_text(REPORT.format(5, 0, 0, 0))
    report([Result("one", passed=False, seconds=1.5), Result("two", passed=True, seconds=60)], tmp_path)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "11 passed, 2 failed, 2 skipped"
    assert any("one  FAILED" in line for line in lines)
    assert any("61.5  together" in line for line in lines)


def test_report__claims_no_tests_when_none_ran(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report([Result("ruff", passed=False, seconds=1)], tmp_path)
    assert "passed" not in capsys.readouterr().out


@pytest.mark.parametrize(("code", "passed"), [(0, True), (5, False)])
def test_run__tells_whether_a_step_passed(code: int, passed: bool) -> None:
    result = run(Step("exit", (sys.executable, "-c", f"raise SystemExit({code})")), {})
    assert result.passed is passed


def test_run__takes_away_what_the_step_empties(tmp_path: Path) -> None:
    code = "import os, sys; sys.exit('REDIS_URL' in os.environ or os.environ['NAME'] != 'value')"
    step = Step("look", (sys.executable, "-c", code), {"REDIS_URL": "", "NAME": "value"})
    assert run(step, {"REDIS_URL": "redis://localhost"}).passed
