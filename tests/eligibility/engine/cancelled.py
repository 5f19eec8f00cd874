"""Cancelling a use of Kodaira on 2026-06-10, or of Kodaira with another rule."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from eligibility.engine import (
    TOKYO,
    Consequence,
    Counts,
    DeadlineRule,
    Fee,
    FeeKind,
    Outcome,
    Terms,
    Tier,
    Use,
    cancel,
)
from tests.eligibility.engine.planned import SOURCE, with_service
from tests.eligibility.kodaira import TERMS, family

JUNE = date(2026, 6, 10)
"""A Wednesday."""
CUT_OFF = datetime(2026, 6, 9, 16, tzinfo=TOKYO)
SECOND = timedelta(seconds=1)


def cancelled(use: Use, at: datetime, terms: Terms = TERMS, **known: Any) -> Consequence:
    given = {name: known.pop(name) for name in ("price", "place", "beyond") if name in known}
    facts = family(**{"birth_date": date(2026, 3, 15), **known})
    return cancel(use, facts=facts, terms=terms, contact_at=at, **given)


def deadline(days: int, at: time | None = None, *, inclusive: bool = False, working: bool = False) -> DeadlineRule:
    return DeadlineRule(days, at, inclusive, SOURCE, working)


def fee(kind: FeeKind = FeeKind.PER_USE, **known: Any) -> Fee:
    usual = {"label": "キャンセル料", "amount": None, "amount_multiples": None}
    return Fee(**{**usual, **known}, kind=kind, source=SOURCE)


def tier(rule: DeadlineRule, owed: Fee | None = None, counts: Counts = Counts.NONE, units: int = 0) -> Tier:
    return Tier(rule, Outcome(counts, owed, SOURCE, units))


def with_tiers(code: str, *tiers: Tier, terms: Terms = TERMS, **changed: Any) -> Terms:
    """The same programme with other tiers for one service."""
    rules = terms.service(code).cancellation
    return with_service(code, terms, cancellation=replace(rules, tiers=tiers, **changed))
