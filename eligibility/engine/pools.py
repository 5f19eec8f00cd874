"""How much there is of the services: pools of units, alone or within each other."""

from dataclasses import dataclass
from enum import StrEnum

from eligibility.engine.units import UnitKind
from eligibility.engine.values import Source


class PoolScope(StrEnum):
    """Whether a pool's limit holds for the birth or is multiplied by the number of children."""

    BIRTH = "birth"
    CHILD = "child"


class Beyond(StrEnum):
    """What happens when a pool is used up."""

    REFUSE = "refuse"
    FULL_PRICE = "full_price"
    """Use goes on at full price and moves no pool."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A number of units that several services draw on. Pools may overlap: a total with limits inside it."""

    code: str
    label: str
    services: tuple[str, ...]
    unit: UnitKind
    limit: int
    limit_multiples: int
    """For twins and more, where `per` is the birth; equal to `limit` where the page makes no difference."""
    per: PoolScope
    principle: bool
    extended_limit: int
    """The most that staff may grant with a reason; equal to `limit` where the rule does not say 原則."""
    source: Source
    counter: str = ""
    """回 where a day is called one use; empty: the unit's own counter."""
    beyond: Beyond = Beyond.REFUSE

    def limit_for(self, children: int) -> int:
        if self.per is PoolScope.CHILD:
            return self.limit * children
        return self.limit_multiples if children > 1 else self.limit

    def extended_limit_for(self, children: int) -> int:
        if self.per is PoolScope.CHILD:
            return self.extended_limit * children
        return max(self.extended_limit, self.limit_for(children))
