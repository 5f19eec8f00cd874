"""Whether a child is young enough on a day: for each age limit of a programme, and for the chosen facility's own."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eligibility.engine.ages import (
    Period,
    age_period,
    may_hang_on_due_date,
    narrowed,
    period_if_allowed,
    place_period,
)
from eligibility.engine.facts import Facts, Family
from eligibility.engine.place import Place
from eligibility.engine.service import AgeLimit, AgeUnit, AskBeyond
from eligibility.engine.service_groups import ServiceGroup, groups
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Verdict
from eligibility.engine.wording import day_seen_from

TITLE_AFTER_LOSS = "使える期間"
"""A limit's own title may speak of a child."""
_UNITS = {AgeUnit.DAYS: "d", AgeUnit.MONTHS: "", AgeUnit.YEARS: "y"}


@dataclass(frozen=True, slots=True)
class _LimitRule:
    limit: AgeLimit
    group: ServiceGroup
    code: str


@dataclass(frozen=True, slots=True)
class _AskRule:
    ask: AskBeyond
    group: ServiceGroup
    number: int
    """Place of the services' own limit among the programme's."""


@dataclass(frozen=True, slots=True)
class _AgeRules:
    """The different age limits of a programme, each judged once for all its services."""

    limits: tuple[_LimitRule, ...]
    asks: tuple[_AskRule, ...]
    of_services: tuple[int, ...]
    """For each service in the file's order, the place of its limit."""


def judge_ages(facts: Facts, terms: Terms, *, on: date, place: Place) -> tuple[list[Finding], list[Period]]:
    """The findings about age, and each service's period in the file's order."""
    rules = _rules(terms)
    periods = [age_period(rule.limit, facts) for rule in rules.limits]
    findings = [_judge(rule, period, facts, terms, on) for rule, period in zip(rules.limits, periods, strict=True)]
    if place.age_limit is None:
        findings += [found for rule in rules.asks if (found := _ask(rule, periods[rule.number], facts, on))]
    elif by := place_period(place, facts, rules.limits[0].limit):
        findings.append(_of_place(place.age_limit, by, on))
        periods = [
            narrowed(period, place_period(place, facts, rule.limit))
            for rule, period in zip(rules.limits, periods, strict=True)
        ]
    return findings, [periods[number] for number in rules.of_services]


@lru_cache
def _rules(terms: Terms) -> _AgeRules:
    by_limit = groups(terms, lambda service: service.age_limit)
    limits = list(by_limit)
    asking = groups(terms, lambda service: (service.age_limit, service.ask_beyond))
    return _AgeRules(
        limits=tuple(_LimitRule(limit, group, _code(limit, limits)) for limit, group in by_limit.items()),
        asks=tuple(_AskRule(ask, group, limits.index(limit)) for (limit, ask), group in asking.items() if ask),
        of_services=tuple(limits.index(service.age_limit) for service in terms.services),
    )


def _code(limit: AgeLimit, limits: list[AgeLimit]) -> str:
    """`age` where the programme has one limit for all, else `age_4`, `age_1y`, `age_28d`; a namesake is numbered."""
    if len(limits) == 1:
        return "age"
    code = f"age_{limit.number}{_UNITS[limit.unit]}"
    namesakes = [other for other in limits if (other.number, other.unit) == (limit.number, limit.unit)]
    return f"{code}_{namesakes.index(limit) + 1}" if len(namesakes) > 1 else code


def _judge(rule: _LimitRule, period: Period, facts: Facts, terms: Terms, on: date) -> Finding:
    verdict, fact = _within(period, rule.group, on)
    if verdict is Verdict.UNMET:
        verdict, way = _still_possible(rule.limit, facts, terms, on)
        fact += way
    title = TITLE_AFTER_LOSS if facts.family is Family.BEREAVED else rule.limit.title
    return Finding(rule.code, verdict, title, fact, period.source, services=rule.group.codes)


def _within(period: Period, group: ServiceGroup, on: date) -> tuple[Verdict, str]:
    if period.last is None:
        return Verdict.ASK, period.arithmetic
    last, reckoning = day_seen_from(period.last, on), f"({period.arithmetic})"
    if period.provisional and on > period.last:
        fact = f"{group.subject}予定日から数えると、{last}まででした{reckoning}。生まれた日を教えてください。"
        return Verdict.ASK, fact
    if period.provisional:
        return Verdict.MET, f"{group.subject}予定日どおりに生まれると、{last}まで使えます{reckoning}。"
    if on > period.last:
        return Verdict.UNMET, f"{group.object}使える最後の日は{last}でした{reckoning}。"
    return Verdict.MET, f"{group.subject}{last}まで使えます{reckoning}。"


def _still_possible(limit: AgeLimit, facts: Facts, terms: Terms, on: date) -> tuple[Verdict, str]:
    """What may yet speak for a child that is too old by its birth: the centre's word, or a due date nobody told."""
    allowed = period_if_allowed(limit, facts)
    if allowed and allowed.last and on <= allowed.last:
        office = terms.offices[0].name
        way = f"修正月齢で数えるかは、{office}が決めます({allowed.arithmetic})。お問い合わせください。"
        return Verdict.ASK, way
    if may_hang_on_due_date(limit, facts, on):
        return Verdict.UNMET, "早く生まれたお子さんは、出産予定日がわかると、のびることがあります。"
    return Verdict.UNMET, ""


def _ask(rule: _AskRule, whole: Period, facts: Facts, on: date) -> Finding | None:
    """What is left open beyond a first limit; None where their own limit says no, no day is known, or after a loss."""
    if facts.family is Family.BEREAVED:
        return None
    sure = age_period(rule.ask.limit, facts)
    if sure.last is None or whole.last is None or on > whole.last:
        return None
    answer = f"使えるかは、{rule.ask.answer.rstrip('。')}"
    if on > sure.last:
        until = f"{day_seen_from(sure.last, on)}のあとも"
        return _asked(rule, Verdict.ASK, f"{rule.group.object}{until}{answer}({sure.arithmetic})。")
    _, fact = _within(sure, rule.group, on)
    return _asked(rule, Verdict.MET, f"{fact}そのあとも{answer}。")


def _asked(rule: _AskRule, verdict: Verdict, fact: str) -> Finding:
    limit, group = rule.ask.limit, rule.group
    return Finding(group.code("ask_beyond"), verdict, limit.title, fact, limit.source, services=group.codes)


def _of_place(limit: AgeLimit, period: Period, on: date) -> Finding:
    verdict, fact = _within(period, ServiceGroup(), on)
    return Finding("place_age", verdict, limit.title, fact, period.source)
