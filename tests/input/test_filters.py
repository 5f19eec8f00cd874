"""Every address × whatever it reads of its query × odd values: an answer in words, never an error of the server."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from tests.access.world import World

from . import corpus
from .asking import PAGES, Asker, arriving, keep_page, read, rotated

pytestmark = [pytest.mark.both_databases]
ALWAYS = ("from", "next", "page", "anything")
"""Sent everywhere: some forms are bound only when anything was."""
Values = Sequence[tuple[str, str]]


def walk_queries(asker: Asker, values: Values, each: int, *, one_by_one: bool = False) -> list[str]:
    """NUL to all names that a view looks up, and `each` of the values, others at every address."""
    wrong, names_read = [], 0
    for at, (address, line, path) in enumerate(asker.lines):

        def sends(names: Sequence[str], said: str, value: str) -> set[str]:
            with read() as reading:
                answer = asker.gets(path, line, {name: [arriving(value)] for name in names})  # noqa: B023
            if answer.status_code >= 500:
                wrong.append(f"{address} {[*names]} {said}: {reading.broken}")  # noqa: B023
            if path not in PAGES:  # noqa: B023
                keep_page(path, answer)  # noqa: B023
            return reading.names

        names = sorted(sends(ALWAYS, "NUL", corpus.NUL))
        names_read += len(names)
        if names:
            sends(names, "NUL", corpus.NUL)
        for sent in rotated(values, at, each) if names else ():
            sends(names, *sent)
        for one in names if one_by_one else ():
            for sent in values:
                sends([one], *sent)
    print(*wrong, sep="\n")  # noqa: T201
    print("every query:", connection.vendor, len(asker.lines), "addresses", names_read, "names", end=" ")  # noqa: T201
    print(len(values), "values", asker.requests, "requests")  # noqa: T201
    return wrong


def test_every_address__answers_odd_queries(world: World) -> None:
    asker = Asker(world)
    assert len(asker.lines) > 250
    asker.lines = asker.lines[2 if connection.vendor == "sqlite" else 0 :: 4]  # together each second
    assert not walk_queries(asker, corpus.QUICK_VALUES, 1)
    assert asker.requests > len(asker.lines)


@pytest.mark.soak
def test_every_name_of_every_query__is_answered_whatever_it_says(world: World) -> None:
    assert not walk_queries(Asker(world), corpus.QUICK_VALUES, 5, one_by_one=True)


def test_control__a_view_that_takes_its_query_as_it_comes_is_seen(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.input.careless"
    asker = Asker(world)
    asker.lines = [("/careless/", asker.lines[0][1], "/careless/")]
    wrong = walk_queries(asker, corpus.QUICK_VALUES, 1, one_by_one=True)
    assert any("int() with base 10" in line for line in wrong)
    assert connection.vendor == "sqlite" or any("NUL" in line for line in wrong)
