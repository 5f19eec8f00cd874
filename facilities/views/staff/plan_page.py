"""What applying 毎週のきまり would do, as its page tells it before anything is set."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from facilities.selectors.blocks import runs_text
from facilities.selectors.patterns import Change, Fate, Plan, by_month
from facilities.selectors.places import PlaceKind
from postpartum_portal.shared import wareki

NAMED = 10
"""So many days are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class KindPlan:
    """`months`: 令和8年4月 → days that change; `numbers`: 2室にする → on which days; lists are told in words."""

    kind: PlaceKind
    months: tuple[str, ...]
    numbers: tuple[str, ...]
    ward: str
    by_hand: tuple[str, ...]
    taken: tuple[str, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`days` are those on which anything changes; `by_hand` how many stay because somebody set them."""

    kinds: tuple[KindPlan, ...]
    days: int
    by_hand: int
    ward: int


def plan_page(plan: Plan, kinds: Sequence[PlaceKind]) -> PlanPage:
    return PlanPage(
        kinds=tuple(_kind(plan, kind) for kind in kinds if any(item.place == kind.code for item in plan.changes)),
        days=len({item.day for item in plan.changes if item.fate is Fate.SET or item.ward}),
        by_hand=len({item.day for item in plan.of(Fate.BY_HAND)}),
        ward=len({item.day for item in plan.changes if item.ward}),
    )


def _kind(plan: Plan, kind: PlaceKind) -> KindPlan:
    changed, kept = plan.of(Fate.SET, kind.code), plan.kept(kind.code)
    by_hand, taken = plan.of(Fate.BY_HAND, kind.code), plan.of(Fate.TAKEN, kind.code)
    return KindPlan(
        kind=kind,
        months=tuple(f"{wareki.month(month)} {days}日" for month, days in by_month(changed).items()),
        numbers=tuple(_number(kind, changed, number) for number in sorted({item.after for item in changed})),
        ward=f"{kept[0].day.month}月{kept[0].day.day}日から、{len(kept)}日" if kept else "",
        by_hand=tuple(f"{wareki.short(item.day)} {item.before}{kind.unit}" for item in by_hand[:NAMED]),
        taken=tuple(f"{wareki.short(item.day)} {item.used}{kind.unit}を使用" for item in taken[:NAMED]),
        rest=max(0, len(by_hand) - NAMED) + max(0, len(taken) - NAMED),
    )


def _number(kind: PlaceKind, changed: Sequence[Change], number: int) -> str:
    days: list[dt.date] = [item.day for item in changed if item.after == number]
    what = f"{number}{kind.unit}にする" if number else "休みにする"
    return f"{what}: {runs_text(days)}" if len(days) <= NAMED else f"{what}: {len(days)}日"
