"""Planning a use of Kodaira, or of Kodaira with another rule: only what differs is written in a test."""

from dataclasses import replace
from datetime import date
from typing import Any

from eligibility.engine import Facts, Plan, Service, Source, Terms, Use, plan_use, standard_grant
from tests.eligibility.kodaira import TERMS, family

MARCH = date(2026, 3, 2)
"""A Monday."""
ON = date(2026, 2, 1)
SOURCE = Source("文", "ページ")


def planned(use: Use, facts: Facts | None = None, terms: Terms = TERMS, **known: Any) -> Plan:
    household = facts or family()
    usual = {"on": ON, "grant": standard_grant(household, terms)}
    return plan_use(use, facts=household, terms=terms, **{**usual, **known})


def refusals(plan: Plan) -> dict[str, str]:
    return {finding.code: finding.fact for finding in plan.refusals}


def fact(plan: Plan, code: str) -> str:
    """What a finding says; KeyError where there is none."""
    return {finding.code: finding.fact for finding in plan.findings}[code]


def with_service(code: str, terms: Terms = TERMS, **changed: Any) -> Terms:
    """The same programme with one service changed."""

    def change(service: Service) -> Service:
        return replace(service, **changed) if service.code == code else service

    return replace(terms, services=tuple(change(service) for service in terms.services))


def with_booking(terms: Terms = TERMS, **changed: Any) -> Terms:
    return replace(terms, booking=replace(terms.booking, **changed))


def with_pool(code: str, terms: Terms = TERMS, **changed: Any) -> Terms:
    pools = tuple(replace(pool, **changed) if pool.code == code else pool for pool in terms.pools)
    return replace(terms, pools=pools)
