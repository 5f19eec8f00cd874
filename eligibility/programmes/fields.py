"""The kinds of value a programme file holds. YAML hands over text only; each kind says what it accepts."""

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from eligibility.engine import Source

MOST = 9999
"""Of days, uses, children and the like: more is a slip, and would be reckoned one by one."""


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


def _count(value: object) -> int:
    count = _whole(value)
    if count > MOST:
        raise ValueError(f"{MOST}までの整数を書いてください。")
    return count


def _number(value: object) -> int:
    number = _count(value)
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
        return date.fromisoformat(_matching(value, DAY, ""))
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


def _written(pattern: str) -> WithJsonSchema:
    """How the value is typed in the file: what an editor checks."""
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$"})


def key(title: str, about: str = "", *, default: Any = ..., unit: str = "", unit_from: str = "") -> Any:
    """A key of the file with its name and meaning on screens, in the docs and in editors.

    `unit` stands behind its number: 円, か月; `unit_from` are the keys beside it, the first of which that is there says
    the unit. This is the one place where a key is given its Japanese name.
    """
    said: dict[str, Any] = {"description": about} if about else {}
    extra: dict[str, Any] = {name: value for name, value in (("unit", unit), ("unit_from", unit_from)) if value}
    if extra:
        said["json_schema_extra"] = extra
    return Field(default=default, title=title, **said)


def words(**meanings: str) -> Any:
    """The codes of a closed list in Japanese, as an annotation of its type."""
    shown: dict[str, Any] = {"words": meanings}
    return Field(json_schema_extra=shown)


DAY = r"(?:19|20)\d\d-\d\d-\d\d"
CODE = r"[a-z][a-z0-9_-]*"
POSTCODE = r"\d{3}-\d{4}"
PHONE = r"0\d{1,4}-\d{1,4}-\d{3,4}"
URL = r"https?://\S+"

Text = Annotated[str, BeforeValidator(_text)]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST})]
Number = Annotated[int, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST})]
Percent = Annotated[int, BeforeValidator(_percent), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100})]
Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock), _written(r"\d\d:\d\d")]
MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day), _written(r"\d\d-\d\d")]
Pregnancy = Annotated[tuple[int, int], BeforeValidator(_pregnancy), _written(r"\d\dw[0-6]d")]
Flag = Annotated[bool, BeforeValidator(_flag)]
Code = Annotated[str, _named(CODE, "コードは小文字の英字で始め、英数字と _ - だけで書いてください。"), _written(CODE)]
MunicipalityCode = Annotated[str, _named(r"\d{6}", "団体コードを6けたの数字で書いてください。"), _written(r"\d{6}")]
Postcode = Annotated[str, _named(POSTCODE, "郵便番号を 187-0043 の形で書いてください。"), _written(POSTCODE)]
Phone = Annotated[str, _named(PHONE, "電話番号を 042-346-3701 の形で書いてください。"), _written(PHONE)]
Url = Annotated[str, _named(URL, "http:// か https:// で始まるアドレスを書いてください。"), _written(URL)]


class Strict(BaseModel):
    """A mapping of the file; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Strict):
    """A mapping that quotes the sentence it comes from and, where that is ambiguous or silent, how it is read."""

    source: Text = key("きまりの文", "ページの文を、そのまま書き写します。")
    reading: Text = key("読み方", "文があいまいなとき、または書かれていないときに選んだ読み方です。", default="")

    def origin(self, document: str, url: str) -> Source:
        return Source(self.source, document, url, self.reading)
