"""Number series after a restore: closed, because letters may have left the house with numbers that no row knows.

An operator enters the last number that left; those between stand in the register as void, and the next one follows.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Model, QuerySet

from applications.models import Letter, NumberSeries
from eligibility.public import Municipality
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.backup.afterwards import Moments, after_restore, table

from .numbers import APPLICATIONS, DECISIONS, number_label

LOST = "復元で失われた番号"
AT_ONCE = 500


@after_restore
def close_series(moments: Moments) -> Iterator[str]:
    yield f"UPDATE {table(NumberSeries)} SET closed_at = {moments.sql(moments.restored_at)}"  # noqa: S608  # names of our own
    for name in (DECISIONS, APPLICATIONS):
        yield from close_years(name, moments)


def close_years(name: str, moments: Moments) -> Iterator[str]:
    """Also those that had no number yet: the first may have been given since, or a fiscal year have begun."""
    series, at = table(NumberSeries), moments.sql(moments.restored_at)
    for year in years(moments):
        yield (
            f"INSERT INTO {series} (municipality_id, fiscal_year, series, last, closed_at)"  # noqa: S608
            f" SELECT id, {year}, '{name}', 0, {at} FROM {table(Municipality)} AS town WHERE NOT EXISTS"
            f" (SELECT 1 FROM {series} AS given WHERE given.municipality_id = town.id"
            f" AND given.fiscal_year = {year} AND given.series = '{name}')"
        )


def years(moments: Moments) -> range:
    """The fiscal years that the lost time touches."""
    first, last = (wareki.fiscal_year(clock.day_of(when)) for when in (moments.taken_at, moments.restored_at))
    return range(first, last + 1)


def know_last(name: str, model: type[Model], moments: Moments) -> Iterator[str]:
    """For a series whose numbers stand on rows of `model` alone: what the backup knows is what an operator goes by."""
    series, rows = table(NumberSeries), table(model)
    for year in years(moments):
        known = (
            f"(SELECT COALESCE(MAX(number), 0) FROM {rows}"  # noqa: S608
            f" WHERE {rows}.municipality_id = {series}.municipality_id AND {rows}.fiscal_year = {year})"
        )
        yield (
            f"UPDATE {series} SET last = {known}"  # noqa: S608
            f" WHERE series = '{name}' AND fiscal_year = {year} AND last < {known}"
        )


def closed_series(municipality: Municipality | None = None) -> QuerySet[NumberSeries]:
    """Those that wait for an operator, of one municipality or of all."""
    rows = NumberSeries.objects.filter(closed_at__isnull=False).select_related("municipality")
    if municipality is not None:
        rows = rows.filter(municipality=municipality)
    return rows.order_by("municipality__slug", "fiscal_year", "series")


def reopen(row: NumberSeries, *, last: int, at: dt.datetime) -> int:
    """Go on after `last`, the last number that left the house; answers how many between are void as lost.

    Raises:
        NotThatNumber: the register itself has a higher one, or the series is open.
    """
    with transaction.atomic():
        locked = NumberSeries.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=row.pk)
        if locked.closed_at is None:
            raise NotThatNumber(f"{locked} is open already.")
        if last < locked.last:
            raise NotThatNumber(f"The register holds number {locked.last} of {locked.fiscal_year}/{locked.series}.")
        lost = last - locked.last
        if locked.series == DECISIONS:
            _void(locked, range(locked.last + 1, last + 1), at=at)
        NumberSeries.objects.filter(pk=row.pk).update(last=last, closed_at=None)
        events.record("series.reopened", locked, at=at, by_id=None, series=locked.series, last=last, lost=lost)
    return int(lost)


class NotThatNumber(Exception):
    """The series cannot go on after that number. The message says why."""


def _void(series: NumberSeries, numbers: range, *, at: dt.datetime) -> None:
    Letter.objects.bulk_create(
        (
            Letter(
                municipality=series.municipality,
                kind=Letter.Kind.LOST,
                subject_kind=Letter.Subject.NUMBER,
                subject_id=number,
                fiscal_year=series.fiscal_year,
                series=series.series,
                number=number,
                label=number_label(series.municipality, series.fiscal_year, str(number)),
                status=Letter.Status.VOID,
                snapshot={},
                created_at=at,
                void_reason=LOST,
                voided_at=at,
            )
            for number in numbers
        ),
        batch_size=AT_ONCE,
    )
