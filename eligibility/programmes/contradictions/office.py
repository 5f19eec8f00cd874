"""Contradictions about the offices: an area of each, and days on which they are open at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from eligibility.engine.working_days import in_season
from eligibility.programmes.contradictions.found import Found, twice
from eligibility.programmes.schema import ProgrammeFile

WEEK = 7
A_YEAR = [date(2001, 1, 1) + timedelta(days=number) for number in range(365)]
"""Any year without a 29 February."""


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    yield from _areas(file)
    yield from _working_days(file)


def _areas(file: ProgrammeFile) -> Iterator[Found]:
    """A family is asked which of them is its own, so there must be a choice, and no area twice."""
    local = [number for number, entry in enumerate(file.offices) if entry.serves is not None]
    if len(local) == 1:
        yield (
            ("offices", local[0], "serves"),
            "地域ごとの窓口が1つしかありません。2つ以上の窓口に書くか、消してください。",
        )
    areas = [
        entry.serves if isinstance(entry.serves, str) else f"\0{number}" for number, entry in enumerate(file.offices)
    ]
    yield from twice(("offices",), "serves", areas)


def _working_days(file: ProgrammeFile) -> Iterator[Found]:
    """An office that never opens for a week on end may go years without a working day."""
    closed = file.office_days.closed if file.office_days else ()
    is_open = [not any(in_season(day, season) for season in closed) for day in A_YEAR]
    runs = [len(list(days)) for opened, days in groupby(is_open) if opened]
    if max(runs, default=0) < WEEK:
        yield ("office_days", "closed"), "1年のうち、7日つづけて開いている時がありません。開庁日が数えられません。"
