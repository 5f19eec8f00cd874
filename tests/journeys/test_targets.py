"""What is pressed is 44 px high on a phone, on every page; what stands in a sentence keeps its line (WCAG 2.5.8)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import Browser

from tests.access.asking import ask
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import ACTORS, REACHED
from tests.access.world import NOW

from .browser import PHONE, open_window
from .markup import ORIGIN, Window

pytestmark = [pytest.mark.journey, pytest.mark.soak]

LOW = """() => {
    document.querySelectorAll('details').forEach(one => { one.open = true; });
    const found = [];
    for (const at of document.querySelectorAll('main a, main button, main summary')) {
        const box = at.getBoundingClientRect();
        if (!box.width || box.height >= 43.5 || at.closest('.vh') || !at.checkVisibility()) continue;
        const beside = at.parentElement.textContent.trim().length - at.textContent.trim().length;
        if (getComputedStyle(at).display !== 'inline' || beside <= 3)
            found.push(`${Math.round(box.height)} px: ${at.textContent.trim().slice(0, 30)}`);
    }
    return found;
}"""


@pytest.fixture
def clock_at() -> Iterator[Any]:
    """The world's day, though other journeys keep real time: no process but this one answers."""
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    context = open_window(browser, ORIGIN, PHONE)
    try:
        yield Window(context)
    finally:
        context.close()


def pages(walker: Walker) -> Iterator[tuple[str, str]]:
    """The session of the first who may read an address, and the path to her own object there."""
    for address, line in TABLE.items():
        readers = [actor for actor in ACTORS if line.expected(actor, "own", "GET") == REACHED]
        if readers and not address.startswith(("/demo/", "/accounts/")):
            yield walker.session(line.town, readers[0]), path_of(address, line, walker.world, "own")


def low(window: Window) -> list[str]:
    found: list[str] = window.page.evaluate(LOW)
    return found


def test_what_is_pressed__is_44_px_high_on_a_phone(walker: Walker, window: Window) -> None:
    cache.clear()
    found, looked = {}, 0
    for window.session, path in pages(walker):
        answer = ask("GET", path, window.session)
        if answer.status_code != HTTPStatus.OK or "html" not in answer.headers["Content-Type"]:
            continue
        window.ready[path] = answer
        window.shows(path)
        looked += 1
        if heights := low(window):
            found[path] = heights
    print(looked, "pages", *found.items(), sep="\n")  # noqa: T201
    assert looked > 150
    assert found == {}


def test_control__a_low_link_is_found(window: Window) -> None:
    window.page.set_content('<main><p>読む <a href="#a">きまりの文</a> も</p><div><a href="#b">一覧</a></div></main>')
    assert low(window) == [f"{low(window)[0].partition(' ')[0]} px: 一覧"]
