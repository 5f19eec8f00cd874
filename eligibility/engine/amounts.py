"""What takes the place of an unpublished amount, and which unpublished amounts a programme has."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from eligibility.engine.cancellation import Outcome
from eligibility.engine.service import Service
from eligibility.engine.terms import Terms
from eligibility.engine.values import Amount, Entered, Unpublished

FEES = ("late_fee", "no_show_fee")
"""How the keys of what a late cancellation or a no-show costs go on after the service."""


def resolve(
    amount: Amount, *, on: date, entered: tuple[Entered, ...], household_class: str = ""
) -> tuple[Amount, bool]:
    """The amount that counts on a day, and whether it is a 見本の額.

    What is published stands. For what is not, of the rows entered under its key that have begun: a row for the class
    before one for all, then the latest start, then the order of `entered`. Without any it stays unpublished.
    """
    if not entered or not isinstance(amount, Unpublished) or not amount.key:
        return amount, False
    found: Entered | None = None
    for row in entered:
        if _counts(row, amount.key, on, household_class) and (found is None or _rank(row) > _rank(found)):
            found = row
    return (amount, False) if found is None else (found.amount, found.sample)


@lru_cache(maxsize=64)
def unpublished_amounts(terms: Terms) -> tuple[tuple[Unpublished, str], ...]:
    """Every unpublished amount that can be entered, each key once, with what it is called: 宿泊型の料金."""
    named: dict[str, tuple[Unpublished, str]] = {}
    for amount, label in _all_amounts(terms):
        if isinstance(amount, Unpublished) and amount.key:
            named.setdefault(amount.key, (amount, label))
    return tuple(named.values())


def is_fee(key: str) -> bool:
    """Whether an unpublished amount is what a late cancellation or a no-show costs, by its key."""
    return key.partition(".")[2].startswith(FEES)


def _counts(row: Entered, key: str, on: date, household_class: str) -> bool:
    begun = row.starts is None or row.starts <= on
    return begun and row.key == key and row.household_class in ("", household_class)


def _rank(row: Entered) -> tuple[bool, date]:
    return bool(row.household_class), row.starts or date.min


def _all_amounts(terms: Terms) -> Iterator[tuple[Amount | None, str]]:
    for service in terms.services:
        yield from _prices(service)
        yield from _fees(service)
    labels = {service.code: service.label for service in terms.services}
    for reduction in terms.reductions:
        services = "・".join(labels[code] for code in reduction.services)
        yield reduction.amount, f"{services}の{reduction.label}"


def _prices(service: Service) -> Iterator[tuple[Amount | None, str]]:
    price = service.price
    yield price.amount, f"{service.label}の料金"
    if price.first:
        yield price.first.amount, f"{service.label}のはじめの料金"
    yield price.further_child, f"{service.label}の2人めからの料金"
    for extra in price.extras:
        yield extra.amount, f"{service.label}の{extra.label}"
    if price.share:
        yield price.share.amount, f"{service.label}の{price.share.label}"
    yield price.beyond_limit, f"{service.label}の上限を超えたときの料金"


def _fees(service: Service) -> Iterator[tuple[Amount | None, str]]:
    tiers = service.cancellation.tiers
    for number, tier in enumerate(tiers, start=1):
        yield from _fee(service, tier.outcome, f"({number}つめの期限のあと)" if len(tiers) > 1 else "")
    yield from _fee(service, service.cancellation.no_show, "(連絡なく来ないとき)")


def _fee(service: Service, outcome: Outcome, when: str) -> Iterator[tuple[Amount | None, str]]:
    if outcome.fee:
        label = f"{service.label}の{outcome.fee.label}{when}"
        yield outcome.fee.amount, label
        yield outcome.fee.amount_multiples, f"{label}(多胎児)"
