"""What is taken off a price: the public share, then the programme's reductions in the file's order, unit by unit.

Nothing goes below zero. Where the price is not published but the reduction says what is left (a fixed price, a waiver),
what is left is known all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from eligibility.engine.amounts import resolve
from eligibility.engine.charging import Unit
from eligibility.engine.classes import FirstUses, Reduction, ReductionKind
from eligibility.engine.quote_line import SHARE
from eligibility.engine.terms import Terms
from eligibility.engine.units import UnitKind
from eligibility.engine.uses import HOLDS_DAYS, NOT_FREE, Use
from eligibility.engine.values import Amount, Entered, Unpublished, Yen

FOR_EXTRAS = frozenset({ReductionKind.PERCENT, ReductionKind.WAIVER})
"""What a reducible extra follows; the other kinds set the price of the service's own unit."""


class Step(NamedTuple):
    """What a reduction does to a unit: `change` comes on top of `before`, or in its place if that is not published."""

    reduction: Reduction
    before: Amount
    change: Amount
    sample: bool
    turn: int
    """Which of the first uses it is; 0 where they are not counted."""


@dataclass(slots=True)
class Taken:
    """The same step on units of a use that follow each other."""

    step: Step
    household: str
    per: UnitKind
    days: list[date]
    turns: list[int]

    def goes_on(self, step: Step, unit: Unit) -> bool:
        """Whether a unit has the same step, as one more of these."""
        next_to = unit.day.toordinal() - self.days[-1].toordinal() <= 1
        same = next_to and unit.per is self.per and unit.household == self.household
        return same and step.change == self.step.change and step.before == self.step.before


def take_off(
    units: Sequence[Unit],
    *,
    use: Use,
    entered: tuple[Entered, ...],
    held: Sequence[Use],
    used_before: Mapping[str, int],
) -> tuple[list[Taken], set[int]]:
    """What is taken off, and the positions of the units that are settled by it although their price is not published.

    `held` are the household's other uses: with them the order of uses decides which are the first. Those of
    `used_before` (reduction code → uses) came before all of them.
    """
    taking = _Taking(use, entered, held, used_before)
    settled = {position for position, unit in enumerate(units) if taking.settles(unit)}
    return taking.taken, settled


@lru_cache(maxsize=4096)
def reductions_of(service: str, household: str, terms: Terms) -> tuple[Reduction, ...]:
    """What is taken off a service's price for a class, in order: the public share first."""
    share = terms.service(service).price.share
    taken = [Reduction(SHARE, share.label, ReductionKind.OFF, (), (), share.source, share.amount)] if share else []
    taken += [item for item in terms.reductions if service in item.services and household in item.classes]
    return tuple(taken)


def left_after(reduction: Reduction, amount: Amount, before: Amount) -> Amount:
    """What is left of one unit; never below zero, and a fixed price never above what there was."""
    if reduction.kind is ReductionKind.WAIVER:
        return Yen(0)
    if isinstance(amount, Unpublished):
        return amount
    if isinstance(before, Unpublished):
        return amount if reduction.kind is ReductionKind.FIXED else before
    if reduction.kind is ReductionKind.FIXED:
        return min(before, amount)
    if reduction.kind is ReductionKind.OFF:
        return Yen(max(0, before - amount))
    left = before * (100 - reduction.percent) // 100
    return Yen(left - left % reduction.round_to)


class _Taking:
    """Carries what every unit of a use needs."""

    def __init__(
        self, use: Use, entered: tuple[Entered, ...], held: Sequence[Use], used_before: Mapping[str, int]
    ) -> None:
        self.use, self.entered, self.held, self.used_before = use, entered, held, used_before
        self.earlier: dict[int, int] = {}
        self.taken: list[Taken] = []
        self.latest: dict[int, Taken] = {}
        """The last one of each reduction."""

    def settles(self, unit: Unit) -> bool:
        """Note what is taken off a unit, and tell whether what is left is known although its price is not."""
        steps, left = self._steps(unit)
        for step in steps:
            taken = self.latest.get(id(step.reduction))
            if taken is None or not taken.goes_on(step, unit):
                taken = self.latest[id(step.reduction)] = Taken(step, unit.household, unit.per, [], [])
                self.taken.append(taken)
            taken.days.append(unit.day)
            taken.turns.append(step.turn)
        return isinstance(unit.amount, Unpublished) and not isinstance(left, Unpublished)

    def _steps(self, unit: Unit) -> tuple[list[Step], Amount]:
        """The reductions in turn, and what is left; once it is known again, what was open before is not told."""
        steps: list[Step] = []
        left = unit.amount
        for reduction in reductions_of(self.use.service, unit.household, unit.terms):
            turn = self._turn(reduction.code, reduction.first, unit.day) if reduction.first else 0
            if (reduction.first and turn > reduction.first.number) or (unit.extra and reduction.kind not in FOR_EXTRAS):
                continue
            said, sample = resolve(
                reduction.amount or Yen(0), on=unit.day, entered=self.entered, household_class=unit.household
            )
            before, left = left, left_after(reduction, said, left)
            if isinstance(before, Unpublished) and not isinstance(left, Unpublished):
                before, left = unit.amount, left_after(reduction, said, unit.amount)
                steps.clear()
            change = _change(reduction, said, before, left)
            if change != 0 or isinstance(before, Unpublished):
                steps.append(Step(reduction, before, change, sample, turn))
        return steps, left

    def _turn(self, code: str, first: FirstUses, day: date) -> int:
        """Which use of those that are counted a unit is, from 1: each day of a stay is one, or the whole use."""
        if id(first) not in self.earlier:
            counted = sum(_counted(first, other) for other in self.held if self._before(first, other))
            self.earlier[id(first)] = self.used_before.get(code, 0) + counted
        ahead = (day - self.use.first_day).days if first.unit is UnitKind.DAYS else 0
        return self.earlier[id(first)] + ahead + 1

    def _before(self, first: FirstUses, other: Use) -> bool:
        counting = NOT_FREE if first.late_cancelled_count else HOLDS_DAYS
        return other.status in counting and other.service in first.over and other.order < self.use.order


def _counted(first: FirstUses, other: Use) -> int:
    return other.days if first.unit is UnitKind.DAYS else 1


def _change(reduction: Reduction, said: Amount, before: Amount, left: Amount) -> Amount:
    """What stands in the price's line: the difference, or what is known of it."""
    if not isinstance(before, Unpublished) and not isinstance(left, Unpublished):
        return Yen(left - before)
    if isinstance(left, Unpublished) and reduction.kind is ReductionKind.OFF and not isinstance(said, Unpublished):
        return Yen(-said)
    return left
