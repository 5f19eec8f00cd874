"""Browser, people and their given rows for the journeys."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.processes.support.portal import Portal

from .browser import Window, chromium, open_window
from .inspection import Album, Seen
from .person import Person

Meet = Callable[..., Person]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    return Album(tmp_path_factory.mktemp("screens"))


@pytest.fixture(scope="session")
def seen() -> Seen:
    """What was looked at already: the page to sign in is the same in every journey."""
    return Seen()


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
