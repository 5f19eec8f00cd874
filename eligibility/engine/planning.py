"""Whether a use may be booked: every rule judged, the units it takes, its price, and until when it may be cancelled.

A refusal names its numbers and what can be done instead. The caller checks the counters again inside its lock.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eligibility.engine.booking_days import closed_days, day_taken, hours, not_past, shape, vaccination
from eligibility.engine.cancelling import Deadline, deadline_of
from eligibility.engine.facts import Facts
from eligibility.engine.limits import NOTHING, asked_text, limit_findings
from eligibility.engine.pricing import Quote, quote
from eligibility.engine.service import Service
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Balances, Grant, Use, balances_of, children_of, units_of
from eligibility.engine.values import Finding, Verdict, worst_first
from eligibility.engine.windows import Period, age_period
from eligibility.engine.wording import span, weekday_day


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to "may this be booked": findings worst first, units, quote, deadline, and what is left."""

    findings: tuple[Finding, ...]
    units: Mapping[str, int]
    """Pool code → units the use takes."""
    quote: Quote
    cancel: Deadline
    left_before: Mapping[str, int]
    left_after: Mapping[str, int]
    """Never negative; what would be left if the use were booked."""

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.refusals

    @property
    def grantable(self) -> bool:
        """Whether staff may grant it with a recorded reason: all that speaks against it is a rule that says 原則."""
        return bool(self.refusals) and all(finding.overridable for finding in self.refusals)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.UNMET)


def plan_use(
    use: Use,
    *,
    facts: Facts,
    grant: Grant,
    terms: Terms,
    on: date,
    held: Sequence[Use] = (),
    balances: Balances | None = None,
    vaccination_days: Collection[date] = frozenset(),
) -> Plan:
    """Judge a use that is asked for on a day.

    `held` are the household's other uses; a booking that is being moved is left out of it. `balances` are the
    entitlement's counters; without them, `held` is counted.
    """
    if use.last_day < use.first_day:
        raise ValueError("a use ends before it begins")
    service = terms.service(use.service)
    children = children_of(use, facts)
    counters = balances_of(held, grant, terms) if balances is None else balances
    wanted = units_of(use, terms)
    findings = [
        _granted(service, grant, terms),
        *_period(use, service, facts, grant, terms),
        not_past(use, terms.booking, on),
        *shape(use, service),
        *limit_findings(use, balances=counters, grant=grant, terms=terms),
        day_taken(use, held, terms.booking, {item.code: item.label for item in terms.services}),
        *closed_days(use, service),
        *vaccination(use, service, vaccination_days),
        *hours(use, service, children),
    ]
    left = {pool: counters.get(pool, NOTHING).left for pool in wanted}
    return Plan(
        findings=worst_first(findings),
        units=wanted,
        quote=quote(use, household_class=grant.household_class, terms=terms, children=children),
        cancel=deadline_of(use, terms),
        left_before=left,
        left_after={pool: max(0, left[pool] - number) for pool, number in wanted.items()},
    )


def _granted(service: Service, grant: Grant, terms: Terms) -> Finding:
    title, source = f"{service.label}の利用が承認されている", terms.booking.approved
    if service.code in grant.services:
        return Finding("service_granted", Verdict.MET, title, "承認されています。", source)
    fact = f"{service.label}は予約できません。承認された種類に入っていません。センターに相談してください。"
    return Finding("service_granted", Verdict.UNMET, title, fact, source)


def _period(use: Use, service: Service, facts: Facts, grant: Grant, terms: Terms) -> list[Finding]:
    """The birth must be recorded, and every day of the use lie within the period."""
    recorded = terms.booking.birth_recorded
    if facts.birth_date is None:
        fact = "予約できません。生まれた日の記録がまだありません。生まれた日を届け出ると予約できます。"
        return [Finding("birth_recorded", Verdict.UNMET, "生まれた日の記録", fact, recorded)]
    known = Finding(
        "birth_recorded", Verdict.MET, "生まれた日の記録", f"{weekday_day(facts.birth_date)}です。", recorded
    )
    period = grant.period or age_period(service.age_limit, facts)
    return [known, _inside(use, service, period)]


def _inside(use: Use, service: Service, period: Period) -> Finding:
    title = service.age_limit.title
    when = f"{span(use.first_day, use.last_day)}の{asked_text(use, service)}"
    if period.holds(use.first_day, use.last_day):
        return Finding("period", Verdict.MET, title, f"{when}は、使える期間の中です。", period.source)
    if period.first is None or period.last is None:
        return Finding("period", Verdict.UNMET, title, f"{when}は予約できません。{period.arithmetic}", period.source)
    if use.first_day < period.first:
        rule = f"使えるのは{weekday_day(period.first)}からです。"
        way = f"{weekday_day(period.first)}からの日を選んでください。"
    else:
        rule = f"使える最後の日は{weekday_day(period.last)}です({period.arithmetic})。"
        way = f"{weekday_day(period.last)}までの日を選んでください。"
    return Finding("period", Verdict.UNMET, title, f"{when}は予約できません。{rule}{way}", period.source)
