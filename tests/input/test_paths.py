"""Every argument of every address × what somebody may write there: nothing found, in words; never an error."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.db import connection

from facilities import converters
from tests.access.matrix import ARGUMENT, path_of
from tests.access.rules.outcomes import Line
from tests.access.world import World

from . import wire
from .asking import Asker, read, rotated

OF_KIND = {
    "int": ["0", "00001", "9" * 18, "9" * 19, "9" * 400, "1_0", *wire.PATHS],
    "slug": ["0", "R8-0001", "_", "-", "a" * 400, "None", *wire.PATHS],
    "str": ["0", "None", "' OR 1=1", "<script>", "%EF%BC%9D1", *wire.PATHS],
    "day": [
        "2026-02-29",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "1999-12-31",
        "2099-12-31",
        "2000-01-01",
        "%D9%A2%D9%A0%D9%A2%D9%A6-01-01",
    ],
    "month": ["2026-13", "0000-01", "9999-12", "2000-01", "2099-12", "1999-12", "２０２６-０１"],
}


def odd_paths(address: str, line: Line, world: World, at: int, each: int) -> Iterator[str]:
    """The address with one argument odd and the others in order; `each`: how many of its kind, 0 for all."""
    good = dict(zip([name for _, name in ARGUMENT.findall(address)], _arguments(address, line, world), strict=True))
    for kind, name in ARGUMENT.findall(address):
        values = OF_KIND[kind or "str"]
        for odd, _ in rotated([(value, "") for value in values], at, each or len(values)):
            yield ARGUMENT.sub(lambda found, odd=odd, name=name: odd if found[2] == name else good[found[2]], address)  # type: ignore[misc]


def _arguments(address: str, line: Line, world: World) -> tuple[str, ...]:
    pattern = ARGUMENT.sub("\x00", address)
    found = re.fullmatch(re.escape(pattern).replace("\x00", "([^/]+)"), path_of(address, line, world, "own"))
    assert found
    return found.groups()


def walk_arguments(asker: Asker, each: int) -> list[str]:
    """Each argument alone; where a page only reads, nothing is sent to it."""
    wrong, arguments = [], 0
    for at, (address, line, _) in enumerate(asker.lines):
        arguments += len(ARGUMENT.findall(address))
        for path in odd_paths(address, line, asker.world, at, each):
            arrived = unquote_to_bytes(path).decode("latin-1").replace("?", "")
            with read() as reading:
                answer = asker.gets(arrived, line)
                if answer.status_code == 405:
                    answer = asker.posts(arrived, line, {})
            if answer.status_code >= 500:
                wrong.append(f"{path[:120]}: {reading.broken}")
    print(*wrong, sep="\n")  # noqa: T201
    print("every argument:", len(asker.lines), "addresses", arguments, "arguments", asker.requests, "requests")  # noqa: T201
    return wrong


@pytest.mark.django_db
def test_every_argument__may_be_anything(world: World) -> None:
    asker = Asker(world)
    asker.lines = asker.lines[::2]
    assert not walk_arguments(asker, 1)
    assert asker.requests > 150


@pytest.mark.soak
def test_every_argument__may_be_everything(world: World) -> None:
    assert not walk_arguments(Asker(world), 0)


def test_control__a_view_that_takes_its_argument_as_it_comes_is_seen(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.input.careless"
    asker = Asker(world)
    asker.lines = [("/careless/<str:number>/", Line("public", words={"number": 1}), "/careless/1/")]
    wrong = walk_arguments(asker, 0)
    assert any("int() with base 10" in line for line in wrong)
    assert connection.vendor == "sqlite" or any("NUL" in line for line in wrong)


def test_control__without_the_bounds_of_the_century_days_at_the_end_of_time_break_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = Asker(world)
    asker.lines = [line for line in asker.lines if line[0].startswith("/facility/days/")]
    assert not walk_arguments(asker, 0)
    monkeypatch.setattr(converters, "FIRST_YEAR", 1)
    monkeypatch.setattr(converters, "LAST_YEAR", 9999)
    assert walk_arguments(asker, 0)
