"""閉庁日 that a municipality's own staff entered, beside those of its programme file."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from eligibility.engine import ClosedDays, OfficeDays, Terms, is_working_day

from .programmes import Programme, stored_programme

A_YEAR = 366
MOST_DAYS = 60
"""So many days may be closed in all: counting working days must come to an end."""


def as_closed_days(rows: Iterable[Mapping[str, Any]]) -> tuple[ClosedDays, ...]:
    """What the JSON of a municipality says, in the order of the days."""
    read = (
        ClosedDays(row["label"], dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]), row["yearly"])
        for row in rows
    )
    return tuple(sorted(read, key=lambda days: (days.first, days.last, days.label)))


def as_rows(closed: Iterable[ClosedDays]) -> list[dict[str, Any]]:
    return [asdict(days) | {"first": days.first.isoformat(), "last": days.last.isoformat()} for days in closed]


def counting(programme: Programme, closed: tuple[ClosedDays, ...]) -> Programme:
    """The programme with these days closed as well, in both of its wordings."""
    if not closed:
        return programme
    return replace(programme, terms=_closing(programme.terms, closed))


@lru_cache(maxsize=64)
def programme_counting(text: str, closed: tuple[ClosedDays, ...]) -> Programme:
    """That of a stored version; each once, since terms are equal to themselves only."""
    return counting(stored_programme(text), closed)


def newly_closed(before: OfficeDays, after: OfficeDays, *, on: dt.date) -> list[dt.date]:
    """The working days of the year from `on` that are none any more."""
    year = (on + dt.timedelta(days=number) for number in range(A_YEAR))
    return [day for day in year if is_working_day(day, before) and not is_working_day(day, after)]


def _closing(terms: Terms, closed: tuple[ClosedDays, ...]) -> Terms:
    return replace(
        terms,
        office_days=replace(terms.office_days, entered=closed),
        after_loss=_closing(terms.after_loss, closed) if terms.after_loss else None,
    )
