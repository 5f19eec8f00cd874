"""A span of days, both ends included, such as a fiscal year or some of its months."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from .wareki import TOKYO

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
"""Of a fiscal year, in its order."""


@dataclass(frozen=True, slots=True)
class Span:
    first: dt.date
    last: dt.date

    @property
    def begins(self) -> dt.datetime:
        """The first instant of it in Tokyo."""
        return dt.datetime.combine(self.first, dt.time(), TOKYO)

    @property
    def ends(self) -> dt.datetime:
        """The first instant after it."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), TOKYO)

    @property
    def months(self) -> tuple[dt.date, ...]:
        """The first day of each month that it touches."""
        return tuple(self._months())

    def month(self, first: str) -> "Span":
        """As much of it as lies in the month with that first day (ISO); all of it for ""."""
        if not first:
            return self
        month = dt.date.fromisoformat(first)
        return Span(max(month, self.first), min(next_month(month) - dt.timedelta(days=1), self.last))

    def _months(self) -> Iterator[dt.date]:
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = next_month(month)


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after that of `month`."""
    return (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def of_fiscal_year(year: int, begins: int = MONTHS[0], ends: int = MONTHS[-1]) -> Span:
    """From month `begins` to month `ends` (1 to 12) of the fiscal year that starts in April of `year`.

    An end before the beginning, in the order of the fiscal year, is the beginning's own month.
    """
    if MONTHS.index(ends) < MONTHS.index(begins):
        ends = begins
    first, last = (dt.date(year + (month < MONTHS[0]), month, 1) for month in (begins, ends))
    return Span(first, next_month(last) - dt.timedelta(days=1))
