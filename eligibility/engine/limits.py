"""The units of a use against what is left, and what would fit instead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from eligibility.engine.service import Service, ServiceKind
from eligibility.engine.terms import Pool, Terms
from eligibility.engine.uses import Balance, Balances, Grant, Use, units_of
from eligibility.engine.values import Finding, Verdict
from eligibility.engine.wording import counter, stay, units

NOTHING = Balance(0, 0)


def limit_findings(use: Use, *, balances: Balances, grant: Grant, terms: Terms) -> list[Finding]:
    """One finding for each pool the use draws on: `limit_<pool>`."""
    wanted = units_of(use, terms)
    instead = _instead(use, balances, grant, terms)
    return [_limit(use, terms, pool, wanted[pool.code], balances, instead) for pool in terms.pools_of(use.service)]


def fits(wanted: Mapping[str, int], balances: Balances) -> bool:
    """Whether every pool has as many units left as are wanted."""
    return all(number <= balances.get(pool, NOTHING).left for pool, number in wanted.items())


def length_text(use: Use, service: Service) -> str:
    """2泊3日, 3日分 or 1回: the length of a use in the words of its service."""
    if service.kind is ServiceKind.STAY:
        return stay(use.nights)
    return f"{use.days}日" if service.kind is ServiceKind.DAY else "1回"


def amount_text(use: Use, service: Service) -> str:
    """3日分, 1回分: what a use takes, where its nights do not matter."""
    return "1回分" if service.kind is ServiceKind.VISIT else f"{use.days}日分"


def asked_text(use: Use, service: Service) -> str:
    """2泊3日, 日帰り型1日 or 助産師による訪問: what is asked for, as a refusal names it."""
    if service.kind is ServiceKind.STAY:
        return stay(use.nights)
    return f"{service.label}{use.days}日" if service.kind is ServiceKind.DAY else service.label


def judge_grant(grant: Grant, *, children: int, terms: Terms) -> tuple[Finding, ...]:
    """Whether the limits a decider wants to grant lie within the rules: `grant_<pool>` for each pool named.

    Within the limit: met. Beyond it, where the rule says 原則: unmet, but staff may grant it with a reason up to the
    extended limit. Beyond that: unmet.
    """
    return tuple(_granted(terms.pool(code), number, children) for code, number in grant.limits.items())


def _limit(use: Use, terms: Terms, pool: Pool, wanted: int, balances: Balances, instead: str) -> Finding:
    balance = balances.get(pool.code, NOTHING)
    code, title = f"limit_{pool.code}", f"{pool.label}は{units(balance.limit, pool.unit)}まで"
    if wanted <= balance.left:
        fact = f"のこり{units(balance.left, pool.unit)}のうち、{units(wanted, pool.unit)}を使います。"
        return Finding(code, Verdict.MET, title, fact, pool.source)
    asked = asked_text(use, terms.service(use.service))
    left = f"のこりは{units(balance.left, pool.unit)}です。" if balance.left else "のこりはありません。"
    fact = f"{asked}は予約できません。{_sum(pool, balance, wanted)}。{left}{instead}"
    return Finding(code, Verdict.UNMET, title, fact, pool.source, overridable=pool.principle)


def _sum(pool: Pool, balance: Balance, wanted: int) -> str:
    """宿泊型の日数が 5日 + 3日 = 8日 > 7日 になります"""
    after = balance.used + wanted
    terms = f"{units(balance.used, pool.unit)} + {units(wanted, pool.unit)} = " if balance.used else ""
    return f"{pool.label}が {terms}{after}{counter(pool.unit)} > {units(balance.limit, pool.unit)} になります"


def _instead(use: Use, balances: Balances, grant: Grant, terms: Terms) -> str:
    """The longest shorter use that fits, else another service that shares a pool and fits, else nothing."""
    service = terms.service(use.service)
    for days in range(use.days - 1, 1 if service.kind is ServiceKind.STAY else 0, -1):
        shorter = replace(use, last_day=use.first_day + timedelta(days=days - 1))
        if fits(units_of(shorter, terms), balances):
            return f"{length_text(shorter, service)}なら予約できます。"
    sharing = {code for pool in terms.pools_of(service.code) for code in pool.services} & grant.services
    for other in terms.services:
        if other.code in sharing - {service.code} and fits(units_of(_shortest(use, other), terms), balances):
            return f"{other.label}なら予約できます。"
    return ""


def _shortest(use: Use, service: Service) -> Use:
    days = 1 if service.kind is ServiceKind.STAY else 0
    return replace(use, service=service.code, last_day=use.first_day + timedelta(days=days))


def _granted(pool: Pool, number: int, children: int) -> Finding:
    standard, most = pool.limit_for(children), pool.extended_limit_for(children)
    code, title = f"grant_{pool.code}", f"{pool.label}は{units(standard, pool.unit)}まで"
    if number <= standard:
        return Finding(code, Verdict.MET, title, f"{units(number, pool.unit)}です。", pool.source)
    over = f"{units(number, pool.unit)} > {units(standard, pool.unit)} です。"
    if number <= most:
        fact = f"{over}原則のきまりなので、理由を記録すれば{units(most, pool.unit)}まで認められます。"
        return Finding(code, Verdict.UNMET, title, fact, pool.source, overridable=True)
    return Finding(code, Verdict.UNMET, title, f"{over}認められるのは{units(most, pool.unit)}までです。", pool.source)
