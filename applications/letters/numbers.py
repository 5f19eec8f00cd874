"""Document numbers: gapless per municipality, fiscal year and series."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from applications.models import NumberSeries
from eligibility.public import Municipality
from postpartum_portal.shared import wareki
from postpartum_portal.shared.pdf import Unissuable

DECISIONS, APPLICATIONS = "decision", "application"
"""The series: decisions and the changes of them; applications as they come in."""
CLOSED = (
    "バックアップから戻したあとの確認が終わるまで、番号を止めています。"
    "運用の担当が、最後に出した番号を確かめて、再開します。それまで決定はできません。入れた内容は、この画面に残っています。"
)


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
        SeriesClosed: after a restore; nothing has happened.
    """
    if not connection.in_atomic_block:
        raise NumberOutsideTransaction
    year = wareki.fiscal_year(on)
    row = NumberSeries.objects.filter(municipality=municipality, fiscal_year=year, series=series)
    open_row = row.filter(closed_at=None)
    if not open_row.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(municipality=municipality, fiscal_year=year, series=series)
        if not open_row.update(last=F("last") + 1):
            raise SeriesClosed
    number = row.values_list("last", flat=True).get()
    return Number(year, series, number, number_label(municipality, year, str(number)))


def closed_words(municipality: Municipality) -> str:
    """What a page says before anything is pressed, while letters get no number there; "" else."""
    waiting = NumberSeries.objects.filter(municipality=municipality, series=DECISIONS, closed_at__isnull=False)
    return CLOSED if waiting.exists() else ""


def refuse_closed(municipality: Municipality, on: dt.date, series: str) -> None:
    """For whoever only looks, before anything is pressed.

    Raises:
        SeriesClosed: a number would be refused.
    """
    rows = NumberSeries.objects.filter(municipality=municipality, fiscal_year=wareki.fiscal_year(on), series=series)
    if rows.filter(closed_at__isnull=False).exists():
        raise SeriesClosed


def last_entered(municipality: Municipality, fiscal_year: int, series: str) -> int:
    """Of a series whose numbers stand on rows of their own: the last that an operator entered after a restore, else 0.

    Raises:
        SeriesClosed: nobody has entered it yet.
    """
    row = NumberSeries.objects.filter(municipality=municipality, fiscal_year=fiscal_year, series=series).first()
    if row and row.closed_at:
        raise SeriesClosed
    return row.last if row else 0


def number_label(municipality: Municipality, fiscal_year: int, number: str) -> str:
    """The number in the municipality's form; `number` may be words, for a preview."""
    return municipality.letter_number_format.format(year=wareki.fiscal_year_number(fiscal_year), number=number)


class SeriesClosed(Unissuable):
    """The database came from a backup, and nobody has yet said which numbers left the house since it was taken."""

    def __init__(self) -> None:
        super().__init__(CLOSED)


class NumberOutsideTransaction(Exception):
    """A number was to be taken outside the transaction that uses it."""
