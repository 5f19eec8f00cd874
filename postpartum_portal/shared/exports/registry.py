"""Which tables can be had, and who gets which of their columns. Pages register them; nothing here knows them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from postpartum_portal.shared.models import Export
from postpartum_portal.shared.span import Span

from .cells import Value


@dataclass(frozen=True, slots=True)
class Column:
    """`value` reads one row. `roles` are those who get the column; None: whoever may have the table."""

    head: str
    value: Callable[[Any], Value]
    roles: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` gives what an export asks for, in its municipality's scope, as a stream.

    `columns` gives the columns for an export. `personal`: its rows are about people, and each is written down as read.
    `listed`: it is offered among the others; a table about one row is offered on that row's page.
    """

    code: str
    title: str
    hint: str
    columns: Callable[[Export], Iterable[Column]]
    rows: Callable[[Export], Any]
    personal: bool = True
    listed: bool = True


def span_of(export: Export) -> Span:
    """The days that were asked for."""
    return Span(*(dt.date.fromisoformat(export.narrowed[end]) for end in ("first", "last")))


_tables: dict[str, Table] = {}


def register(table: Table) -> None:
    _tables[table.code] = table


def table_of(code: str) -> Table:
    return _tables[code]


def tables() -> tuple[Table, ...]:
    """Those that are offered, in the order in which they were registered."""
    return tuple(table for table in _tables.values() if table.listed)
