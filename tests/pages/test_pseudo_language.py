"""In a language whose every message stands in ⟦brackets⟧, a citizen's pages show no Japanese outside of them.

What is left then are words that are data: the municipality's own and the mother's, days of the Japanese calendar, and
the engine's sentences, which are the same for her, for staff and in letters.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, gettext_lazy

from eligibility.public import Municipality, programme_on
from postpartum_portal.shared import clock
from tests.applications.apply.conftest import Applicant, applicant
from tests.test_translation import JAPANESE

__all__ = ["applicant"]

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/kodaira/check/",
    "/kodaira/about/privacy/",
    "/kodaira/about/counselling/",
    "/nowhere/",
)
HERS = ("/kodaira/my/", "/kodaira/my/bookings/", "/kodaira/my/letters/", "/kodaira/my/messages/", "/accounts/2fa/")
CALENDAR = re.compile(r"(?:(?:明治|大正|昭和|平成|令和)\d+年|\d+年)?\d+月(?:\d+日)?(?:\([月火水木金土日]\))?")


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list such as 日,月,火 is split after it was translated: each of its words is a word."""

    def translated(message: str) -> str:
        return ",".join(f"⟦{part}⟧" for part in message.split(",")) if message else ""

    monkeypatch.setattr("django.utils.translation._trans.gettext", translated, raising=False)


def data(value: object) -> Iterator[str]:
    """Every text within the terms."""
    if isinstance(value, str):
        yield str(value)
    elif is_dataclass(value):
        for field in fields(value):
            yield from data(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from data(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from data(inner)


def outside(page: str, known: list[str]) -> list[str]:
    """Japanese that stands in no bracket and is not known as data."""
    text = html.unescape(re.sub(r"(?s)<script.*?</script>|<!--.*?-->", "", page))
    for word in known:
        text = text.replace(word, "")
    text = CALENDAR.sub("", re.sub(r"<(?!/?t)[a-z/][^>]*?>", lambda tag: tag.group().replace(">", " >"), text))
    before = ""
    while before != text:  # a message within another one's place
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return [line.strip() for line in text.splitlines() if JAPANESE.search(line)]


@pytest.fixture
def known(kodaira: Municipality, mother: Any) -> list[str]:
    programme = programme_on(kodaira, clock.today())
    words = {*data(programme.terms), kodaira.name, programme.title, mother.display_name}
    words |= {word for text in words for word in text.split()}
    return sorted((word for word in words if JAPANESE.search(word)), key=len, reverse=True)


def test_the_brackets__stand_around_every_message(bracketed: None) -> None:
    assert gettext("予約") == str(gettext_lazy("予約")) == "⟦予約⟧"
    assert outside("<p>⟦⟦手紙⟧を読む⟧ 小平市</p>", ["小平市"]) == []
    assert outside("<p>⟦手紙⟧を読む</p>", []) == ["<p >を読む</p >"]


@pytest.mark.usefixtures("bracketed")
def test_public_pages__are_made_of_messages(client: Client, known: list[str]) -> None:
    found = {address: outside(client.get(address).content.decode(), known) for address in PUBLIC}
    assert not {address: lines for address, lines in found.items() if lines}


@pytest.mark.usefixtures("bracketed")
def test_her_pages_and_her_application__are_made_of_messages(applicant: Applicant, known: list[str]) -> None:
    applicant.get("person")
    pages = [applicant.client.get(address) for address in HERS]
    pages += [
        applicant.get(step) for step in ("person", "birth", "condition", "consent")
    ]  # the others tell prices, in the engine's words
    found = {page.request["PATH_INFO"]: outside(page.content.decode(), known) for page in pages}
    assert not {address: lines for address, lines in found.items() if lines}
