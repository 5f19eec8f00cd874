"""Until when a use may be cancelled free. Deadlines are moments in Tokyo, whatever zone the server keeps."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eligibility.engine.cancellation import Cancellation, DeadlineRule
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Use
from eligibility.engine.values import Source, Unpublished
from eligibility.engine.wording import clock, weekday_day
from eligibility.engine.working_days import working_days_before

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment that parts free from late. `inclusive`: exactly that moment is still free."""

    at: datetime | None
    """None where no rule is published."""
    inclusive: bool
    wording: str
    """3月10日(火) 16:00 より前, 6月8日(月) 17:00 まで, 6月9日(火) まで; 取り消しのきまりは公表されていません"""
    source: Source

    def kept_by(self, moment: datetime) -> bool:
        """Whether a contact at this moment is in time; nothing is late where no rule is published.

        It counts to the second: as long as a clock shows 16:00:00, it is exactly 16:00.
        """
        if self.at is None:
            return True
        shown = moment.replace(microsecond=0)
        return shown <= self.at if self.inclusive else shown < self.at


def deadline_of(use: Use, terms: Terms) -> Deadline:
    """The end of what is free, in Tokyo time: the first of the deadlines, or the words that none is published."""
    rules = terms.service(use.service).cancellation
    if not rules.tiers:
        return _none_published(rules)
    return min(deadlines_of(use, terms), key=_moment)


def deadlines_of(use: Use, terms: Terms) -> tuple[Deadline, ...]:
    """One for each tier, in the file's order; none where no rule is published."""
    tiers = terms.service(use.service).cancellation.tiers
    return tuple(_deadline(tier.deadline, use.first_day, terms) for tier in tiers)


def unpublished_rule(rules: Cancellation) -> Unpublished:
    """The words for a rule without tiers; ValueError where it has not even these."""
    if rules.unpublished is None:
        raise ValueError("a cancellation without tiers says in words that no rule is published")
    return rules.unpublished


def _deadline(rule: DeadlineRule, first_day: date, terms: Terms) -> Deadline:
    if rule.working:
        day = working_days_before(first_day, rule.days_before, terms.office_days)
    else:
        day = first_day - timedelta(days=rule.days_before)
    if rule.at is None:
        midnight = datetime.combine(day + timedelta(days=1), time(), TOKYO)
        return Deadline(midnight, False, f"{weekday_day(day)} まで", rule.source)
    at = datetime.combine(day, rule.at, TOKYO)
    limit = "まで" if rule.inclusive else "より前"
    return Deadline(at, rule.inclusive, f"{weekday_day(day)} {clock(at)} {limit}", rule.source)


def _none_published(rules: Cancellation) -> Deadline:
    words, _, _ = unpublished_rule(rules).reason.partition("。")
    return Deadline(None, True, words, rules.source or rules.no_show.source)


def _moment(deadline: Deadline) -> tuple[datetime, bool]:
    assert deadline.at is not None  # noqa: S101 - a tier has a moment
    return deadline.at, deadline.inclusive
