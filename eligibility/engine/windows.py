"""From when one may apply, and until when one may use a service: days with the arithmetic that leads to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eligibility.engine.ages import (
    UNKNOWN_DAY_OF_LOSS,
    UNKNOWN_DAYS,
    Period,
    age_period,
    narrowed,
    place_period,
)
from eligibility.engine.applying import ApplicationRule, Opens
from eligibility.engine.dates import day_of_pregnancy, months_before
from eligibility.engine.facts import Facts, Family
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.residence import while_resident
from eligibility.engine.service import Service
from eligibility.engine.terms import Terms
from eligibility.engine.values import Source
from eligibility.engine.wording import month_day

TITLE_AFTER_LOSS = "申請できる時期"


class WindowKind(StrEnum):
    DATED = "dated"
    UNKNOWN = "unknown"
    """It opens on a day that nobody can tell yet: neither due date nor birth is known, or it is the birth."""
    ANY_TIME = "any_time"
    UNPUBLISHED = "unpublished"
    """The page has a word for it and no day: nobody is turned away for it."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when one may apply. `opens_on` is None unless it is dated."""

    opens_on: date | None
    arithmetic: str
    source: Source
    kind: WindowKind = WindowKind.DATED

    def is_open(self, on: date) -> bool:
        """Whether an application is accepted on a day."""
        if self.opens_on is None:
            return self.kind is not WindowKind.UNKNOWN
        return self.opens_on <= on


@dataclass(frozen=True, slots=True)
class Difference:
    """A period or window that a changed fact moves. `code` is a service's, or `application_window`."""

    code: str
    label: str
    before: Window | Period
    after: Window | Period


def window_title(facts: Facts, terms: Terms) -> str:
    """What the rule on applying is called: after a loss by nothing that speaks of a birth to come."""
    return TITLE_AFTER_LOSS if facts.family is Family.BEREAVED else terms.application.title


def application_window(facts: Facts, terms: Terms) -> Window:
    """From when an application is accepted, by the rule of the file or, if that is earlier, from the birth.

    After a loss it is open from that day, whatever week it was.
    """
    rule = terms.application
    if rule.opens is Opens.ANY_TIME:
        return Window(None, "いつでも", rule.source, WindowKind.ANY_TIME)
    if facts.family is Family.BEREAVED:
        return _after_loss(facts.birth_date, rule)
    return _WINDOWS[rule.opens](facts, rule)


def use_period(service: str, facts: Facts, terms: Terms, *, place: Place = ANYWHERE) -> Period:
    """The days on which a service may be used, from the birth or, before it is recorded, from the due date."""
    limit = terms.service(service).age_limit
    young_enough = narrowed(age_period(limit, facts), place_period(place, facts, limit))
    return while_resident(young_enough, facts, terms)


def sure_period(service: Service, facts: Facts, *, place: Place = ANYWHERE) -> Period | None:
    """The days for which the programme says yes by itself, where it leaves the rest to others (順次拡充予定).

    None where it leaves nothing open, where the chosen facility says which children it takes, and after a loss.
    """
    if service.ask_beyond is None or place.age_limit is not None or facts.family is Family.BEREAVED:
        return None
    return age_period(service.ask_beyond.limit, facts)


def differences(before: Facts, after: Facts, terms: Terms) -> tuple[Difference, ...]:
    """What moves when facts change, above all when the birth is recorded: the window, then each service's period."""
    moved: list[Difference] = []
    old_window, new_window = application_window(before, terms), application_window(after, terms)
    if (old_window.opens_on, old_window.kind) != (new_window.opens_on, new_window.kind):
        moved.append(Difference("application_window", window_title(after, terms), old_window, new_window))
    for service in terms.services:
        old, new = use_period(service.code, before, terms), use_period(service.code, after, terms)
        if (old.first, old.last, old.provisional) != (new.first, new.last, new.provisional):
            moved.append(Difference(service.code, service.label, old, new))
    return tuple(moved)


def _after_loss(day: date | None, rule: ApplicationRule) -> Window:
    if day is None:
        return Window(None, UNKNOWN_DAY_OF_LOSS, rule.source, WindowKind.UNKNOWN)
    return Window(day, f"{month_day(day)}から", rule.source)


def _by_weeks(facts: Facts, rule: ApplicationRule) -> Window:
    due = facts.due_date
    if due is None:
        return _from_birth(facts, rule, UNKNOWN_DAYS)
    opens = day_of_pregnancy(due, rule.weeks, rule.days)
    week = f"{rule.weeks}週{rule.days}日"
    how = f"予定日 {month_day(due)}の{(due - opens).days}日前({week})"
    return _or_earlier_birth(facts, Window(opens, how, rule.source), opens, week)


def _by_months(facts: Facts, rule: ApplicationRule) -> Window:
    due = facts.due_date
    if due is None:
        return _from_birth(facts, rule, UNKNOWN_DAYS)
    opens = months_before(due, rule.months)
    how = f"予定日 {month_day(due)}の{rule.months}か月前"
    if opens.day != due.day:
        how += f"({opens.month}月に{due.day}日がないので{month_day(opens)})"
    return _or_earlier_birth(facts, Window(opens, how, rule.source), opens, f"予定日の{rule.months}か月前")


def _at_birth(facts: Facts, rule: ApplicationRule) -> Window:
    return _from_birth(facts, rule, "生まれた日から申請できます。")


def _unpublished(facts: Facts, rule: ApplicationRule) -> Window:
    if facts.birth_date is None:
        return Window(None, rule.words, rule.source, WindowKind.UNPUBLISHED)
    how = f"{rule.words}。おそくとも、生まれた{month_day(facts.birth_date)}から"
    return Window(facts.birth_date, how, rule.source)


def _or_earlier_birth(facts: Facts, window: Window, opens: date, name: str) -> Window:
    born = facts.birth_date
    if born is None or opens <= born:
        return window
    return Window(born, f"{name}より前の{month_day(born)}に生まれたので、その日から", window.source)


def _from_birth(facts: Facts, rule: ApplicationRule, unborn: str) -> Window:
    born = facts.birth_date
    if born is None:
        return Window(None, unborn, rule.source, WindowKind.UNKNOWN)
    return Window(born, f"{month_day(born)}に生まれたので、その日から", rule.source)


_WINDOWS: dict[Opens, Callable[[Facts, ApplicationRule], Window]] = {
    Opens.WEEKS: _by_weeks,
    Opens.MONTHS_BEFORE_DUE: _by_months,
    Opens.AT_BIRTH: _at_birth,
    Opens.UNPUBLISHED: _unpublished,
}
