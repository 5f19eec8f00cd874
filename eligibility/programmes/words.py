"""A value of a programme file in the office's words: はい for true, 5,000円 for 5000, the label for a code."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time

from eligibility.programmes.labels import Spot
from postpartum_portal.shared import wareki

NOT_PUBLISHED = "公表されていません: "
YES_NO = {"true": "はい", "false": "いいえ"}
Names = Mapping[str, str]
"""Code → what the file calls it."""


def value_words(spot: Spot, value: str, names: Names) -> str:
    """The words for what stands at a place; what cannot be read as that place asks is shown as it was typed."""
    if spot.is_code:
        return spot.words.get(value) or names.get(value) or value
    with suppress(ValueError):
        return _typed(spot, value)
    return value


def _typed(spot: Spot, value: str) -> str:
    if spot.may_be(bool):
        return YES_NO.get(value, value)
    if spot.may_be(int):
        return f"{int(value):,}{spot.unit}"
    if spot.may_be(date):
        return wareki.no_weekday(date.fromisoformat(value))
    if spot.may_be(time):
        return wareki.clock_time(time.fromisoformat(value))
    if spot.may_be(tuple[int, int]):
        return _pair(value)
    return value


def _pair(value: str) -> str:
    """12月29日 for 12-29, a day of each year; 36週6日 for 36w6d, weeks and days of pregnancy."""
    if "w" in value:
        return value.replace("w", "週").replace("d", "日")
    day = date.fromisoformat(f"2000-{value}")  # a year with a 29 February
    return f"{day.month}月{day.day}日"
