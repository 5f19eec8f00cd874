"""D4: what the suite writes into the log of events, the ledger and the queue is read for words: ids and codes only.

These rows stay when a person is erased, or are shown to operators, who see nobody's data. A code is ASCII without
blanks: what is Japanese, or several words, was typed by somebody; then there are mail addresses and telephone numbers.
What processes that tests start have written is read when the tables are emptied.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.apps import apps
from django.db.models.query import QuerySet
from django.db.models.sql import UpdateQuery

from tests.plugins.logs import PERSONAL, apart

HELD: Mapping[str, tuple[str, ...]] = {
    "shared.Event": ("verb", "subject_kind", "data"),
    "shared.Job": ("kind", "key", "queue", "last_error"),
    "shared.Mail": ("key", "kind", "message_id"),
    "shared.Export": ("sheet", "narrowed"),
    "applications.LedgerEntry": ("booking_number", "reason"),
}
"""Model → its fields in which a word could stand. A mail's own text is in none of them."""

CODE = re.compile(r"[\x21-\x7e]*")
OWN = re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}(?!\d)|^<[\w.-]+@[\w.-]+>$")
"""The number of a booking, of more figures than a telephone's, and a Message-ID, of random letters at our own host."""
_found: list[str] = []


def words_in(value: Any) -> Iterator[str]:
    """What is no code, of a text or of anything that JSON holds, keys too."""
    match value:
        case str():
            if not CODE.fullmatch(value) or PERSONAL.search(OWN.sub("", value)):
                yield value
        case Mapping():
            for key, item in value.items():
                yield from words_in(key)
                yield from words_in(item)
        case list() | tuple():
            for item in value:
                yield from words_in(item)


def look(label: str, values: Iterable[tuple[str, Any]]) -> None:
    _found.extend(f"{label}.{name}: {said!r}" for name, value in values for said in words_in(value))


def look_at_tables() -> None:
    """All that is in them: what other processes wrote."""
    for label, names in HELD.items():
        for row in apps.get_model(label)._base_manager.order_by("pk").values(*names):
            look(label, row.items())


def reading() -> AbstractContextManager[list[str]]:
    return apart(_found)


@pytest.fixture(autouse=True, scope="session")
def _what_is_written_is_read() -> Iterator[None]:
    insert: Any = QuerySet._insert  # type: ignore[attr-defined]
    update: Any = UpdateQuery.add_update_fields

    def inserted(self: Any, rows: Any, *args: Any, **more: Any) -> Any:
        if names := HELD.get(self.model._meta.label):
            for row in rows:
                look(self.model._meta.label, ((name, getattr(row, name)) for name in names))
        return insert(self, rows, *args, **more)

    def updated(self: Any, values: Any) -> Any:
        label = self.get_meta().label
        if names := HELD.get(label):
            values = list(values)
            look(label, ((field.name, value) for field, _, value in values if field.name in names))
        return update(self, values)

    QuerySet._insert = inserted  # type: ignore[attr-defined]
    UpdateQuery.add_update_fields = updated  # type: ignore[method-assign, assignment]
    yield
    QuerySet._insert = insert  # type: ignore[attr-defined]
    UpdateQuery.add_update_fields = update  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _no_words_among_the_codes() -> Iterator[None]:
    yield
    found, _found[:] = _found[:], []
    assert not found, "\n".join(["where ids and codes stand, somebody's words do:", *dict.fromkeys(found)])
