"""C3: a form that is sent twice, as the page of a failure offers, does its deed once.

Every address that takes a POST is sent what it takes, and half a minute later the same again. All rows of the tables
that the first wrote are compared, by how many there are and what is in them but for instants; what else the second
writes is named.
"""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction

from applications.services import screening
from tests.access.asking import ask_and_keep
from tests.access.matrix import Walker
from tests.access.rules import TABLE
from tests.access.test_undeclared import posts
from tests.access.world import NOW
from tests.access.writing import Statement, remembering, table_of
from tests.plugins.counted import Counted

AT = ("_at", "_until", "_after")
LATER = dt.timedelta(seconds=30)
Rows = dict[str, Counter[tuple[str, ...]]]
LOG = "shared_event"
SAME = "what is set stays as it is; the log says that it was set twice"
TOLD_AGAIN = {
    "/<slug:slug>/centre/cases/<slug:number>/told-birth/": SAME,
    "/<slug:slug>/centre/cases/<slug:number>/protection/": SAME,
    "/facility/capacity/rules/": SAME,
    "/facility/settings/payee/": SAME,
    "/facility/soundings/<int:pk>/yes/": "the facility may answer another day as long as nobody has chosen",
    "/facility/bookings/<slug:number>/receipts/<slug:receipt>/issue/": "each opening of a receipt is noted",
}
"""Address → why the second leaves a line in the log, and nothing else."""


def rows_of(tables: set[str]) -> Rows:
    """All but the instants: when something was saved last, or is over, may be later."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            instants = {place for place, column in enumerate(cursor.description) if column[0].endswith(AT)}
            found[table] = Counter(
                tuple(repr(value) for place, value in enumerate(row) if place not in instants)
                for row in cursor.fetchall()
            )
    return found


def post(where: str, session: str, data: dict[str, Any]) -> set[str]:
    """The tables that it writes."""
    found: list[Statement] = []
    with connection.execute_wrapper(remembering(found)):
        ask_and_keep("POST", where, session, data)
    return {table_of(sql) for sql, _ in found}


def doubled(walker: Walker, clock_at: Any, counts: Counter[str], *, every: int = 1) -> dict[str, list[str]]:
    """Address → tables that are not as they were after the first."""
    found = {}
    for address, where, session, good in posts(walker, every=every):
        clock_at.move_to(NOW)
        clock_at.shift(LATER)
        with transaction.atomic():
            tables = post(where, session, good)
            before = rows_of(tables)
            clock_at.shift(LATER)
            again = post(where, session, good)
            after = rows_of(tables)
            transaction.set_rollback(True)
        counts["addresses"] += 1
        counts["deeds done"] += bool(tables - {LOG})
        if more := sorted(again - tables) + [table for table in sorted(tables) if after[table] != before[table]]:
            found[address] = more
    return found


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)], ids=["a quarter", "all"])
def test_every_form__sent_twice__does_its_deed_once(
    every: int, walker: Walker, clock_at: Any, counted: Counted
) -> None:
    counts: Counter[str] = Counter()
    found = doubled(walker, clock_at, counts, every=every)
    counted("sent twice", dict(counts))
    assert {address: tables for address, tables in found.items() if set(tables) != {LOG}} == {}
    assert found.keys() <= TOLD_AGAIN.keys()
    assert counts["deeds done"] > 140 // every


def test_control__a_form_that_does_not_know_itself_again_is_found(
    walker: Walker, clock_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = "/<slug:slug>/centre/cases/<slug:number>/call/"
    monkeypatch.setattr("tests.access.test_undeclared.TABLE", {call: TABLE[call]})
    monkeypatch.setattr(screening, "_sent", lambda *_: None)
    assert doubled(walker, clock_at, Counter()) == {call: ["applications_phonecall", LOG]}
