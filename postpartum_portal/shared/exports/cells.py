"""What stands in a cell of a file: text that no spreadsheet takes for a formula, numbers and days as such."""

import datetime as dt
from decimal import Decimal

from postpartum_portal.shared.wareki import TOKYO

Value = str | int | float | Decimal | dt.date | dt.datetime | None

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With which a spreadsheet may begin to reckon, the full-width ones in a Japanese one."""
TEXT_MARK = "'"
"""Before a text, so that it stays one."""


def plain(value: Value) -> str | int | float | Decimal | dt.date | dt.datetime:
    """A value as a workbook holds it: instants without zone in Tokyo's time, nothing as empty text."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.astimezone(TOKYO).replace(tzinfo=None, microsecond=0)
    return value


def text_of(value: Value) -> str:
    """A value as a text file holds it: ISO days, whole numbers without commas, and text that is no formula."""
    shown = plain(value)
    if isinstance(shown, dt.datetime):
        return shown.strftime("%Y-%m-%d %H:%M")
    if isinstance(shown, str):
        return neutral(shown)
    return str(shown)


def neutral(text: str) -> str:
    """The text with a mark before it where it could be taken for a formula."""
    return f"{TEXT_MARK}{text}" if text.startswith(FORMULA) else text
