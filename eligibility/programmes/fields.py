"""The kinds of value a programme file holds. YAML hands over text only; each kind says what it accepts."""

import re
from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from eligibility.engine import Source


def _text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("文を書いてください。")
    return value


def _matching(value: object, pattern: str, sentence: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        raise ValueError(sentence)
    return value


def _whole(value: object) -> int:
    return int(_matching(value, r"\d{1,9}", "0以上の整数を、半角の数字だけで書いてください(例: 5000)。"))


def _number(value: object) -> int:
    number = _whole(value)
    if not number:
        raise ValueError("1以上の整数を書いてください。")
    return number


def _percent(value: object) -> int:
    number = _number(value)
    if number > 100:
        raise ValueError("1から100までの整数を書いてください。")
    return number


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_matching(value, r"\d{4}-\d\d-\d\d", ""))
    except ValueError:
        raise ValueError("日付を 2024-08-23 の形で書いてください。") from None


def _clock(value: object) -> time:
    try:
        return time.fromisoformat(_matching(value, r"\d\d:\d\d", ""))
    except ValueError:
        raise ValueError("時刻を 09:00 の形で書いてください。") from None


def _month_day(value: object) -> tuple[int, int]:
    sentence = "月日を 12-29 の形で書いてください。"
    try:
        day = date.fromisoformat("2000-" + _matching(value, r"\d\d-\d\d", sentence))  # 2000 has a 29 February
    except ValueError:
        raise ValueError(sentence) from None
    return day.month, day.day


def _pregnancy(value: object) -> tuple[int, int]:
    weeks, _, days = _matching(value, r"\d\dw[0-6]d", "妊娠の週と日を 36w6d の形で書いてください。")[:-1].partition("w")
    return int(weeks), int(days)


def _flag(value: object) -> bool:
    return _matching(value, "true|false", "true か false を書いてください。") == "true"


def _named(pattern: str, sentence: str) -> BeforeValidator:
    return BeforeValidator(lambda value: _matching(value, pattern, sentence))


Text = Annotated[str, BeforeValidator(_text)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[int, BeforeValidator(_number)]
Percent = Annotated[int, BeforeValidator(_percent)]
Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock)]
MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day)]
Pregnancy = Annotated[tuple[int, int], BeforeValidator(_pregnancy)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Code = Annotated[str, _named(r"[a-z][a-z0-9_-]*", "コードは小文字の英字で始め、英数字と _ - だけで書いてください。")]
MunicipalityCode = Annotated[str, _named(r"\d{6}", "団体コードを6けたの数字で書いてください。")]
Postcode = Annotated[str, _named(r"\d{3}-\d{4}", "郵便番号を 187-0043 の形で書いてください。")]
Phone = Annotated[str, _named(r"0\d{1,4}-\d{1,4}-\d{3,4}", "電話番号を 042-346-3701 の形で書いてください。")]
Url = Annotated[str, _named(r"https?://\S+", "http:// か https:// で始まるアドレスを書いてください。")]


class Strict(BaseModel):
    """A mapping of the file; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Strict):
    """A mapping that quotes the sentence it comes from and, where that is ambiguous or silent, how it is read."""

    source: Text
    reading: Text = ""

    def origin(self, document: str, url: str) -> Source:
        return Source(self.source, document, url, self.reading)
