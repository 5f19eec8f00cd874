"""Document numbers: gapless per municipality, fiscal year and series."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from applications.models import NumberSeries
from eligibility.public import Municipality
from postpartum_portal.shared import wareki


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a letter and how the municipality writes it, as 7小健母第123号."""

    fiscal_year: int
    series: str
    number: int
    label: str


def take_number(municipality: Municipality, on: dt.date, series: str) -> Number:
    """The next number of the fiscal year of `on`, the decision's day in Tokyo.

    It is part of the caller's transaction: what is rolled back gives its number back, so there is no gap. Others who
    want a number of the series wait until that transaction ends; take it late.

    Raises:
        NumberOutsideTransaction: nothing could give the number back.
    """
    if not connection.in_atomic_block:
        raise NumberOutsideTransaction
    year = wareki.fiscal_year(on)
    row = NumberSeries.objects.filter(municipality=municipality, fiscal_year=year, series=series)
    if not row.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(municipality=municipality, fiscal_year=year, series=series)
        row.update(last=F("last") + 1)
    number = row.values_list("last", flat=True).get()
    return Number(year, series, number, number_label(municipality, year, str(number)))


def number_label(municipality: Municipality, fiscal_year: int, number: str) -> str:
    """The number in the municipality's form; `number` may be words, for a preview."""
    return municipality.letter_number_format.format(year=wareki.fiscal_year_number(fiscal_year), number=number)


class NumberOutsideTransaction(Exception):
    """A number was to be taken outside the transaction that uses it."""
