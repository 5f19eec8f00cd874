"""Kodaira's file with something changed: its terms, or what is said about it."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility.engine import Terms
from eligibility.programmes import ProgrammeFileError, load_programme

FILE = Path(__file__).parents[3] / "fixtures/programmes/132110-kodaira-2024-08-23.yaml"
TEXT = FILE.read_text(encoding="utf-8")
DATA = yaml.load(TEXT, Loader=yaml.BaseLoader)  # noqa: S506 - a BaseLoader builds text only
LEAVE_OUT = object()


class _Dumper(yaml.CSafeDumper):
    """Writes a value again wherever it stands: files have no references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def edited(changes: dict[str, Any]) -> str:
    """The file with values set at paths such as `services.0.price.amount`; LEAVE_OUT takes a key away."""
    data = copy.deepcopy(DATA)
    for path, value in changes.items():
        *steps, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
        node = data
        for step in steps:
            node = node[step]
        if value is LEAVE_OUT:
            del node[last]
        elif isinstance(last, int) and last == len(node):
            node.append(value)
        else:
            node[last] = value
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


def terms(changes: dict[str, Any]) -> Terms:
    """The terms of the changed file, of which the examples no longer hold."""
    return load_programme(edited({"examples": [], **changes})).terms


def problems(text: str) -> list[tuple[str, str]]:
    """Key and sentence of all that is wrong with a text; every line reported is one on which such a key stands."""
    with pytest.raises(ProgrammeFileError) as caught:
        load_programme(text)
    lines = text.splitlines()
    for problem in caught.value.problems:
        line = lines[problem.line - 1].strip()
        named = re.match(r"(?:- )?['\"]?(.+?)['\"]?:", line)
        assert line.startswith("- ") or (named and named[1] in problem.key), f"{problem.key} on line {line}"
    return [(problem.key, problem.sentence) for problem in caught.value.problems]


def refused(passage: str, by: str) -> list[tuple[int, str, str]]:
    """Line, key and sentence of each problem of the file with one passage replaced."""
    assert passage in TEXT
    with pytest.raises(ProgrammeFileError) as caught:
        load_programme(TEXT.replace(passage, by, 1))
    return [(problem.line, problem.key, problem.sentence) for problem in caught.value.problems]


def line_of(passage: str) -> int:
    return TEXT[: TEXT.index(passage)].count("\n") + 1
