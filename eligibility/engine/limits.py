"""The units of a use against what is left, and what would fit instead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from eligibility.engine.pools import Beyond, Pool
from eligibility.engine.service import Service, ServiceKind
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Balance, Balances, Grant, Use, counted_by, units_of
from eligibility.engine.values import Finding, Verdict
from eligibility.engine.wording import pool_counter, pool_units, stay

NOTHING = Balance(0, 0)


def limit_findings(use: Use, *, balances: Balances, grant: Grant, terms: Terms, children: int) -> list[Finding]:
    """One finding for each pool the use draws on: `limit_<pool>`. `children` are those of the birth who count."""
    wanted = units_of(use, terms, children=children)
    instead = "" if fits(wanted, balances) else _instead(use, balances, grant, terms, children)
    return [
        _limit(use, terms, pool, wanted[pool.code], balances.get(pool.code, NOTHING), instead, children)
        for pool in terms.pools_of(use.service)
    ]


def fits(wanted: Mapping[str, int], balances: Balances) -> bool:
    """Whether every pool has as many units left as are wanted."""
    return all(number <= balances.get(pool, NOTHING).left for pool, number in wanted.items())


def goes_beyond(use: Use, balances: Balances, terms: Terms, *, children: int = 1) -> bool:
    """Whether it goes on at full price: it exceeds a pool, and every pool it exceeds lets her."""
    wanted = units_of(use, terms, children=children)
    over = [pool for pool in terms.pools_of(use.service) if not fits({pool.code: wanted[pool.code]}, balances)]
    return bool(over) and all(pool.beyond is Beyond.FULL_PRICE for pool in over)


def length_text(use: Use, service: Service) -> str:
    """2泊3日, 3日分 or 1回: the length of a use in the words of its service."""
    if service.kind is ServiceKind.STAY:
        return stay(use.nights)
    return f"{use.days}日" if service.kind is ServiceKind.DAY else "1回"


def amount_text(use: Use, terms: Terms, *, children: int = 1) -> str:
    """3日分, 2泊分, 1回分: what a use takes, in the words of the pool that counts it."""
    pool = counted_by(use.service, terms)
    return f"{pool_units(units_of(use, terms, children=children)[pool.code], pool)}分"


def asked_text(use: Use, service: Service) -> str:
    """2泊3日, 日帰り型1日 or 助産師による訪問: what is asked for, as a refusal names it."""
    if service.kind is ServiceKind.STAY:
        return stay(use.nights)
    return f"{service.label}{use.days}日" if service.kind is ServiceKind.DAY else service.label


def shortest_days(service: Service) -> int:
    """A stay has a night at least, and more where the programme says so."""
    own = 2 if service.kind is ServiceKind.STAY else 1
    return max(own, service.length.shortest) if service.length else own


def judge_grant(grant: Grant, *, children: int, terms: Terms) -> tuple[Finding, ...]:
    """Whether the limits a decider wants to grant lie within the rules: `grant_<pool>` for each pool named.

    Within the limit: met. Beyond it, where the rule says 原則: unmet, but staff may grant it with a reason up to the
    extended limit. Beyond that: unmet.
    """
    return tuple(_granted(terms.pool(code), number, children) for code, number in grant.limits.items())


def _limit(use: Use, terms: Terms, pool: Pool, wanted: int, balance: Balance, instead: str, children: int) -> Finding:
    code, title = f"limit_{pool.code}", f"{pool.label}は{pool_units(balance.limit, pool)}まで"
    if wanted <= balance.left:
        fact = f"のこり{pool_units(balance.left, pool)}のうち、{pool_units(wanted, pool)}を使います。"
        return Finding(code, Verdict.MET, title, fact, pool.source)
    asked = asked_text(use, terms.service(use.service))
    if pool.beyond is Beyond.FULL_PRICE:
        within = f"{instead}なら、のこりの中で使えます。" if instead else ""
        fact = f"{_sum(pool, balance, wanted)}。{asked}の料金は全額の負担です。{within}"
        return Finding(code, Verdict.MET, title, fact, pool.source)
    left = f"のこりは{pool_units(balance.left, pool)}です。" if balance.left else "のこりはありません。"
    fits_instead = f"{instead}なら予約できます。" if instead else ""
    fact = f"{asked}は予約できません。{_sum(pool, balance, wanted)}。{left}{fits_instead}"
    # what staff may grant ends at the extended limit, as a grant does
    extendable = pool.principle and balance.used + wanted <= pool.extended_limit_for(children)
    return Finding(code, Verdict.UNMET, title, fact, pool.source, overridable=extendable)


def _sum(pool: Pool, balance: Balance, wanted: int) -> str:
    """宿泊型の日数が 5日 + 3日 = 8日 > 7日 になります"""
    after = balance.used + wanted
    terms = f"{pool_units(balance.used, pool)} + {pool_units(wanted, pool)} = " if balance.used else ""
    return f"{pool.label}が {terms}{after}{pool_counter(pool)} > {pool_units(balance.limit, pool)} になります"


def _instead(use: Use, balances: Balances, grant: Grant, terms: Terms, children: int) -> str:
    """The longest shorter use that fits, else another service that shares a pool and fits, else nothing."""
    service = terms.service(use.service)
    for days in range(use.days - 1, shortest_days(service) - 1, -1):
        shorter = replace(use, last_day=use.first_day + timedelta(days=days - 1))
        if fits(units_of(shorter, terms, children=children), balances):
            return length_text(shorter, service)
    sharing = {code for pool in terms.pools_of(service.code) for code in pool.services} & grant.services
    for other in terms.services:
        if other.code in sharing - {service.code}:
            wanted = units_of(_shortest(use, other), terms, children=children)
            if fits(wanted, balances):
                return other.label
    return ""


def _shortest(use: Use, service: Service) -> Use:
    last_day = use.first_day + timedelta(days=shortest_days(service) - 1)
    return replace(use, service=service.code, last_day=last_day)


def _granted(pool: Pool, number: int, children: int) -> Finding:
    standard, most = pool.limit_for(children), pool.extended_limit_for(children)
    code, title = f"grant_{pool.code}", f"{pool.label}は{pool_units(standard, pool)}まで"
    if number <= standard:
        return Finding(code, Verdict.MET, title, f"{pool_units(number, pool)}です。", pool.source)
    over = f"{pool_units(number, pool)} > {pool_units(standard, pool)} です。"
    if number <= most:
        fact = f"{over}原則のきまりなので、理由を記録すれば{pool_units(most, pool)}まで認められます。"
        return Finding(code, Verdict.UNMET, title, fact, pool.source, overridable=True)
    return Finding(code, Verdict.UNMET, title, f"{over}認められるのは{pool_units(most, pool)}までです。", pool.source)
