"""For which months figures are asked, and the way to the cases behind one."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from postpartum_portal.shared import wareki
from postpartum_portal.shared.span import MONTHS, Span, of_fiscal_year

from .sheets import Cell

YEARS_BACK = 4
CODE = re.compile(r"[\w.,-]{1,60}", re.ASCII)
FILTERS = (
    "of",
    "month",
    "channel",
    "status",
    "outcome",
    "late",
    "ground",
    "taken_over",
    "pool",
    "service",
    "facility",
    "household",
    "reduced",
    "multiples",
    "older",
    "siblings",
    "unknown",
    "spent",
)


@dataclass(frozen=True, slots=True)
class Cases:
    """The address of cases, on whose page each sum stands under the name of its figure."""

    address: str

    def figure(self, value: int, name: str = "number") -> Cell:
        """A figure with the way to what it adds up; nothing leads nowhere."""
        return Cell(value, f"{self.address}#{name}" if value else "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A fiscal year (the western year in whose April it begins), or the months of it from `begins` to `ends`."""

    slug: str
    year: int
    begins: int
    ends: int
    today: dt.date

    @property
    def span(self) -> Span:
        return of_fiscal_year(self.year, self.begins, self.ends)

    @property
    def words(self) -> str:
        """令和8年度, 令和8年5月, 令和8年4月〜9月"""
        span = self.span
        if (self.begins, self.ends) == (MONTHS[0], MONTHS[-1]):
            return f"令和{wareki.fiscal_year_number(self.year)}年度"
        if len(span.months) == 1:
            return wareki.month(span.first)
        return f"{wareki.month(span.first)}〜{wareki.month(span.last)}"

    def narrowed_to(self, month: str) -> str:
        """The words for a list: its month (ISO, the first day) where it has one."""
        return wareki.month(dt.date.fromisoformat(month)) if month else self.words

    @property
    def years(self) -> list[tuple[int, str]]:
        """The latest first; the next one too, for what is booked ahead."""
        return [(year, f"令和{wareki.fiscal_year_number(year)}年度") for year in _offered(self.today)]

    @property
    def past_months(self) -> tuple[dt.date, ...]:
        """The first days of its months that have begun; of a span to come, all."""
        months = self.span.months
        return tuple(month for month in months if month <= self.today) or months

    @property
    def months(self) -> tuple[int, ...]:
        return MONTHS

    @property
    def query(self) -> str:
        return urlencode({"year": self.year, "begins": self.begins, "ends": self.ends})

    def cases(self, of: str, **chosen: object) -> Cases:
        """The way to some cases."""
        told = {key: value for key, value in chosen.items() if value not in (None, "")}
        address = reverse("pages:numbers_cases", kwargs={"slug": self.slug})
        return Cases(f"{address}?{self.query}&{urlencode({'of': of, **told})}")


def asked_of(given: Mapping[str, str], *, slug: str, today: dt.date) -> Asked:
    """What the address asks for; for anything that is not offered, the running fiscal year."""
    years = [str(year) for year in _offered(today)]
    months = [str(month) for month in MONTHS]
    year = given.get("year", "")
    begins, ends = given.get("begins", ""), given.get("ends", "")
    return Asked(
        slug,
        int(year) if year in years else wareki.fiscal_year(today),
        int(begins) if begins in months else MONTHS[0],
        int(ends) if ends in months else MONTHS[-1],
        today,
    )


def _offered(today: dt.date) -> range:
    """Fiscal years, the next one first."""
    this_year = wareki.fiscal_year(today)
    return range(this_year + 1, this_year - YEARS_BACK - 1, -1)


def chosen_of(given: Mapping[str, str]) -> dict[str, str]:
    """By what a figure was narrowed, as its link says it.

    Raises:
        Http404: no link of ours says so.
    """
    chosen = {key: given[key] for key in FILTERS if key in given}
    if not all(CODE.fullmatch(value) for value in chosen.values()) or not _is_month(chosen.get("month")):
        raise Http404
    return chosen


def _is_month(text: str | None) -> bool:
    try:
        return text is None or dt.date.fromisoformat(text).day == 1
    except ValueError:
        return False
