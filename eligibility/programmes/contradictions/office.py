"""Contradictions about the days on which the office is open: counting working days must come to an end."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from eligibility.engine.working_days import in_season
from eligibility.programmes.contradictions.found import Found
from eligibility.programmes.schema import ProgrammeFile

WEEK = 7
A_YEAR = [date(2001, 1, 1) + timedelta(days=number) for number in range(365)]
"""Any year without a 29 February."""


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    """An office that never opens for a week on end may go years without a working day."""
    closed = file.office_days.closed if file.office_days else ()
    is_open = [not any(in_season(day, season) for season in closed) for day in A_YEAR]
    runs = [len(list(days)) for opened, days in groupby(is_open) if opened]
    if max(runs, default=0) < WEEK:
        yield ("office_days", "closed"), "1年のうち、7日つづけて開いている時がありません。開庁日が数えられません。"
