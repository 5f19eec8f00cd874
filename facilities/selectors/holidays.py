"""Public holidays by their names: 国民の祝日に関する法律, with substitutes (振替休日) and the days between two."""

import datetime as dt

import jpholiday


def holiday_name(day: dt.date) -> str:
    """春分の日; "" on every other day."""
    return str(jpholiday.is_holiday_name(day) or "")
