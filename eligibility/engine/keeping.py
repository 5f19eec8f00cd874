"""Until when records are kept: years from the fiscal year after the one in which a case was closed.

An office counts a record's years from the first day of the fiscal year that follows the one in which it was made or
closed (公文書管理法施行令8条 for the state's offices; the municipalities' own rules on documents follow it). A case
that was closed on any day of 令和8年度 (through 2027-03-31) and is kept for five years is counted from 2027-04-01 and
kept through 2032-03-31. How many years, the municipality says.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eligibility.engine.dates import fiscal_year
from eligibility.engine.values import Source
from eligibility.engine.wording import fiscal_year_text


class Record(StrEnum):
    """What is kept for a time of its own."""

    APPLICATION = "application"
    REFUSAL = "refusal"
    DOCUMENT = "document"
    SCREENING = "screening"
    MESSAGE = "message"
    LETTER = "letter"
    CARE = "care"
    MONEY = "money"


RECORDS: dict[Record, str] = {
    Record.APPLICATION: "承認した申請と決定",
    Record.REFUSAL: "承認しなかった申請と決定",
    Record.DOCUMENT: "証明書などの書類",
    Record.SCREENING: "電話の聞き取りと職員メモ",
    Record.MESSAGE: "メッセージ",
    Record.LETTER: "通知書",
    Record.CARE: "予約、利用、ケアの記録",
    Record.MONEY: "委託料と受け取ったお金の記録",
}
"""As the office says them."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many years; `source` is None where the municipality's staff entered it."""

    years: int
    source: Source | None = None


def kept_until(closed_on: date, years: int) -> date:
    """The last day on which it is kept: March 31, `years` fiscal years after the one in which it was closed."""
    return date(fiscal_year(closed_on) + 1 + years, 3, 31)


def keeping_arithmetic(closed_on: date, years: int) -> str:
    """令和8年度に終わった記録: 令和9年度から5年 → 令和13年度の3月31日まで."""
    year = fiscal_year(closed_on)
    first, last = fiscal_year_text(year + 1), fiscal_year_text(year + years)
    return f"{fiscal_year_text(year)}に終わった記録: {first}から{years}年 → {last}の3月31日まで"
