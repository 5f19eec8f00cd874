"""What a use costs: every yen explained line by line, with the findings that bear on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eligibility.engine.charging import Charge, bill_for, times_text
from eligibility.engine.classes import ReductionKind
from eligibility.engine.facts import Facts
from eligibility.engine.holding import class_named, shortfall_findings
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.reducing import Taken, take_off
from eligibility.engine.terms import Terms
from eligibility.engine.timeline import Timeline
from eligibility.engine.uses import Use
from eligibility.engine.values import Amount, Finding, Source, Unpublished, Yen, total
from eligibility.engine.wording import money, month_days, units

SAMPLE = "見本の額"
"""What an amount of the demo is called wherever it is shown."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A cause of a price: what, how it is reckoned, how much (negative for what is taken off), by which sentence."""

    label: str
    arithmetic: str
    amount: Amount
    source: Source
    sample: bool = False
    """It rests on a 見本の額, and its label says so."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of a use. The lines sum to the total; an unpublished line makes it unpublished."""

    lines: tuple[QuoteLine, ...]
    total: Amount
    findings: tuple[Finding, ...] = ()
    """Certificates that are missing for a day of the use."""
    subject: str = ""
    """7月5日の訪問型, where it is one of several."""


def quote(
    use: Use,
    *,
    facts: Facts,
    terms: Terms,
    place: Place = ANYWHERE,
    held: Sequence[Use] = (),
    timeline: Timeline | None = None,
    beyond: bool = False,
) -> Quote:
    """The price of a use by the terms in force on its first day.

    `held` are the household's other uses, whose order decides which are the first. `timeline` splits a stay over a
    change of price by day, where the terms say so. `beyond` a limit she pays the full price: nothing is taken off.
    """
    bill = bill_for(use, facts=facts, terms=terms, place=place, timeline=timeline, beyond=beyond)
    if beyond:
        lines = [_charged(charge) for charge in bill.charges]
        return Quote(tuple(lines), total([line.amount for line in lines]))
    taken, settled = take_off(bill.units, use=use, entered=place.entered, held=held)
    lines = [_charged(charge) for charge in bill.charges if not charge.units or not settled.issuperset(charge.units)]
    if taken:
        days = {unit.day for unit in bill.units}
        lines += [_taken_off(item, terms, whole=days.issubset(item.days)) for item in taken]
    findings = shortfall_findings(bill.shortfalls.items(), terms) if bill.shortfalls else ()
    return Quote(tuple(lines), total([line.amount for line in lines]), findings)


def _charged(charge: Charge) -> QuoteLine:
    return _line(charge.label, charge.arithmetic, charge.amount, charge.source, charge.sample)


def _taken_off(taken: Taken, terms: Terms, *, whole: bool) -> QuoteLine:
    """One line for what is taken off some days of a use, or the `whole` of it; it names which of the first they are."""
    step, first = taken.step, taken.step.reduction.first
    label = step.reduction.label
    if first:
        label += f"({first.number}回のうち{_turns(taken.turns)}回め)"
    words = _reckoning(taken, terms)
    if not whole:
        words = f"{month_days(taken.days[0], taken.days[-1])} {words}"
    amount = total([step.change] * len(taken.days))
    return _line(label, words, amount, step.reduction.source, step.sample)


def _line(label: str, arithmetic: str, amount: Amount, source: Source, sample: bool) -> QuoteLine:
    return QuoteLine(f"{label}({SAMPLE})" if sample else label, arithmetic, amount, source, sample)


def _reckoning(taken: Taken, terms: Terms) -> str:
    """1日 2,500円 × 5日; (7,500円 − 2,500円) × 2日; 5,000円の30% × 2日; of a waiver the class that it is for."""
    step, number = taken.step, len(taken.days)
    reduction, before, change = step.reduction, step.before, step.change
    if reduction.kind is ReductionKind.WAIVER:
        return class_named(taken.household, terms).label
    if isinstance(change, Unpublished):
        return units(number, taken.per)
    if isinstance(before, Unpublished) or reduction.kind is ReductionKind.OFF:
        return times_text(Yen(abs(change)), number, taken.per)
    if reduction.kind is ReductionKind.FIXED:
        each = f"({money(before)} − {money(Yen(before + change))})"
    else:
        each = f"{money(before)}の{reduction.percent}%"
        if reduction.round_to > 1:
            each = f"({each}、残りは{money(Yen(reduction.round_to))}未満切り捨て)"
    return f"{each} × {units(number, taken.per)}"


def _turns(turns: list[int]) -> str:
    """3, 1〜5, or 1・3 where a turn between them was another class's."""
    low, high = turns[0], turns[-1]
    if low == high:
        return f"{low}"
    return f"{low}〜{high}" if high - low + 1 == len(turns) else "・".join(map(str, turns))
