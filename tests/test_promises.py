"""`docs/promises.md` and the tests say the same: each promise has a test and a control, and those named are there."""

import ast
import re
from functools import cache

import pytest

from tests import sources

PAGE = sources.ROOT / "docs" / "promises.md"
PROMISED = {"A": 8, "S": 4, "C": 4, "L": 5, "W": 6, "T": 2, "U": 3, "X": 3, "D": 5}
"""How many each letter has: access, sign-in, capacity, letters, work, time, files, input, data life."""
HEADING = re.compile(r"^### (?P<promise>[A-Z]\d) · ")
NAMED = re.compile(r"^- (?P<what>test|control): `(?P<path>[^:`]+)::(?P<name>\w+)`")


@cache
def named() -> dict[str, list[re.Match[str]]]:
    """The tests and controls that stand under the heading of each promise."""
    found: dict[str, list[re.Match[str]]] = {}
    promise = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := HEADING.match(line):
            promise = heading["promise"]
            found[promise] = []
        elif line.startswith("- ") and promise:
            match = NAMED.match(line)
            assert match, f"neither a test nor a control: {line}"
            found[promise].append(match)
    return found


@pytest.mark.parametrize("promise", [f"{letter}{n + 1}" for letter, many in PROMISED.items() for n in range(many)])
def test_a_promise__has_a_test_and_a_control(promise: str) -> None:
    assert {line["what"] for line in named().get(promise, [])} == {"test", "control"}


def test_every_test_that_is_named__is_there() -> None:
    missing = {
        f"{line['path']}::{line['name']}"
        for lines in named().values()
        for line in lines
        if line["name"] not in _tests_of(line["path"])
    }
    assert not missing


@cache
def _tests_of(path: str) -> set[str]:
    file = sources.ROOT / path
    functions = ast.walk(sources.tree(file)) if file.exists() else ()
    return {node.name for node in functions if isinstance(node, ast.FunctionDef)}
