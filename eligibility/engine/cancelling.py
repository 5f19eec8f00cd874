"""What cancelling at an instant costs, and what not coming costs: in units and in yen.

The instant is that of the contact, not of typing it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eligibility.engine.cancellation import Counts, Outcome
from eligibility.engine.deadlines import TOKYO, Deadline, deadline_of, deadlines_of
from eligibility.engine.facts import Facts
from eligibility.engine.fees import dearest, money_text, no_rule_line
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.pricing import Quote
from eligibility.engine.quote_line import QuoteLine
from eligibility.engine.service import ServiceKind
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Use, UseStatus, counted_by, given_up_units, units_of
from eligibility.engine.values import Amount, Finding, Source, Unpublished, Verdict, Yen, total
from eligibility.engine.wording import clock, money, not_published, pool_units, weekday_day

NOTHING_MOVES = "のこりの数は変わりません"
"""For a use that took no units."""


class ConsequenceKind(StrEnum):
    IN_TIME = "in_time"
    LATE = "late"
    NO_SHOW = "no_show"


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

    @property
    def leaves(self) -> UseStatus:
        """What the use is from then on."""
        if self.counted:
            return UseStatus.COUNTED
        return UseStatus.RELEASED if self.kind is ConsequenceKind.IN_TIME else UseStatus.LATE


def cancel(
    use: Use,
    *,
    facts: Facts,
    terms: Terms,
    contact_at: datetime,
    price: Quote | None = None,
    place: Place = ANYWHERE,
    beyond: bool = False,
    kept: Use | None = None,
) -> Consequence:
    """What cancelling means when the contact was received at `contact_at` (aware).

    `terms` are those in force on the day of use. `price` is what she would have paid, for a fee that is a share of it;
    without it, the use is quoted alone. A use `beyond` the limit has taken no units. Where a use is shortened, or moved
    to days some of which it had, these are `kept`, and what is cancelled is the rest; `price` is then that of the rest.
    """
    if contact_at.tzinfo is None:
        raise ValueError("contact_at needs a time zone")
    service = terms.service(use.service)
    tiers = zip(service.cancellation.tiers, deadlines_of(use, terms), strict=True)
    passed = [(tier.outcome, deadline) for tier, deadline in tiers if not deadline.kept_by(contact_at)]
    taken = {} if beyond else given_up_units(use, kept, terms, children=facts.counted_children)
    if not passed:
        return _in_time(use, terms, taken, contact_at)
    outcome, deadline = passed[-1]
    finding = _late_finding(outcome, deadline, contact_at)
    fees = [earlier.fee for earlier, _ in passed]
    lines = dearest(fees, use, facts=facts, terms=terms, price=price, place=place, beyond=beyond, kept=kept)
    return _after(ConsequenceKind.LATE, outcome, use, terms, taken, lines, finding)


def no_show(
    use: Use,
    *,
    facts: Facts,
    terms: Terms,
    price: Quote | None = None,
    place: Place = ANYWHERE,
    beyond: bool = False,
) -> Consequence:
    """What not coming without any contact means; the rest as in `cancel`."""
    service = terms.service(use.service)
    rules, outcome = service.cancellation, service.cancellation.no_show
    absent = "不在でした" if service.kind is ServiceKind.VISIT else "来ませんでした"
    fact = f"{weekday_day(use.first_day)}の{service.label}に、連絡なく{absent}。"
    finding = Finding("no_show", Verdict.UNMET, "連絡のないキャンセル", fact, outcome.source)
    fees = [*(tier.outcome.fee for tier in rules.tiers), outcome.fee]
    lines = dearest(fees, use, facts=facts, terms=terms, price=price, place=place, beyond=beyond)
    if not rules.tiers and outcome.fee is None:
        lines = (no_rule_line(rules),)
    taken = {} if beyond else units_of(use, terms, children=facts.counted_children)
    return _after(ConsequenceKind.NO_SHOW, outcome, use, terms, taken, lines, finding)


def _in_time(use: Use, terms: Terms, taken: Mapping[str, int], contact_at: datetime) -> Consequence:
    """Before every deadline or, where no rule is published, at any time: the units come back, and no fee is made up."""
    rules, deadline = terms.service(use.service).cancellation, deadline_of(use, terms)
    lines = () if rules.tiers else (no_rule_line(rules),)
    contact = f"{_moment(contact_at, deadline)}の連絡"
    if rules.unpublished is None:
        verdict, fact = Verdict.MET, f"{contact}は、期限({deadline.wording})に間に合っています。"
    else:
        verdict, fact = Verdict.ASK, f"{contact}です。{not_published(rules.unpublished)}。"
    return Consequence(
        kind=ConsequenceKind.IN_TIME,
        counted={},
        returned=taken,
        lines=lines,
        total=total([line.amount for line in lines]),
        deadline=deadline,
        headline=_headline(ConsequenceKind.IN_TIME, None, use, terms, taken, Yen(0)),
        money_text=money_text(lines, rules),
        findings=(Finding("cancel_deadline", verdict, "取り消しの期限", fact, deadline.source),),
        source=deadline.source,
    )


def _late_finding(outcome: Outcome, deadline: Deadline, contact_at: datetime) -> Finding:
    fact = f"{_moment(contact_at, deadline)}の連絡は、期限({deadline.wording})を過ぎています。"
    return Finding("cancel_deadline", Verdict.UNMET, "取り消しの期限", fact, outcome.source)


def _after(
    kind: ConsequenceKind,
    outcome: Outcome,
    use: Use,
    terms: Terms,
    taken: Mapping[str, int],
    lines: tuple[QuoteLine, ...],
    finding: Finding,
) -> Consequence:
    """Late or absent: units count as the file says, and its fee is owed."""
    counted = {pool: _counted(outcome, number) for pool, number in taken.items()}
    returned = {pool: number - counted[pool] for pool, number in taken.items()}
    owed = total([line.amount for line in lines])
    return Consequence(
        kind=kind,
        counted={pool: number for pool, number in counted.items() if number},
        returned={pool: number for pool, number in returned.items() if number},
        lines=lines,
        total=owed,
        deadline=deadline_of(use, terms),
        headline=_headline(kind, outcome, use, terms, taken, owed),
        money_text=money_text(lines, terms.service(use.service).cancellation),
        findings=(finding,),
        source=outcome.source,
    )


def _counted(outcome: Outcome, number: int) -> int:
    """How many of a pool's booked units count as used."""
    if outcome.counts is Counts.SOME:
        return min(outcome.units, number)
    return number if outcome.counts is Counts.ALL else 0


def _headline(
    kind: ConsequenceKind, outcome: Outcome | None, use: Use, terms: Terms, taken: Mapping[str, int], owed: Amount
) -> str:
    """いま取り消すと、2泊分のうち1泊分を使ったことになります; without an outcome all of it comes back.

    Where no unit is lost, but money may be, that comes first: いま取り消すと、2,000円がかかります。1回分は戻ります
    """
    absent = "連絡なく不在だと、" if terms.service(use.service).kind is ServiceKind.VISIT else "連絡なく来ないと、"
    when = absent if kind is ConsequenceKind.NO_SHOW else "いま取り消すと、"
    if not taken:
        return when + _owed_first(owed) + NOTHING_MOVES
    pool = counted_by(use.service, terms)
    booked, whole = taken[pool.code], f"{pool_units(taken[pool.code], pool)}分"
    if outcome is None:
        return f"{when}{whole}が戻ります"
    counted = _counted(outcome, booked)
    if counted == 0:
        return f"{when}{_owed_first(owed)}{whole}は戻ります"
    part = "" if counted == booked else f"のうち{pool_units(counted, pool)}分"
    return f"{when}{whole}{part}を使ったことになります"


def _owed_first(owed: Amount) -> str:
    """What is not published may be nothing, too."""
    if isinstance(owed, Unpublished):
        return "お金がかかることがあります。"
    return f"{money(owed)}がかかります。" if owed else ""


def _moment(at: datetime, deadline: Deadline) -> str:
    """6月9日(火) 15:59, in Tokyo; 6月8日(月) 16:00:01 where only the second tells it from the deadline."""
    here = at.astimezone(TOKYO)
    same_minute = deadline.at is not None and here.replace(second=0, microsecond=0) == deadline.at
    seconds = f":{here.second:02}" if same_minute and here.second else ""
    return f"{weekday_day(here.date())} {clock(here)}{seconds}"
