"""A1, A2: every address × method × actor × object is decided by the rule that the table names, and by no other.

The short form asks every address by GET for every kind of people, and by POST for some; the soak by every method for
every object. On what comes, the walk looks for words of others (A3) and for files that are served as none may be (A8).
Each control switches one protection off: then the walk must find it.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django_scopes import scopes_disabled

from facilities import access as facility_access
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import ATTRIBUTE
from postpartum_portal.accounts.models import Membership
from tests.access.asking import ask, told
from tests.access.crawling import text_of, words_of_others
from tests.access.deeds import DEEDS
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import ACTORS, MARKS, REACHED, Line
from tests.access.table import page
from tests.access.world import World
from tests.files.sealing import SERVING, complaints, is_file
from tests.plugins.counted import Counted
from tests.sources import ROOT
from tests.test_architecture import views

ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PARTS = (
    ("public", "entry", "account", "citizen", "proxy", "document"),
    ("centre", "centre_reader", "decider"),
    ("facility_staff",),
)


def lines(*rules: str) -> list[tuple[str, Line]]:
    return [(address, line) for address, line in TABLE.items() if line.rule in rules]


# the table and the addresses are the same


def differences(known: dict[str, Any], table: dict[str, Line]) -> tuple[set[str], set[str]]:
    """Addresses without a rule, and rules without an address."""
    return set(known) - set(table), set(table) - set(known)


def test_table__has_a_line_for_every_address_and_no_other() -> None:
    assert differences(dict(views()), TABLE) == (set(), set())


def test_table__names_the_rule_that_stands_on_the_view() -> None:
    other = {
        address: mark
        for address, view in views()
        if (mark := getattr(view, ATTRIBUTE, None)) != MARKS.get(TABLE[address].rule, TABLE[address].rule)
    }
    assert set(other) == {"/accounts/email/"} & set(other)  # a redirect of Django's own


def test_table__gives_a_reason_for_every_exception() -> None:
    assert not [address for address, line in TABLE.items() if line.differs and not line.why]


def test_page__is_as_the_table_says() -> None:
    """`python -m tests.access.table > docs/access.md` after every change of the table."""
    assert (ROOT / "docs" / "access.md").read_text() == "\n".join(page())


def test_control__an_address_without_a_rule_and_a_rule_without_an_address_are_named() -> None:
    known = dict(views()) | {"/kodaira/new/": None}
    stale = TABLE | {"/kodaira/gone/": Line("centre")}
    assert differences(known, stale) == ({"/kodaira/new/"}, {"/kodaira/gone/"})


@pytest.mark.django_db
def test_control__an_argument_without_an_object_fails(world: World) -> None:
    with pytest.raises(LookupError):
        path_of("/<slug:slug>/centre/letters/<int:pk>/", Line("centre"), world, "own")
    with pytest.raises(LookupError):
        path_of("/<slug:slug>/centre/letters/<int:pk>/", Line("centre", {"pk": "no such"}), world, "own")


# the walk


NO_FILES = ("/accounts/", "/demo/")
"""Where what is no page is about nobody."""


def out_of_place(address: str, actor: str, path: str, answer: Any) -> Iterator[str]:
    """Words of others, on pages of whoever comes through; and what is wrong with a file."""
    line = TABLE[address]
    text = text_of(answer) + str(dict(answer.headers))
    yield from (f"{words} at {path}" for words in words_of_others((line.town, actor), path, text))
    if is_file(answer) and not path.startswith(NO_FILES):
        body = answer.content_read if answer.streaming else answer.content
        yield from (f"{actor} at {path}: {complaint}" for complaint in complaints(answer, body))
        if address not in SERVING:
            yield f"{path} serves a file, and sealing.py does not name it"


@pytest.mark.parametrize("rules", PARTS, ids=["citizens", "centre", "facility"])
def test_every_address__answers_each_actor_as_the_table_says(
    rules: tuple[str, ...], planted: Walker, counted: Counted
) -> None:
    found = planted.walk(lines(*rules), thorough=False, look=out_of_place)
    counted("access", found)
    assert not found.seen
    assert not found.wrong
    assert not found.told_apart
    assert not found.never_reached


@pytest.mark.soak
@pytest.mark.parametrize("rules", PARTS, ids=["citizens", "centre", "facility"])
def test_every_address__by_every_method_for_every_object(
    rules: tuple[str, ...], walker: Walker, counted: Counted
) -> None:
    found = walker.walk(lines(*rules), methods=ALL_METHODS)
    counted("access", found)
    assert not found.wrong
    assert not found.told_apart


SAMPLE = 60
"""Every so many-th address is asked by the methods that no page uses."""


@pytest.mark.parametrize("headers", [{}, {"hx_request": "true"}], ids=["plain", "htmx"])
def test_some_addresses__by_every_method(headers: dict[str, str], walker: Walker, counted: Counted) -> None:
    actors = ("anonymous", "mother", "centre", "auditor", "facility", "disabled")
    found = walker.walk(islice(TABLE.items(), 0, None, SAMPLE), methods=ALL_METHODS, actors=actors, headers=headers)
    counted("access", found)
    assert not found.wrong
    assert not found.told_apart


def test_an_object_that_a_form_names__of_anothers_is_as_none(walker: Walker) -> None:
    """Its key is no part of the address: a letter, a notice, a draft, a facility, a service."""
    apart, asked = [], 0
    for address, line in TABLE.items():
        for name, text in {**line.sends, **DEEDS.get(address, {})}.items():
            if str(text)[:1] != "@":
                continue
            own, others = (walker.world.of(line.town, side) for side in ("own", line.foreign_side))
            good = {key: own[said[1:]] if str(said)[:1] == "@" else said for key, said in line.sends.items()}
            actor = next(actor for actor in ACTORS if line.expected(actor, "own", "POST") == REACHED)
            where, session = path_of(address, line, walker.world, "own"), walker.session(line.town, actor)
            foreign, absent = (
                told(ask("POST", where, session, {**good, **DEEDS.get(address, {}), name: key}))
                for key in (others[text[1:]], 999_999_999)
            )
            asked += 1
            if foreign != absent:
                apart.append((where, name))
    assert not apart
    assert asked > 3


# controls: without the protection the walk finds it


def wrong(walker: Walker, *addresses: str, **how: Any) -> list[str]:
    return walker.walk([(address, TABLE[address]) for address in addresses], thorough=True, **how).wrong


CASE, LETTER, DECIDE = (
    f"/<slug:slug>/centre/{end}" for end in ("cases/<slug:number>/", "letters/<int:pk>/", "cases/<slug:number>/decide/")
)


@pytest.mark.django_db
def test_control__a_guard_that_lets_everybody_in_is_found(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"methods": ["GET"], "actors": ["mother", "decider elsewhere"]}
    assert not wrong(walker, CASE, DECIDE, **asked)
    monkeypatch.setattr(access, "Membership", AnyMembership)
    found = wrong(walker, CASE, DECIDE, **asked)
    assert any("by mother (own): reached, not nothing" in line for line in found)
    assert any("by decider elsewhere (own): reached, not nothing" in line for line in found)


class AnyMembership:
    """Whoever asks is a decider."""

    class objects:  # noqa: N801 - as on the model
        @staticmethod
        def filter(**_asked: Any) -> Any:
            return Membership.objects.filter(role="decider").order_by("pk")


def test_control__a_guard_that_does_not_ask_for_the_role_is_found(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Membership, "may_decide", property(lambda _self: True))
    monkeypatch.setattr(Membership, "may_change", property(lambda _self: True))
    found = wrong(walker, DECIDE, methods=["GET", "POST"])
    assert any("by centre (own): reached, not nothing" in line for line in found)
    assert any("by auditor (own): reached, not nothing" in line for line in found)


@pytest.mark.parametrize(
    ("module", "address", "actor"),
    [
        (access, LETTER, "centre"),
        (access, "/<slug:slug>/my/letters/<int:pk>/", "mother"),
        (facility_access, "/facility/bookings/<slug:number>/arrived/", "facility"),
    ],
    ids=["centre", "citizen", "facility"],
)
def test_control__without_the_tenant_scope_what_is_foreign_is_found(
    module: Any, address: str, actor: str, planted: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not wrong(planted, address, actors=[actor])
    monkeypatch.setattr(module, "tenant", lambda **_: scopes_disabled())
    found = planted.walk([(address, TABLE[address])], actors=[actor], look=out_of_place)
    assert any("(foreign): " in line for line in found.wrong)
    assert found.told_apart
