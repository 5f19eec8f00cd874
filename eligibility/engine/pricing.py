"""What a use costs: every yen explained line by line, with the findings that bear on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eligibility.engine.charging import bill_for, times_text
from eligibility.engine.classes import ReductionKind
from eligibility.engine.facts import Facts
from eligibility.engine.holding import class_named, shortfall_findings
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.quote_line import QuoteLine, told
from eligibility.engine.reducing import Taken, take_off
from eligibility.engine.terms import Terms
from eligibility.engine.timeline import Timeline
from eligibility.engine.uses import Use
from eligibility.engine.values import Amount, Finding, Unpublished, Yen, total
from eligibility.engine.wording import money, month_days, units


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
        return Quote(tuple(bill.lines), total([line.amount for line in bill.lines]))
    taken, settled = take_off(bill.units, use=use, entered=place.entered, held=held, used_before=facts.reductions_used)
    lines = bill.lines_without(settled) if settled else bill.lines
    if taken:
        days = {unit.day for unit in bill.units}
        lines += [_taken_off(item, terms, whole=days.issubset(item.days)) for item in taken]
    findings = shortfall_findings(bill.shortfalls.items(), terms) if bill.shortfalls else ()
    return Quote(tuple(lines), total([line.amount for line in lines]), findings)


def _taken_off(taken: Taken, terms: Terms, *, whole: bool) -> QuoteLine:
    """One line for what is taken off some days of a use, or the `whole` of it; it names which of the first they are."""
    step, first = taken.step, taken.step.reduction.first
    words = _reckoning(taken, terms)
    if not whole:
        words = f"{month_days(taken.days[0], taken.days[-1])} {words}"
    if first:
        words += f"({first.number}回のうち{_turns(taken.turns)}回め)"
    amount = total([step.change] * len(taken.days))
    line = told(step.reduction.label, words, amount, step.reduction.source, step.sample)
    return replace(line, taken_by=step.reduction.code)


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
        if before * (100 - reduction.percent) != (before + change) * 100:
            each = f"({each}、残りは{money(Yen(reduction.round_to))}未満切り捨て)"
    return f"{each} × {units(number, taken.per)}"


def _turns(turns: list[int]) -> str:
    """3 or 1〜5"""
    return f"{turns[0]}" if turns[0] == turns[-1] else f"{turns[0]}〜{turns[-1]}"
