"""From when one may apply, and until when one may use a service: days with the arithmetic that leads to them."""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.dates import corresponding_day, day_of_pregnancy, last_day_under
from eligibility.engine.facts import Facts
from eligibility.engine.service import AgeLimit
from eligibility.engine.terms import Terms
from eligibility.engine.values import Source
from eligibility.engine.wording import month_day

UNKNOWN_DAYS = "出産予定日か生まれた日がわかると計算できます。"


@dataclass(frozen=True, slots=True)
class Window:
    """The first day of applying; None as long as neither due date nor birth is known."""

    opens_on: date | None
    arithmetic: str
    source: Source


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


@dataclass(frozen=True, slots=True)
class Difference:
    """A period or window that a changed fact moves. `code` is a service's, or `application_window`."""

    code: str
    label: str
    before: Window | Period
    after: Window | Period


def application_window(facts: Facts, terms: Terms) -> Window:
    """The day from which an application is accepted: the week of pregnancy the file names, or an earlier birth."""
    rule = terms.application
    born = facts.birth_date
    if facts.due_date is None:
        text = UNKNOWN_DAYS if born is None else f"{month_day(born)}に生まれたので、その日から"
        return Window(born, text, rule.source)
    opens = day_of_pregnancy(facts.due_date, rule.weeks, rule.days)
    if born is not None and born < opens:
        text = f"{rule.weeks}週{rule.days}日より前の{month_day(born)}に生まれたので、その日から"
        return Window(born, text, rule.source)
    before = (facts.due_date - opens).days
    text = f"予定日 {month_day(facts.due_date)}の{before}日前({rule.weeks}週{rule.days}日)"
    return Window(opens, text, rule.source)


def use_period(service: str, facts: Facts, terms: Terms) -> Period:
    """The days on which a service may be used, from the birth or, before it is recorded, from the due date."""
    return age_period(terms.service(service).age_limit, facts)


def age_period(limit: AgeLimit, facts: Facts) -> Period:
    """The days on which a child of these facts is under an age limit."""
    provisional = facts.birth_date is None
    start = facts.due_date if provisional else facts.birth_date
    if start is None:
        return Period(None, None, True, UNKNOWN_DAYS, limit.source)
    last = last_day_under(start, limit.months)
    origin = f"予定日 {month_day(start)}" if provisional else month_day(start)
    return Period(start, last, provisional, f"{origin}から{_last_day_text(start, limit.months, last)}", limit.source)


def differences(before: Facts, after: Facts, terms: Terms) -> tuple[Difference, ...]:
    """What moves when facts change, above all when the birth is recorded: the window, then each service's period."""
    moved: list[Difference] = []
    old_window, new_window = application_window(before, terms), application_window(after, terms)
    if old_window.opens_on != new_window.opens_on:
        moved.append(Difference("application_window", terms.application.title, old_window, new_window))
    for service in terms.services:
        old, new = age_period(service.age_limit, before), age_period(service.age_limit, after)
        if (old.first, old.last, old.provisional) != (new.first, new.last, new.provisional):
            moved.append(Difference(service.code, service.label, old, new))
    return tuple(moved)


def _last_day_text(start: date, months: int, last: date) -> str:
    """4か月 → 5月15日の前日, or 4か月 → 2月に31日がないので2月28日."""
    day = corresponding_day(start, months)
    if day is None:
        return f"{months}か月 → {last.month}月に{start.day}日がないので{month_day(last)}"
    return f"{months}か月 → {month_day(day)}の前日"
