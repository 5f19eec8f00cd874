"""The worked cases of every municipality, as each programme file carries them, come out as its office says."""

from typing import Any

import pytest

from eligibility.programmes import load_programme
from eligibility.programmes.examples import ExampleResult, run
from tests.eligibility.kodaira import ROOT

FILES = sorted((ROOT / "fixtures/programmes").glob("*.yaml"))
NUMBERS = {"132110": ("K", 16), "112020": ("G", 5), "141305": ("W", 11), "142085": ("Z", 6), "331007": ("O", 3)}
"""Municipality → letter and number of the cases it must have; it may have more."""


def results() -> list[Any]:
    return [
        pytest.param(result, id=f"{file.name.split('-')[1]}-{result.number.replace(' ', '_')}")
        for file in FILES
        for result in run(load_programme(file))
    ]


@pytest.mark.parametrize("result", results())
def test_worked_case__comes_out_as_the_office_says(result: ExampleResult) -> None:
    wrong = [f"{check.key}: {check.expected} ≠ {check.got}" for check in result.failed]
    assert not wrong, f"{result.scene} {result.given}"


@pytest.mark.parametrize(("code", "cases"), NUMBERS.items())
def test_programme_file__has_every_worked_case(code: str, cases: tuple[str, int]) -> None:
    letter, last = cases
    (file,) = [file for file in FILES if file.name.startswith(code)]
    numbers = {case.number.split()[0] for case in load_programme(file).cases}
    assert numbers >= {f"{letter}{number}" for number in range(1, last + 1)}
