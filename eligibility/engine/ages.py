"""Until when a child is young enough: an age limit laid on a household's days, with the arithmetic that leads there."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from eligibility.engine.dates import DAYS_OF_PREGNANCY, EARLIEST_BIRTH, ONE_DAY, pregnancy_age, reaches
from eligibility.engine.facts import Facts, Family
from eligibility.engine.place import Place
from eligibility.engine.service import AgeLimit, AgeUnit, CountedFrom
from eligibility.engine.values import Source
from eligibility.engine.wording import month_day

UNKNOWN_DAYS = "出産予定日か生まれた日がわかると計算できます。"
UNKNOWN_DAY_OF_LOSS = "いつのことかがわかると計算できます。"

_DAYS_OF_A_YEAR = 365
_UNITS = {AgeUnit.DAYS: "日", AgeUnit.MONTHS: "か月", AgeUnit.YEARS: "年"}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of use. `provisional` periods are reckoned from the due date."""

    first: date | None
    last: date | None
    provisional: bool
    arithmetic: str
    source: Source

    def holds(self, first: date, last: date) -> bool:
        """Whether every day from `first` to `last` lies inside; an unknown period holds nothing."""
        return self.first is not None and self.last is not None and self.first <= first and last <= self.last


def age_period(limit: AgeLimit, facts: Facts) -> Period:
    """The days on which a child of these facts is within an age limit; after a loss, the same time from that day."""
    born = facts.birth_date
    if born is None:
        return _before_birth(limit, facts)
    if _counts_from_due(limit, facts) and (early := _born_early(limit, facts)):
        return _corrected(limit, *early)
    last, reckoning = _counted(limit, born)
    return Period(born, last, False, f"{month_day(born)}から{reckoning}", limit.source)


def period_if_allowed(limit: AgeLimit, facts: Facts) -> Period | None:
    """The days counted from the due date, where only the centre can say so and has not; None where it is settled."""
    undecided = limit.counted_from is CountedFrom.CASE_BY_CASE and facts.corrected_age is None
    early = _born_early(limit, facts) if undecided else None
    return _corrected(limit, *early) if early else None


def may_hang_on_due_date(limit: AgeLimit, facts: Facts, on: date) -> bool:
    """Whether a day may still be within the limit, if only the due date of a child born early were known."""
    if limit.counted_from is CountedFrom.BIRTH or facts.corrected_age is False or facts.due_date is not None:
        return False
    if facts.birth_date is None or facts.family is Family.BEREAVED:
        return False
    latest_due = facts.birth_date + timedelta(days=DAYS_OF_PREGNANCY - EARLIEST_BIRTH)
    return on <= _counted(limit, latest_due)[0]


def place_period(place: Place, facts: Facts, own: AgeLimit) -> Period | None:
    """The days on which a facility takes this child by its own rule; None where it has none, or there is no child.

    A child born early has one age: a facility counts it from the same day as the programme's `own` limit does.
    """
    limit = place.age_limit
    if limit is None or facts.family is Family.BEREAVED:
        return None
    if own.counted_from is not CountedFrom.BIRTH:
        limit = replace(limit, counted_from=own.counted_from, corrected_up_to=own.corrected_up_to)
    period = age_period(limit, facts)
    words = f"{place_name(place)}は{limit.title}。{period.arithmetic}"
    return Period(period.first, period.last, period.provisional, words, period.source)


def place_name(place: Place) -> str:
    return place.name or "この施設"


def narrowed(period: Period, by: Period | None) -> Period:
    """The shorter of a programme's period and a facility's."""
    if by is None or period.last is None or by.last is None or period.last <= by.last:
        return period
    return by


def _before_birth(limit: AgeLimit, facts: Facts) -> Period:
    due = facts.due_date
    if facts.family is Family.BEREAVED or due is None:
        words = UNKNOWN_DAY_OF_LOSS if facts.family is Family.BEREAVED else UNKNOWN_DAYS
        return Period(None, None, True, words, limit.source)
    last, reckoning = _counted(limit, due)
    return Period(due, last, True, f"予定日 {month_day(due)}から{reckoning}", limit.source)


def _counts_from_due(limit: AgeLimit, facts: Facts) -> bool:
    """Whether the due date counts for a child born early enough."""
    if limit.counted_from is CountedFrom.CASE_BY_CASE:
        return bool(facts.corrected_age)
    return limit.counted_from is CountedFrom.CORRECTED


def _born_early(limit: AgeLimit, facts: Facts) -> tuple[date, date] | None:
    """Birth and due date of a child born early enough; where the page names no week, before the due date at all."""
    born, due = facts.birth_date, facts.due_date
    if born is None or due is None or facts.family is Family.BEREAVED:
        return None
    early = born < due if limit.corrected_up_to == (0, 0) else pregnancy_age(due, born) <= limit.corrected_up_to
    return (born, due) if early else None


def _corrected(limit: AgeLimit, born: date, due: date) -> Period:
    weeks, days = pregnancy_age(due, born)
    last, reckoning = _counted(limit, due)
    origin = f"{weeks}週{days}日で生まれたので、予定日 {month_day(due)}から数えます。"
    return Period(born, last, False, origin + reckoning, limit.correction or limit.source)


def _counted(limit: AgeLimit, start: date) -> tuple[date, str]:
    """The last day within an age counted from `start`, and why it is that day.

    The day on which the child reaches the age is the last one if it is included, else its eve:
    4か月 → 5月15日の前日, 4か月 → 2月に31日がないので2月28日, from a year on 1年 → 翌年3月1日の前日.
    """
    reached = _reached(limit, start)
    eve = reached - ONE_DAY
    last = reached if limit.inclusive else eve
    span = f"{limit.number}{_UNITS[limit.unit]} → {_years_later(start, reached)}"
    if limit.unit is not AgeUnit.DAYS and reached.day != start.day:
        return last, f"{span}{eve.month}月に{start.day}日がないので{month_day(last)}"
    return last, f"{span}{month_day(reached)}" if limit.inclusive else f"{span}{month_day(reached)}の前日"


def _reached(limit: AgeLimit, start: date) -> date:
    if limit.unit is AgeUnit.DAYS:
        return start + timedelta(days=limit.number)  # the day of birth is the first (年齢計算ニ関スル法律)
    return reaches(start, limit.number * 12 if limit.unit is AgeUnit.YEARS else limit.number)


def _years_later(start: date, reached: date) -> str:
    years = reached.year - start.year
    if not years or (reached - start).days < _DAYS_OF_A_YEAR:
        return ""
    return "翌年" if years == 1 else f"{years}年後の"
