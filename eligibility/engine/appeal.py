"""Until when a decision may be contested: the last day to ask for a review (審査請求) and to sue (取消しの訴え).

The months count from the day after the one on which she learned of the decision (行政不服審査法18条1項, for the suit
行政事件訴訟法14条1項); whatever she knew, it is over when the years have passed from the day after the decision
(行政不服審査法18条2項, 行政事件訴訟法14条2項). The first day is not counted (民法140条); months end on the day before
the corresponding day or, where the last month has none, on its last day (民法143条2項). A last day on which the office
is closed moves to the next one on which it is open (地方自治法4条の2第4項, 民事訴訟法95条3項): told beside the counted
day, never instead of it, for nobody here knows the closing days of an ordinance or of a court. How many months and
years, the programme's letters say.
"""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.dates import ONE_DAY, last_day_under
from eligibility.engine.terms import OfficeDays
from eligibility.engine.texts import Appeal
from eligibility.engine.wording import day_seen_from, month_day
from eligibility.engine.working_days import is_working_day

REVIEW, LAWSUIT = "審査請求", "取消しの訴え"


@dataclass(frozen=True, slots=True)
class AppealTerm:
    """One way to contest a decision.

    `last` as it is counted; `open_day`: that day or, where the office is closed on it, the next one that is open;
    `begun`: whether it runs from what she knows; else its last day is the one that holds whatever she knows.
    """

    way: str
    last: date
    open_day: date
    begun: bool
    arithmetic: str

    def is_over(self, on: date) -> bool:
        return self.open_day < on

    def days_left(self, on: date) -> int:
        """Days to go, the last one included, today not: 0 on the last day and after it."""
        return max(0, (self.last - on).days)


def appeal_terms(
    appeal: Appeal, *, decided_on: date, known_on: date | None, office_days: OfficeDays
) -> tuple[AppealTerm, AppealTerm]:
    """The review's and the suit's. `known_on` is None as long as she has not opened the letter.

    A suit after a review counts anew, from the ruling on it: that one is not known here.
    """
    ways = ((REVIEW, appeal.review_months), (LAWSUIT, appeal.lawsuit_months))
    review, suit = (
        _term(way, months, appeal.final_years, decided_on=decided_on, known_on=known_on, office_days=office_days)
        for way, months in ways
    )
    return review, suit


def _term(
    way: str, months: int, years: int, *, decided_on: date, known_on: date | None, office_days: OfficeDays
) -> AppealTerm:
    final = _last(decided_on, 12 * years)
    last = final if known_on is None else min(_last(known_on, months), final)
    if known_on is None or last == final:
        arithmetic = _counted("決定", decided_on, 12 * years, f"{years}年")
    else:
        arithmetic = _counted("知った日", known_on, months, f"{months}か月")
    open_day = last
    while not is_working_day(open_day, office_days):
        open_day += ONE_DAY
    return AppealTerm(way, last, open_day, known_on is not None, arithmetic)


def _last(day: date, months: int) -> date:
    """The last day of so many months from the day after."""
    return last_day_under(day + ONE_DAY, months)


def _counted(what: str, day: date, months: int, length: str) -> str:
    """知った日 3月10日の翌日(3月11日)から3か月 → 6月11日の前日; without such a day, → 2月に30日がないので2月28日."""
    start, last = day + ONE_DAY, _last(day, months)
    reached = last + ONE_DAY
    if reached.day == start.day:
        end = f"{day_seen_from(reached, day)}の前日"
    else:
        end = f"{last.month}月に{start.day}日がないので{month_day(last)}"
    return f"{what} {month_day(day)}の翌日({month_day(start)})から{length} → {end}"
