"""The report of `make test` says truthfully how many tests ran."""

import sys
from pathlib import Path

import pytest

from scripts.steps import Result, Step, report, run

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def test_report__sums_the_tests_of_all_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.xml").write_text(REPORT.format(10, 1, 1, 2))
    (tmp_path / "two.xml").write_text(REPORT.format(5, 0, 0, 0))
    results = [Result("one", passed=False, seconds=1.5), Result("two", passed=True, seconds=60)]
    report(results, tmp_path, seconds=60.4)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "11 passed, 2 failed, 2 skipped"
    assert any("one  FAILED" in line for line in lines)
    assert any("60.4  by the clock" in line for line in lines)


def test_report__claims_no_tests_when_none_ran(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report([Result("ruff", passed=False, seconds=1)], tmp_path, seconds=1)
    assert "passed" not in capsys.readouterr().out


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize(("code", "passed"), [(0, True), (5, False)])
def test_run__tells_whether_a_step_passed(code: int, passed: bool, beside: bool) -> None:
    [result] = run([Step("exit", (sys.executable, "-c", f"raise SystemExit({code})"), beside=beside)], {})
    assert result.passed is passed


def test_run__takes_away_what_the_step_empties(tmp_path: Path) -> None:
    code = "import os, sys; sys.exit('REDIS_URL' in os.environ or os.environ['NAME'] != 'value')"
    step = Step("look", (sys.executable, "-c", code), {"REDIS_URL": "", "NAME": "value"})
    [result] = run([step], {"REDIS_URL": "redis://localhost"})
    assert result.passed


def test_run__side_by_side__lets_two_meet_and_the_next_one_come_after_both(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def waits_for(mine: str, other: str) -> Step:
        """Ends only when the other is there too, so they cannot run one after the other."""
        code = f"import pathlib, time; pathlib.Path({mine!r}).touch(); print({mine!r})\n"
        code += f"while not pathlib.Path({other!r}).exists(): time.sleep(0.01)"
        return Step(mine, (sys.executable, "-c", code), beside=True)

    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    both = "import pathlib, sys; sys.exit(not all(map(pathlib.Path.exists, map(pathlib.Path, sys.argv[1:]))))"
    last = Step("last", (sys.executable, "-c", both, one, two))

    results = run([waits_for(one, two), waits_for(two, one), last], {})

    assert all(result.passed for result in results)
    assert [result.name for result in results][-1] == "last"
    assert {one, two} <= set(capfd.readouterr().out.splitlines())  # what each said is printed whole
