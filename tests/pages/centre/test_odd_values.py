"""Whatever is sent to the case's addresses is answered in words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from postpartum_portal.pages.centre.numbers.asked import FILTERS

from .desk import APPROVAL, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


@pytest.mark.parametrize("number", ["%00", "R7-0001%00", "%ED%A0%80", "9" * 400, "R7-0001%0A", "%F0%9F%A6%8A"])
def test_an_odd_number__is_no_page(application, nurse, number):
    client = Desk(nurse, application).client
    assert client.get(f"/kodaira/centre/cases/{number}/").status_code == 404
    assert client.post(f"/kodaira/centre/cases/{number}/call/", {"reached": "no"}).status_code == 404


ODD = ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "1_0", "９" * 40, "-1", "<script>alert(1)</script>", "𠮷", ""]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("form", ["call", "hearing", "decide"])
def test_forms__answer_odd_values_in_words(waiting, decider, odd, form):
    names = {"call": ["call_back_on", "call_back_time", "note", "reached"], "hearing": ["resident", "note", "consent"]}
    data = dict.fromkeys(names.get(form, list(APPROVAL)), odd)
    if form == "hearing":
        data["recommendation"] = odd
    answer = Desk(decider, waiting).send(form, data)
    assert answer.status_code in (200, 302)
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("odd", ODD)
def test_refusal__answers_odd_reasons_in_words(waiting, decider, odd):
    answer = Desk(decider, waiting).send("decide", {"outcome": "refuse", "reason": odd})
    assert answer.status_code in (200, 302)


NAMES = [
    *FILTERS,
    *("all", "begins", "desk", "ends", "from", "group", "kind", "list", "mine"),
    *("office", "page", "person", "q", "state", "user", "view", "who", "year"),
]
ONE_BY_ONE = [pytest.param([name], marks=pytest.mark.soak) for name in NAMES]


def lists(entries: Any = None, prefix: str = "/") -> Iterator[str]:
    """The addresses of the centre that name no row."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from lists(entry.url_patterns, address)
        elif isinstance(entry, URLPattern) and "/centre/" in address and address.count("<") == 1:
            yield address.replace(address[address.index("<") : address.index(">") + 1], "kodaira")


OF_EACH_KIND = ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "９" * 40, "9" * 5000, "2026-13"]
OTHERS = [pytest.param(odd, marks=pytest.mark.soak) for odd in [*ODD, "None"] if odd not in OF_EACH_KIND]


@pytest.mark.parametrize("odd", [*OF_EACH_KIND, *OTHERS], ids=lambda odd: ascii(odd)[:9])
@pytest.mark.parametrize("names", [NAMES, *ONE_BY_ONE], ids="-".join)
def test_lists__answer_odd_filters(waiting, decider, names, odd):
    client = Desk(decider, waiting).client
    pages = [*lists()]
    assert len(pages) > 20
    for page in pages:
        assert client.get(page, dict.fromkeys(names, odd)).status_code < 500
