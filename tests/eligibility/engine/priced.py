"""Pricing a use of Kodaira, or of Kodaira with another price: only what differs is written in a test."""

from dataclasses import replace
from datetime import date
from typing import Any

from eligibility.engine import (
    ANYWHERE,
    Amount,
    Entered,
    Extra,
    Facts,
    FirstUses,
    Place,
    PublicShare,
    Quote,
    Reduction,
    ReductionKind,
    Source,
    Terms,
    UnitKind,
    Unpublished,
    Use,
    Yen,
    quote,
)
from tests.eligibility.engine.planned import with_service
from tests.eligibility.kodaira import TERMS, family

MARCH = date(2026, 3, 2)
SOURCE = Source("文", "ページ")
REDUCED = Source("減免の文", "ページ")
DEAR, FARE = Yen(20_000), Yen(500)
OPEN = Unpublished("施設ごとに違います", "facility", "day_service.price")
HELD_BACK = Unpublished("市が決めた額", "municipality", "reduction.off")


def priced(use: Use, terms: Terms = TERMS, facts: Facts | None = None, **known: Any) -> Quote:
    return quote(use, facts=facts or family(), terms=terms, **known)


def shown(price: Quote) -> list[tuple[str, str, Amount]]:
    return [(line.label, line.arithmetic, line.amount) for line in price.lines]


def amounts(price: Quote) -> list[Amount]:
    return [line.amount for line in price.lines]


def with_price(service: str, terms: Terms = TERMS, **changed: Any) -> Terms:
    """The same programme with another price of one service."""
    return with_service(service, terms, price=replace(terms.service(service).price, **changed))


def with_share(amount: Amount, price: Amount = DEAR) -> Terms:
    """A facility's price for a day, less what the municipality bears."""
    return with_price("day_service", amount=price, share=PublicShare("公費負担額", amount, SOURCE))


def with_reductions(*reductions: Reduction, terms: Terms = TERMS) -> Terms:
    """The same programme with these reductions and no others."""
    return replace(terms, reductions=reductions)


def reduction(kind: ReductionKind, **known: Any) -> Reduction:
    """A reduction of every service for the first class."""
    usual: dict[str, Any] = {
        "code": "off",
        "label": "減免",
        "classes": ("general",),
        "services": tuple(service.code for service in TERMS.services),
        "source": REDUCED,
    }
    return Reduction(kind=kind, **{**usual, **known})


def off(amount: Amount, **known: Any) -> Reduction:
    return reduction(ReductionKind.OFF, amount=amount, **known)


def fixed(amount: Amount, **known: Any) -> Reduction:
    return reduction(ReductionKind.FIXED, amount=amount, **known)


def percent(percent: int, **known: Any) -> Reduction:
    return reduction(ReductionKind.PERCENT, percent=percent, **known)


def waiver(**known: Any) -> Reduction:
    return reduction(ReductionKind.WAIVER, **known)


def first(number: int, unit: UnitKind = UnitKind.DAYS, *, late_cancelled_count: bool = False) -> FirstUses:
    """The first uses of any service."""
    return FirstUses(number, unit, tuple(service.code for service in TERMS.services), late_cancelled_count)


def travel(amount: Amount = FARE, *, reducible: bool = False, per: UnitKind = UnitKind.USES) -> Extra:
    return Extra("交通費相当", per, amount, reducible, SOURCE)


def place(*entered: Entered) -> Place:
    return replace(ANYWHERE, entered=entered)
