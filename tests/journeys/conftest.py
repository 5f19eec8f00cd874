"""Browser, people and their given rows for the journeys."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import groupby

import pytest
from playwright.sync_api import Browser

from tests.processes.support.portal import Portal

from .browser import Window, chromium, open_window
from .inspection import Album, Seen
from .person import Person

Meet = Callable[..., Person]

LONGEST = (
    "test_first_journey",
    "test_stored_markup",
    "test_control__a_page_that_trusts",
    "test_last_bed",
    "test_month_end",
    "test_loss",
    "test_pages[kawasaki",
    "test_pages[zushi",
    "test_pages[okayama",
    "test_kodaira_visit",
    "test_nothing_lost",
    "test_booking__without_scripts",
    "test_pages",
)
"""Beginnings of names, the longest journey first; the others are shorter, or have no others to wait for."""


TOGETHER = "tests/journeys/test_stored_markup.py"
"""Its journeys share a world that takes ten seconds to make."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the journeys to the workers, who begin with a part of the list each: the longest first, by turns."""
    places = [place for place, item in enumerate(items) if item.get_closest_marker("journey")]
    hands = _dealt(sorted((items[place] for place in places), key=_rank))
    for place, item in zip(places, (item for hand in hands for item in hand), strict=True):
        items[place] = item


def _dealt(journeys: list[pytest.Item]) -> list[list[pytest.Item]]:
    """As many hands as workers, each as long as the part that xdist gives to one."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    sizes = [(len(journeys) + number) // workers for number in range(workers)]
    hands: list[list[pytest.Item]] = [[] for _ in sizes]
    turn = 0
    for _, group in groupby(journeys, key=lambda item: item.nodeid.startswith(TOGETHER) or item.nodeid):
        unit = list(group)
        roomy = [number for number in range(workers) if len(hands[number]) + len(unit) <= sizes[number]]
        turn = min(roomy or range(workers), key=lambda number: (number - turn) % workers)
        hands[turn] += unit
        turn += 1
    return hands


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, name in enumerate(LONGEST) if item.name.startswith(name)), len(LONGEST))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    return Album(tmp_path_factory.mktemp("screens"))


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What was looked at already: the page to sign in is the same in every journey."""
    own = tmp_path_factory.getbasetemp()
    return Seen((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "seen")


@pytest.fixture
def meet(portal: Portal, browser: Browser, album: Album, seen: Seen) -> Iterator[Meet]:
    """`meet("mother", PHONE, town="zushi")`: a person at a browser with a profile of her own."""
    people: list[Person] = []
    with ExitStack() as stack:

        def person(name: str, window: Window, *, town: str = Person.town, kind: type[Person] = Person) -> Person:
            context = stack.enter_context(open_window(browser, portal.origin, window))
            people.append(kind(name, context, window, portal.origin, album, seen))
            people[-1].town = town
            return people[-1]

        yield person
        for left in people:
            left.leaves()
