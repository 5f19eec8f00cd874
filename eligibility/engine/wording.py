"""How the engine writes numbers, days and lengths in Japanese. Programme texts themselves come from the file."""

from datetime import date, datetime, time
from functools import lru_cache

from eligibility.engine.pools import Pool
from eligibility.engine.units import UnitKind
from eligibility.engine.values import Amount, Unpublished

_WEEKDAYS = "月火水木金土日"
_COUNTERS = {UnitKind.DAYS: "日", UnitKind.NIGHTS: "泊", UnitKind.USES: "回", UnitKind.HOURS: "時間"}
_KNOWS = {"facility": "施設", "centre": "センター", "municipality": "市の窓口"}
_FIRST_WHOLE_REIWA_YEAR = 2020
_YEAR_BEFORE_REIWA = 2018


@lru_cache(maxsize=4096)  # the days of ten years: every answer names some
def month_day(day: date) -> str:
    """1月15日"""
    return f"{day.month}月{day.day}日"


@lru_cache(maxsize=4096)
def weekday_day(day: date) -> str:
    """3月10日(火)"""
    return f"{month_day(day)}({_WEEKDAYS[day.weekday()]})"


def day_seen_from(day: date, on: date) -> str:
    """3月10日(火) within the year of `on`, 令和9年3月10日(水) outside of it."""
    if day.year == on.year:
        return weekday_day(day)
    return f"{_year_of(day)}{weekday_day(day)}"


def full_day(day: date) -> str:
    """令和8年4月1日; before 2020, where the era changes in the middle of a year, 2019年4月1日."""
    return f"{_year_of(day)}{month_day(day)}"


def _year_of(day: date) -> str:
    if day.year < _FIRST_WHOLE_REIWA_YEAR:  # 2019 changes era in the middle: the western year cannot be misread
        return f"{day.year}年"
    return f"令和{day.year - _YEAR_BEFORE_REIWA}年"


def clock(at: time | datetime) -> str:
    """16:00"""
    return f"{at.hour}:{at.minute:02}"


def money(amount: Amount) -> str:
    """5,000円, or the words that stand for an unpublished amount."""
    return amount.reason if isinstance(amount, Unpublished) else f"{amount:,}円"


def units(number: int, kind: UnitKind) -> str:
    """3日, 2泊, 1回, 2時間"""
    return f"{number}{_COUNTERS[kind]}"


def counter(kind: UnitKind) -> str:
    """日, 泊, 回, 時間"""
    return _COUNTERS[kind]


def pool_counter(pool: Pool) -> str:
    """日, or 回 where the programme calls a day one use."""
    return pool.counter or counter(pool.unit)


def pool_units(number: int, pool: Pool) -> str:
    """3日, or 3回 where the programme calls a day one use."""
    return f"{number}{pool_counter(pool)}"


def stay(nights: int) -> str:
    """2泊3日"""
    return f"{nights}泊{nights + 1}日"


def span(first: date, last: date) -> str:
    """5月12日(火), or 5月12日(火)〜14日(木)."""
    if first == last:
        return weekday_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{weekday_day(first)}〜{last.day}日({_WEEKDAYS[last.weekday()]})"
    return f"{weekday_day(first)}〜{weekday_day(last)}"


def hours_text(hours: float) -> str:
    """2時間, 1.5時間"""
    return f"{hours:g}時間"


def month_days(first: date, last: date) -> str:
    """5月12日, 5月12日〜14日 or 5月31日〜6月2日"""
    if first == last:
        return month_day(first)
    until = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else month_day(last)
    return f"{month_day(first)}〜{until}"


def fiscal_year_text(year: int) -> str:
    """令和8年度, for the year from April of 2026."""
    if year <= _YEAR_BEFORE_REIWA:
        return f"{year}年度"
    return f"令和{year - _YEAR_BEFORE_REIWA}年度".replace("令和1年", "令和元年")


def minutes_text(minutes: int) -> str:
    """2時間 for whole hours, else 90分."""
    return f"{minutes}分" if minutes % 60 else hours_text(minutes / 60)


def not_published(unpublished: Unpublished) -> str:
    """額は公表されていません。施設にお問い合わせください: the file's words, then whom to ask unless they say so."""
    words = unpublished.reason.rstrip("。")
    return words if "問い合わせ" in words else f"{words}。{_KNOWS[unpublished.who_knows]}にお問い合わせください"
