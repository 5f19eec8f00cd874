"""Controls of the walk's look at what answers carry: each page is answered to whom it should be, and holds what
it should not.
"""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from facilities import access as facility_access
from postpartum_portal.accounts import access
from postpartum_portal.shared import served
from tests.access import crawling, test_matrix
from tests.access.matrix import Found, Walker
from tests.access.rules import TABLE
from tests.access.rules.outcomes import REACHED
from tests.access.test_matrix import out_of_place
from tests.plugins.counted import Counted

CASES, LETTERS, CARE = "/<slug:slug>/centre/", "/<slug:slug>/centre/letters/", "/facility/bookings/<slug:number>/care/"
FILE = "/<slug:slug>/centre/office/import/template/"


def looked_at(planted: Walker, addresses: list[str], actor: str) -> Found:
    return planted.walk([(one, TABLE[one]) for one in addresses], methods=["GET"], actors=[actor], look=out_of_place)


@pytest.mark.parametrize(
    ("module", "addresses", "actor"),
    [(access, [CASES, LETTERS], "centre"), (facility_access, [CARE], "facility")],
    ids=["centre", "facility"],
)
def test_control__without_the_tenant_scope_words_of_others_are_seen_on_pages(
    module: Any, addresses: list[str], actor: str, planted: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not looked_at(planted, addresses, actor).seen
    monkeypatch.setattr(module, "tenant", lambda **_: scopes_disabled())
    found = looked_at(planted, addresses, actor)
    assert len(found.seen) >= len(addresses)
    assert actor == "facility" or not found.wrong, "no other test of the walk sees it"


@pytest.mark.parametrize(("actor", "every", "least"), [("mother", 1, 8), ("facility", 2, 5), ("centre", 6, 20)])
def test_control__her_own_words_would_be_seen_if_they_were_anothers(
    actor: str, every: int, least: int, planted: Walker, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the words do stand on the pages that she reaches, and the look reads those pages."""
    mine = [
        address
        for address, line in TABLE.items()
        if line.town == "kodaira" and line.rule != "public" and line.expected(actor, "own", "GET") == REACHED
    ]
    monkeypatch.setitem(crawling.NOT_HERS, ("kodaira", actor), ("kodaira" if actor == "centre" else actor,))
    found = looked_at(planted, mine[::every], actor)
    counted(f"own words of {actor}", f"{len(found.seen)} of {found}")
    assert len(found.seen) >= least


def test_control__a_file_that_is_not_listed_or_not_sealed_is_seen(
    planted: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not looked_at(planted, [FILE], "decider").seen
    monkeypatch.setattr(test_matrix, "SERVING", ())
    (said,) = looked_at(planted, [FILE], "decider").seen
    assert "sealing.py does not name it" in said
    monkeypatch.setattr(served, "SEALED", "default-src 'self'")
    assert any("its page may run something" in said for said in looked_at(planted, [FILE], "decider").seen)


def test_control__an_address_that_nobody_reaches_is_named(planted: Walker) -> None:
    assert looked_at(planted, [CASES], "mother").never_reached == {CASES}
    assert not looked_at(planted, [CASES], "centre").never_reached
