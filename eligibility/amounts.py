"""Which of the entered amounts count, and how the engine wants to see them."""

import datetime as dt
import math
from collections.abc import Iterable
from typing import TypeVar

from eligibility import engine

from .models import AmountRow, MunicipalAmount, Municipality

Row = TypeVar("Row", bound=AmountRow)


def entered_amounts(municipality: Municipality) -> tuple[engine.Entered, ...]:
    """What holds for the whole municipality."""
    return tuple(as_entered(row) for row in that_count(MunicipalAmount.objects.filter(municipality=municipality)))


def that_count(rows: Iterable[Row]) -> list[Row]:
    """Of rows with the same key, class and first day the one that counts; the latest first day of each key first.

    What staff entered counts before what a file says; of two alike, the one that came later. One that is not saved yet
    comes last.
    """
    said = {
        (row.key, row.household_class, row.starts_on): row
        for row in sorted(rows, key=lambda row: (row.entered_by_id is not None, row.pk or math.inf))
    }
    latest_first = sorted(said.values(), key=lambda row: row.starts_on or dt.date.min, reverse=True)
    return sorted(latest_first, key=lambda row: (row.key, row.household_class == "", row.household_class))


def as_entered(row: AmountRow) -> engine.Entered:
    return engine.Entered(
        key=row.key,
        amount=engine.Yen(row.amount),
        starts=row.starts_on,
        household_class=row.household_class,
        sample=row.sample,
        note=row.note,
    )
