"""Days and months as they stand in addresses. What is no day of this century is no page either."""

import datetime as dt

FIRST_YEAR, LAST_YEAR = 2000, 2099


class DayConverter:
    """`2026-03-11`"""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        day = dt.date.fromisoformat(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(value)
        return day

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


class MonthConverter:
    """`2026-04`: the first of the month."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return DayConverter().to_python(f"{value}-01")

    def to_url(self, value: dt.date) -> str:
        return f"{value:%Y-%m}"
