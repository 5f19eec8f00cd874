"""Markup that somebody has typed, wherever a word can stand, stays a word: on every page of every role and in mails."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.test.signals import template_rendered
from django.urls import path as at_path
from playwright.sync_api import Browser

from postpartum_portal.accounts.access import public
from postpartum_portal.shared.mail_html import as_html
from postpartum_portal.shared.models import Mail
from tests.access.asking import ask
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import ACTORS, REACHED, Line
from tests.access.world import NOW, TOWNS
from tests.plugins.rights import as_owner

from . import markup
from .browser import DESK, PHONE, open_window
from .browser import Window as Size
from .markup import LONG, ORIGIN, SHORT, wrong

pytestmark = pytest.mark.journey

SHORT_STEP = 3
LOOKED_FOR = "&".join(
    f"{name}={quote(LONG)}" for name in ("q", "name", "word", "next", "person", "kind", "sort", "day")
)
"""Behind each address: what may come back in a box, a heading or a link."""


@pytest.fixture
def clock_at() -> Iterator[Any]:
    """The world's day, though other journeys keep real time: no process but this one answers."""
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def planted(walker: Walker) -> int:
    cache.clear()
    with as_owner():
        return markup.plant()


@pytest.fixture
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[markup.Window]:
    size: Size = getattr(request, "param", PHONE)
    context = open_window(browser, ORIGIN, size)
    try:
        yield markup.Window(context)
    finally:
        context.close()


@contextmanager
def templates_of(found: set[str]) -> Iterator[None]:
    def note(template: Any, **_kwargs: Any) -> None:
        found.add(str(template.name))

    template_rendered.connect(note)
    try:
        yield
    finally:
        template_rendered.disconnect(note)


def pages(walker: Walker, every: str) -> Iterator[tuple[str, str, Line]]:
    """Who opens which address: each by the first whom it is open to or, in the town `every`, by all of them."""
    for address, line in islice(TABLE.items(), 0, None, 1 if every else SHORT_STEP):
        if every and line.town not in ("kodaira", every):
            continue
        seen_from = replace(line, town=every or line.town)
        readers = [actor for actor in ACTORS if line.expected(actor, "own", "GET") == REACHED]
        for actor in readers if every else readers[:1]:
            yield actor, path_of(address, seen_from, walker.world, "own"), seen_from


def walk(walker: Walker, window: markup.Window, *, every: str = "") -> tuple[list[str], int, int]:
    """What is wrong, how many pages were opened, and on how many of them markup stands as a word."""
    mistakes, seen, opened, shown = [], set[str](), 0, 0
    for actor, path, line in pages(walker, every):
        window.session = walker.session(line.town, actor)
        asked, found = f"{path}?{LOOKED_FOR}", set[str]()
        with templates_of(found):
            answer = ask("GET", asked, window.session)
        page = answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code != 302
        if not page or (found <= seen and not every):
            continue
        seen |= found
        window.ready[asked] = answer
        told = window.shows(asked)
        opened, shown = opened + 1, shown + told["shown"]
        mistakes += [f"{path} by {actor}: {mistake}" for mistake in wrong(told)]
    return mistakes, opened, shown


def test_stored_markup__runs_on_no_page(walker: Walker, planted: int, window: markup.Window) -> None:
    """Of every third address each template once, on a phone."""
    begun = time.monotonic()
    mistakes, opened, shown = walk(walker, window)

    seconds = time.monotonic() - begun
    print(f"{planted} fields planted, {opened} pages opened in {seconds:.0f} s, on {shown} of them it stands as a word")  # noqa: T201
    assert not mistakes
    assert planted > 1_000
    assert opened > 40
    assert shown > opened / 2


@pytest.mark.soak
@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("window", [PHONE, DESK], indirect=True, ids=["390", "1280"])
def test_stored_markup__runs_on_no_page_of_any_role(
    walker: Walker,
    planted: int,
    window: markup.Window,
    town: str,
) -> None:
    mistakes, opened, shown = walk(walker, window, every=town)

    print(f"{planted} fields planted, {opened} pages opened, on {shown} of them it stands as a word")  # noqa: T201
    assert not mistakes
    assert opened > 300
    assert shown > opened / 2


def test_stored_markup__runs_in_no_mail(walker: Walker, planted: int, window: markup.Window) -> None:
    """A mail has no policy of ours: what is in it runs or does not."""
    mails = {f"{mail.kind}": mail for mail in Mail.objects.all()}
    for kind, mail in mails.items():
        window.ready["/mail"] = HttpResponse(as_html(mail.subject, mail.text + LONG))
        told = window.shows("/mail")
        assert not list(wrong(told)), kind
        assert told["shown"]
    assert len(mails) > 3


# The control


@public
def careless(request: Any) -> HttpResponse:
    """A page that this portal does not have: it takes what was typed for markup."""
    return HttpResponse(Template("<main>{{ name|safe }}</main>").render(Context({"name": LONG})))


urlpatterns = [at_path("careless/", careless)]


@pytest.mark.django_db
def test_control__a_page_that_trusts_what_was_typed_is_told(window: markup.Window) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        answer = ask("GET", "/careless/", "")
    window.ready["/careless/"] = answer
    told = " ".join(wrong(window.shows("/careless/")))
    assert "elements or attributes" in told
    assert "the policy was broken" in told
    assert "a script ran" not in told

    del answer.headers["Content-Security-Policy"]
    window.ready["/careless/"] = answer
    told = " ".join(wrong(window.shows("/careless/")))
    assert "a script ran" in told
    assert "asks evil.test" in told
    assert SHORT in LONG
