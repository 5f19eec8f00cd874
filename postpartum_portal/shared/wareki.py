"""Dates as Japanese letters and screens write them, and as people type them.

Formatting takes a date and gives its Japanese words; `date_of` takes what a person typed and gives a date or raises
`WarekiError`, whose message is a sentence that says what to do. Nothing here reads a clock.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
LATEST_YEAR = 2199  # beyond it a year is a slip of the finger
WEEKDAYS = "月火水木金土日"

Part = Literal["year", "month", "day"]


class WarekiError(ValueError):
    """What was typed is not a date; `part` names the box to mark, the message says what to do."""

    def __init__(self, message: str, part: Part) -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True, slots=True)
class Era:
    name: str
    letter: str
    start: date

    def year_of(self, western: int) -> int:
        return western - self.start.year + 1


# Newest first. The day Meiji began is a date of the old lunisolar calendar; nothing in the portal is that old.
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 9, 8)),
)


# --- printing ---------------------------------------------------------------------------------------------------


def full(day: date) -> str:
    """`令和8年3月10日(火)`: where the date must stand alone."""
    return f"{no_weekday(day)}({weekday(day)})"


def no_weekday(day: date) -> str:
    """`令和8年3月10日`: on letters."""
    return f"{month(day)}{day.day}日"


def short(day: date) -> str:
    """`3月10日(火)`: within the year."""
    return f"{day.month}月{day.day}日({weekday(day)})"


def month(day: date) -> str:
    """`令和8年3月`."""
    return f"{era_year(day)}{day.month}月"


def era_year(day: date) -> str:
    """`令和8年`, and `令和元年` for an era's first year."""
    era = era_of(day)
    return f"{era.name}{_year_word(era.year_of(day.year))}年"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def era_of(day: date) -> Era:
    for era in ERAS:
        if day >= era.start:
            return era
    raise WarekiError("明治元年9月8日より前の日付は扱えません。", "year")


def fiscal_year(day: date) -> int:
    """The western year in whose April the fiscal year of `day` began (April 1 to March 31)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_number(year: int) -> str:
    """`7` for 2025 and `元` for an era's first: what stands before a document number."""
    opening = date(year, 4, 1)
    return _year_word(era_of(opening).year_of(year))


def clock_time(moment: time | datetime) -> str:
    """`16:00`, `9:58`: on screens. An aware moment is told in Tokyo time."""
    local = _in_tokyo(moment)
    return f"{local.hour}:{local.minute:02}"


def moment(at: datetime) -> str:
    """`3月10日(火) 16:00`: an aware instant, told in Tokyo time."""
    return f"{short(at.astimezone(TOKYO))} {clock_time(at)}"


def _in_tokyo(moment: time | datetime) -> time | datetime:
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(TOKYO)
    return moment


def _year_word(year: int) -> str:
    return "元" if year == 1 else str(year)


# --- reading ----------------------------------------------------------------------------------------------------

_ERA_YEAR = re.compile(r"([A-Z]|[明大昭平令]|明治|大正|昭和|平成|令和)\s*([0-9]{1,2}|元)")
_WESTERN_YEAR = re.compile(r"[0-9]{4}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−ー", "-"))

YEAR_HINT = "年は2026、R8、令和8のように入力してください。"


def date_of(year: str, month: str, day: str) -> date:
    """The day that three boxes name, in any width: a year as 2026, R8, 令8, 令和8年, H31 or 令和元年, and two numbers.

    Raises:
        WarekiError: the boxes name no day.
    """
    western, era = _read_year(_plain(year))
    month_number = _read_number(month, "月", 12, "month")
    day_number = _read_number(day, "日", 31, "day")
    last = monthrange(western, month_number)[1]
    if day_number > last:
        which = f"{western}年2月" if month_number == 2 else f"{month_number}月"
        raise WarekiError(f"{which}は{last}日までです。日を確かめてください。", "day")
    typed = date(western, month_number, day_number)
    _refuse_outside_era(typed, era)
    return typed


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip().upper()


def _read_year(plain: str) -> tuple[int, Era | None]:
    """The western year and the era it was typed in, if any."""
    body = plain.removesuffix("年").strip()
    if not body:
        raise WarekiError("年を入力してください。", "year")
    if _WESTERN_YEAR.fullmatch(body):
        return _checked_western(int(body)), None
    found = _ERA_YEAR.fullmatch(body)
    era = next((era for era in ERAS if found and found[1] in (era.letter, era.name[0], era.name)), None)
    if not found or not era:
        raise WarekiError(YEAR_HINT, "year")
    return _checked_era_year(era, 1 if found[2] == "元" else int(found[2])), era


def _checked_western(year: int) -> int:
    if not ERAS[-1].start.year <= year <= LATEST_YEAR:
        raise WarekiError(f"{year}年は入力できません。{YEAR_HINT}", "year")
    return year


def _checked_era_year(era: Era, year: int) -> int:
    if year < 1:
        raise WarekiError(f"{era.name}は元年からです。年を確かめてください。", "year")
    last = _last_day(era)
    if last and year > era.year_of(last.year):
        raise WarekiError(f"{era.name}は{era.year_of(last.year)}年までです。年を確かめてください。", "year")
    return era.start.year + year - 1


def _last_day(era: Era) -> date | None:
    """The day before the next era; None for the present one."""
    place = ERAS.index(era)
    return ERAS[place - 1].start - timedelta(days=1) if place else None


def _refuse_outside_era(day: date, era: Era | None) -> None:
    """平成31年5月1日 is no day: say what it is called."""
    if era_of(day) != (era or era_of(day)):
        raise WarekiError(f"この日は{no_weekday(day)}です。年を{era_year(day)}と入力してください。", "year")


def _read_number(text: str, unit: str, highest: int, part: Part) -> int:
    plain = _plain(text).removesuffix(unit).strip()
    if not plain:
        raise WarekiError(f"{unit}を入力してください。", part)
    if not re.fullmatch("[0-9]{1,2}", plain) or not 1 <= int(plain) <= highest:
        raise WarekiError(f"{unit}は1から{highest}までの数字で入力してください。", part)
    return int(plain)
