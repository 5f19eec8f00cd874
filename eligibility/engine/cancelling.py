"""What cancelling at an instant costs, and what not coming costs: in units and in yen.

The instant is that of the contact, not of typing it in. Deadlines are moments in Tokyo, whatever zone the server keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from eligibility.engine.facts import Facts
from eligibility.engine.limits import amount_text
from eligibility.engine.pricing import QuoteLine
from eligibility.engine.service import Outcome, Service
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Use, children_of, units_of
from eligibility.engine.values import Amount, Finding, Source, Unpublished, Verdict, total
from eligibility.engine.wording import clock, money, weekday_day

TOKYO = ZoneInfo("Asia/Tokyo")


class ConsequenceKind(StrEnum):
    IN_TIME = "in_time"
    LATE = "late"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment that parts free from late. `inclusive`: exactly that moment is still free."""

    at: datetime
    inclusive: bool
    wording: str
    """3月10日(火) 16:00 より前, 6月8日(月) 17:00 まで, 6月9日(火) まで"""
    source: Source

    def kept_by(self, moment: datetime) -> bool:
        return moment <= self.at if self.inclusive else moment < self.at


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows: units that count as used, money owed, and the sentences that say so."""

    kind: ConsequenceKind
    counted: Mapping[str, int]
    """Pool code → units that count as used."""
    returned: Mapping[str, int]
    """Pool code → units that come back."""
    lines: tuple[QuoteLine, ...]
    total: Amount
    deadline: Deadline
    headline: str
    money_text: str
    findings: tuple[Finding, ...]
    source: Source


def deadline_of(use: Use, terms: Terms) -> Deadline:
    """Until when this use may be cancelled free, in Tokyo time."""
    rule = terms.service(use.service).cancellation.deadline
    day = use.first_day - timedelta(days=rule.days_before)
    if rule.at is None:
        midnight = datetime.combine(day + timedelta(days=1), time(), TOKYO)
        return Deadline(midnight, False, f"{weekday_day(day)} まで", rule.source)
    at = datetime.combine(day, rule.at, TOKYO)
    limit = "まで" if rule.inclusive else "より前"
    return Deadline(at, rule.inclusive, f"{weekday_day(day)} {clock(at)} {limit}", rule.source)


def cancel(use: Use, *, facts: Facts, terms: Terms, contact_at: datetime) -> Consequence:
    """What cancelling means when the contact was received at `contact_at` (aware)."""
    if contact_at.tzinfo is None:
        raise ValueError("contact_at needs a time zone")
    service = terms.service(use.service)
    deadline = deadline_of(use, terms)
    if deadline.kept_by(contact_at):
        return _in_time(use, service, terms, deadline, contact_at)
    late = service.cancellation.late
    return _after(ConsequenceKind.LATE, late, use, facts, terms, _late_finding(service, deadline, contact_at))


def no_show(use: Use, *, facts: Facts, terms: Terms) -> Consequence:
    """What not coming without any contact means."""
    service = terms.service(use.service)
    outcome = service.cancellation.no_show
    fact = f"{weekday_day(use.first_day)}の{service.label}に、連絡なく来ませんでした。"
    finding = Finding("no_show", Verdict.UNMET, "連絡のないキャンセル", fact, outcome.source)
    return _after(ConsequenceKind.NO_SHOW, outcome, use, facts, terms, finding)


def _in_time(use: Use, service: Service, terms: Terms, deadline: Deadline, contact_at: datetime) -> Consequence:
    fact = f"{_moment(contact_at)}の連絡は、期限({deadline.wording})に間に合っています。"
    finding = Finding("cancel_deadline", Verdict.MET, "取り消しの期限", fact, deadline.source)
    return Consequence(
        kind=ConsequenceKind.IN_TIME,
        counted={},
        returned=units_of(use, terms),
        lines=(),
        total=total([]),
        deadline=deadline,
        headline=f"いま取り消すと、{amount_text(use, service)}が戻ります",
        money_text="お金はかかりません。",
        findings=(finding,),
        source=deadline.source,
    )


def _late_finding(service: Service, deadline: Deadline, contact_at: datetime) -> Finding:
    fact = f"{_moment(contact_at)}の連絡は、期限({deadline.wording})を過ぎています。"
    return Finding("cancel_deadline", Verdict.UNMET, "取り消しの期限", fact, service.cancellation.late.source)


def _after(
    kind: ConsequenceKind, outcome: Outcome, use: Use, facts: Facts, terms: Terms, finding: Finding
) -> Consequence:
    """Late or absent: units count as the file says, and its fee is owed once for the use."""
    service = terms.service(use.service)
    units = units_of(use, terms)
    lines = _fee_lines(outcome, children_of(use, facts))
    return Consequence(
        kind=kind,
        counted=units if outcome.counts else {},
        returned={} if outcome.counts else units,
        lines=lines,
        total=total([line.amount for line in lines]),
        deadline=deadline_of(use, terms),
        headline=_headline(kind, outcome, amount_text(use, service)),
        money_text=_money_text(lines),
        findings=(finding,),
        source=outcome.source,
    )


def _fee_lines(outcome: Outcome, children: int) -> tuple[QuoteLine, ...]:
    if outcome.fee is None:
        return ()
    amount = outcome.fee.for_children(children)
    return (QuoteLine(outcome.fee.label, f"1回 {money(amount)}", amount, outcome.fee.source),)


def _headline(kind: ConsequenceKind, outcome: Outcome, amount: str) -> str:
    when = "連絡なく来ないと" if kind is ConsequenceKind.NO_SHOW else "いま取り消すと"
    return f"{when}、{amount}を使ったことになります" if outcome.counts else f"{when}、{amount}は戻ります"


def _money_text(lines: tuple[QuoteLine, ...]) -> str:
    owed = total([line.amount for line in lines])
    if isinstance(owed, Unpublished):
        return f"お金がかかります({owed.reason})。"
    return f"{money(owed)}がかかります。" if owed else "お金はかかりません。"


def _moment(at: datetime) -> str:
    """6月9日(火) 15:59, in Tokyo."""
    here = at.astimezone(TOKYO)
    return f"{weekday_day(here.date())} {clock(here)}"
