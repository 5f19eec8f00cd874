"""Places that a facility has taken out of use: what stands on a day, and each decision with its days."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Prefetch, QuerySet, Sum

from eligibility.engine.wording import span
from facilities.models import Block, BlockedDay, Facility
from postpartum_portal.shared import wareki

from .places import PlaceKind

NAMED_RUNS = 4


@dataclass(frozen=True, slots=True)
class BlockCard:
    """A block as its facility sees it. `kind`: 宿泊; `number`: 1室, すべて; `days`: 3月11日(水)〜13日(金).

    `live` are the days from today on that it still holds; `released` those from today on that it gave back.
    """

    block: Block
    kind: str
    unit: str
    number: str
    days: str
    live: tuple[BlockedDay, ...]
    released: tuple[BlockedDay, ...]

    @property
    def coming(self) -> tuple[BlockedDay, ...]:
        """All days from today on, by date."""
        return tuple(sorted((*self.live, *self.released), key=lambda row: row.day))

    @property
    def by_itself(self) -> bool:
        """Whether days of it are released by themselves."""
        return any(row.release_on for row in self.live)


def live_blocks(facility: Facility, *, place: str | None = None) -> QuerySet[BlockedDay]:
    """What takes places at a facility now, of one kind of place or of all."""
    rows = BlockedDay.objects.filter(facility=facility, released_at__isnull=True)
    return rows if place is None else rows.filter(place=place)


def blocked_on(facility: Facility, place: str, days: Collection[dt.date]) -> dict[dt.date, int]:
    """Day → places of a kind that blocks take, of those days on which any do."""
    rows = live_blocks(facility, place=place).filter(day__in=days).order_by("day")
    return {row["day"]: row["taken"] for row in rows.values("day").annotate(taken=Sum("places"))}


def blocks_of(facility: Facility, kinds: Sequence[PlaceKind], *, on: dt.date) -> list[BlockCard]:
    """Those that hold a day from today on, by their first day."""
    going = Block.objects.filter(facility=facility, days__day__gte=on, days__released_at__isnull=True).distinct()
    return [block_card(block, kinds, on=on) for block in _with_days(going)]


def block_of(facility: Facility, pk: int) -> Block | None:
    """One with its days; None where the facility has made none of that number."""
    return _with_days(Block.objects.filter(facility=facility, pk=pk)).first()


def block_card(block: Block, kinds: Iterable[PlaceKind], *, on: dt.date) -> BlockCard:
    """`block` came with its days."""
    kind = next((kind for kind in kinds if kind.code == block.place), None)
    days = [row for row in block.days.all() if row.day >= on]
    live = tuple(row for row in days if row.released_at is None)
    unit = kind.unit if kind else ""
    return BlockCard(
        block=block,
        kind=kind.label if kind else "",
        unit=unit,
        number=_number(live, unit),
        days=runs_text([row.day for row in live or block.days.all()]),
        live=live,
        released=tuple(row for row in days if row.released_at is not None),
    )


def runs_text(days: Collection[dt.date]) -> str:
    """3月11日(水)〜13日(金)、3月20日(金); of many runs the first, with the number of days."""
    runs = _runs(sorted(days))
    if len(runs) > NAMED_RUNS:
        return f"{wareki.short(runs[0][0])}から{wareki.short(runs[-1][1])}までの{len(days)}日"
    return "、".join(span(first, last) for first, last in runs)


def _runs(days: Sequence[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """First and last of each row of days without a gap."""
    if not days:
        return []
    breaks = [(one, other) for one, other in pairwise(days) if (other - one).days > 1]
    firsts = [days[0], *(after for _, after in breaks)]
    lasts = [*(before for before, _ in breaks), days[-1]]
    return list(zip(firsts, lasts, strict=True))


def _number(rows: Sequence[BlockedDay], unit: str) -> str:
    """1室, すべて, 1〜2室."""
    if any(row.whole for row in rows):
        return "すべて"
    numbers = sorted({row.places for row in rows})
    return f"{'〜'.join(map(str, dict.fromkeys((numbers[0], numbers[-1]))))}{unit}" if numbers else ""


def _with_days(blocks: QuerySet[Block]) -> QuerySet[Block]:
    days = Prefetch("days", queryset=BlockedDay.objects.order_by("day"))
    return blocks.select_related("made_by").prefetch_related(days).order_by("first_day", "pk")
