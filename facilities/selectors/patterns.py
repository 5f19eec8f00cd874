"""毎週のきまり against the days as they stand: what applying it would set, and what it leaves alone and why."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from eligibility import engine
from facilities.models import Block, BlockedDay, DayCapacity, Facility, Pattern

from .blocks import live_blocks
from .holidays import holiday_name


class Fate(StrEnum):
    SET = "set"
    SAME = "same"
    BY_HAND = "by_hand"
    """Somebody has said how many places this day has."""
    TAKEN = "taken"
    """More is booked, or out of use, than the pattern would leave."""
    ALONE = "alone"
    """The pattern says nothing of such days."""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind on one day. `before` is None where nothing was ever set; `ward`: places to be kept for the ward."""

    place: str
    day: dt.date
    before: int | None
    after: int
    fate: Fate
    ward: int
    used: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that applying the patterns from a day to a day means."""

    changes: tuple[Change, ...]

    def of(self, fate: Fate, place: str | None = None) -> tuple[Change, ...]:
        return tuple(item for item in self.changes if item.fate is fate and place in (None, item.place))

    def kept(self, place: str) -> tuple[Change, ...]:
        """Days on which places are kept for the ward."""
        return tuple(item for item in self.changes if item.place == place and item.ward)

    @property
    def does_nothing(self) -> bool:
        return not any(item.fate is Fate.SET or item.ward for item in self.changes)

    @property
    def token(self) -> str:
        """The same for plans that do the same: what was shown is what is applied."""
        done = [
            f"{item.place} {item.day} {item.after} {item.fate} {item.ward}"
            for item in sorted(self.changes, key=lambda item: (item.place, item.day))
        ]
        return sha256("\n".join(done).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """The days of one kind as they were read: counters, places that blocks hold, and days that the ward has had."""

    counters: Mapping[dt.date, DayCapacity]
    blocked: Mapping[dt.date, Sequence[BlockedDay]]
    ward: frozenset[dt.date]


def patterns_of(facility: Facility) -> dict[str, Pattern]:
    """Kind of place → its pattern."""
    return {row.place: row for row in Pattern.objects.filter(facility=facility)}


def number_on(pattern: Pattern, day: dt.date) -> int | None:
    """How many places a day has by the pattern; None where it leaves such days alone."""
    numbers: list[int | None] = pattern.numbers or [None] * (Pattern.HOLIDAY + 1)
    of_holidays = numbers[Pattern.HOLIDAY]
    return of_holidays if of_holidays is not None and holiday_name(day) else numbers[day.weekday()]


def plan_between(facility: Facility, first: dt.date, last: dt.date, *, on: dt.date, by_hand: bool) -> Plan:
    """What applying all patterns of a facility would do now; `by_hand`: also to days that somebody has set."""
    days = engine.each_day(first, last)
    found = [
        change
        for place, pattern in sorted(patterns_of(facility).items())
        for change in changes_of(pattern, standing_on(facility, place, days), days, on=on, by_hand=by_hand)
    ]
    return Plan(tuple(found))


def standing_on(
    facility: Facility,
    place: str,
    days: Sequence[dt.date],
    *,
    counters: Mapping[dt.date, DayCapacity] | None = None,
) -> Standing:
    """`counters`, where they were read already because they are locked."""
    between = (min(days), max(days))
    if counters is None:
        rows = DayCapacity.objects.filter(facility=facility, place=place, day__range=between)
        counters = {row.day: row for row in rows}
    blocked: dict[dt.date, list[BlockedDay]] = {}
    for row in live_blocks(facility, place=place).filter(day__range=between):
        blocked.setdefault(row.day, []).append(row)
    ward = BlockedDay.objects.filter(
        facility=facility, place=place, day__range=between, block__why=Block.Why.WARD
    ).values_list("day", flat=True)
    return Standing(counters, blocked, frozenset(ward))


def changes_of(
    pattern: Pattern, standing: Standing, days: Iterable[dt.date], *, on: dt.date, by_hand: bool
) -> list[Change]:
    """What a pattern means for each of the days of which it says anything. Reads nothing."""
    found = [_change(pattern, standing, day, on=on, by_hand=by_hand) for day in days]
    return [item for item in found if item.fate is not Fate.ALONE or item.ward]


def by_month(changes: Iterable[Change]) -> dict[dt.date, int]:
    """The first of each month → how many days."""
    return dict(sorted(Counter(item.day.replace(day=1) for item in changes).items()))


def _change(pattern: Pattern, standing: Standing, day: dt.date, *, on: dt.date, by_hand: bool) -> Change:
    counter, number = standing.counters.get(day), number_on(pattern, day)
    limit = counter.limit if counter else 0
    whole = sum(row.places for row in standing.blocked.get(day, ()) if row.whole)
    used = counter.used - whole if counter else 0
    fate = _fate(counter, number, used, by_hand=by_hand)
    after = number if number is not None and fate is Fate.SET else limit
    closed = any(row.whole for row in standing.blocked.get(day, ()))
    keeps = not closed and day not in standing.ward and day - dt.timedelta(days=pattern.ward_days) > on
    return Change(
        place=pattern.place,
        day=day,
        before=counter.limit if counter else None,
        after=after,
        fate=fate,
        ward=max(0, min(pattern.ward_places, after - used)) if keeps else 0,
        used=used,
    )


def _fate(counter: DayCapacity | None, number: int | None, used: int, *, by_hand: bool) -> Fate:
    if number is None:
        return Fate.ALONE
    if number == (counter.limit if counter else 0):
        return Fate.SAME
    if counter and not counter.from_pattern and not by_hand:
        return Fate.BY_HAND
    return Fate.TAKEN if used > number else Fate.SET
