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
NAMED = re.compile(r"^- (?P<what>test|control): `(?P<path>[^:`]+)::(?P<name>\w+)`(?P<more>.*)$")
SOAK = "pytest.mark.soak"


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


def test_every_test_that_is_named__is_there_and_stands_once_under_its_promise() -> None:
    assert not [line[0] for line in rows() if line["name"] not in _tests_of(line["path"])]
    for promise, lines in named().items():
        assert len({line[0] for line in lines}) == len(lines), promise


def test_a_row__says_soak_when_its_test_runs_nowhere_else() -> None:
    said = {line[0] for line in rows() if "(soak)" in line["more"]}
    assert said == {line[0] for line in rows() if _tests_of(line["path"]).get(line["name"])}


def test_a_control__is_called_so_or_the_row_says_where_it_stands() -> None:
    controls = [line for line in rows() if line["what"] == "control" and ", w" not in line["more"]]
    assert not [line[0] for line in controls if "control" not in _said(line["path"], line["name"])]


def rows() -> list[re.Match[str]]:
    return [line for lines in named().values() for line in lines]


@cache
def _tests_of(path: str) -> dict[str, bool]:
    """By name, whether it is of the soak alone."""
    marks = [line for line in getattr(_tree(path), "body", ()) if ast.unparse(line).startswith("pytestmark = ")]
    return {
        node.name: SOAK in map(ast.unparse, node.decorator_list) or SOAK in " ".join(map(ast.unparse, marks))
        for node in _functions(path)
    }


def _said(path: str, name: str) -> str:
    """Its name and the sentence under it."""
    node = next(node for node in _functions(path) if node.name == name)
    return f"{name} {ast.get_docstring(node)}"


@cache
def _functions(path: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef)]


def _tree(path: str) -> ast.AST:
    file = sources.ROOT / path
    return sources.tree(file) if file.exists() else ast.Module([], [])
