"""期限ものさし: where today stands between the first day to apply and the last day of use.

`draw` turns days into an SVG's lengths in per cent, so that no style attribute is needed. The bar is decoration; the
marks listed below it say the same with their arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext

from . import wareki

PLAIN_TOP, LABELLED_TOP, LANE_STEP = 34, 54, 44  # px from the top of the drawing to the first bar, and between bars
BAR_HEIGHT = 14
LABEL_ROOM = 14.0  # per cent of the width that a month's name needs on a phone
CHIP_ROOM = 7.0  # half the 今日 chip
SLIMMEST_BOOKING = 1.6


@dataclass(frozen=True, slots=True)
class Lane:
    """One service's days, both ends included. `born` is the due date as long as there is no birth."""

    label: str
    opens: date | None
    born: date
    last: date
    bookings: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    css: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """`label` is "" when there is but one lane. `top` in px, all x in per cent of the width."""

    label: str
    top: int
    bars: tuple[Bar, ...]
    bookings: tuple[Bar, ...]
    born: str
    last: str

    @property
    def middle(self) -> int:
        return self.top + BAR_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """`today` is the line; `chip` its word, kept inside the drawing; `axis` the y of the months, in px."""

    lanes: tuple[DrawnLane, ...]
    ticks: tuple[Tick, ...]
    today: str
    chip: str
    axis: int
    sentence: str

    @property
    def height(self) -> int:
        return self.axis + (36 if self.lanes[0].label else 28)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the list below the bar. `kind`: "pre" may apply, "born", "book" a booking, "edge" the last day."""

    kind: str
    title: str
    day: date
    note: str = ""


def draw(lanes: Sequence[Lane], *, today: date) -> Ruler:
    """Lanes with the same last day become one; a single lane needs no label."""
    merged = _merge(lanes)
    scale = _Scale.around(merged, today)
    drawn = tuple(_draw_lane(lane, index, scale, today, labelled=len(merged) > 1) for index, lane in enumerate(merged))
    now = scale.at(today)
    return Ruler(
        lanes=drawn,
        ticks=_ticks(scale),
        today=_percent(now),
        chip=_percent(min(max(now, CHIP_ROOM), 100 - CHIP_ROOM)),
        axis=drawn[-1].top + BAR_HEIGHT + 4,
        sentence=_sentence(merged, scale, today),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    @classmethod
    def around(cls, lanes: Sequence[Lane], today: date) -> "_Scale":
        """A week before the first day of interest, and a little more after the last."""
        first = min([today, *(lane.opens or lane.born for lane in lanes), *(lane.born for lane in lanes)])
        last = max([today, *(lane.last for lane in lanes)])
        return cls(first - timedelta(days=7), last + timedelta(days=max(10, (last - first).days // 16)))

    def at(self, day: date) -> float:
        return self.share((day - self.first).days)

    def share(self, days: int) -> float:
        return days / (self.last - self.first).days * 100


def _merge(lanes: Sequence[Lane]) -> list[Lane]:
    by_end = sorted(lanes, key=lambda lane: lane.last)
    merged = []
    for _, group in groupby(by_end, key=lambda lane: lane.last):
        same = list(group)
        bookings = tuple(dict.fromkeys(booking for lane in same for booking in lane.bookings))
        merged.append(replace(same[0], label="・".join(lane.label for lane in same), bookings=bookings))
    return merged


def _draw_lane(lane: Lane, index: int, scale: _Scale, today: date, *, labelled: bool) -> DrawnLane:
    usable_from = min(max(today, lane.born), lane.last)
    spans = (
        ("pre", lane.opens or lane.born, lane.born),
        ("gone", lane.born, usable_from),
        ("can", usable_from, lane.last),
    )
    return DrawnLane(
        label=lane.label if labelled else "",
        top=(LABELLED_TOP if labelled else PLAIN_TOP) + LANE_STEP * index,
        bars=tuple(_bar(css, scale, start, end) for css, start, end in spans if start < end),
        bookings=tuple(_booking(scale, start, end) for start, end in lane.bookings),
        born=_percent(scale.at(lane.born)),
        last=_percent(scale.at(lane.last)),
    )


def _bar(css: str, scale: _Scale, start: date, end: date) -> Bar:
    return Bar(css, _percent(scale.at(start)), _percent(scale.share((end - start).days)))


def _booking(scale: _Scale, start: date, end: date) -> Bar:
    width = max(SLIMMEST_BOOKING, scale.share((end - start).days + 1))
    return Bar("book", _percent(scale.at(start)), _percent(width))


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """The first of each month; names thinned until they have room, none at the very ends."""
    months = _months(scale)
    step = next((step for step in (1, 2, 3, 6) if step * scale.share(30) >= LABEL_ROOM), 12)
    return tuple(_tick(scale, day, named=index % step == 0) for index, day in enumerate(months))


def _tick(scale: _Scale, day: date, *, named: bool) -> Tick:
    x = scale.at(day)
    return Tick(_percent(x), gettext("%(month)s月") % {"month": day.month} if named and 4 <= x <= 96 else "")


def _months(scale: _Scale) -> list[date]:
    months = []
    day = scale.first if scale.first.day == 1 else _next_month(scale.first)
    while day <= scale.last:
        months.append(day)
        day = _next_month(day)
    return months


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _sentence(lanes: Sequence[Lane], scale: _Scale, today: date) -> str:
    """What the picture shows, for those who hear it."""
    named = len(lanes) > 1
    last = [_last(lane, today, named=named) for lane in lanes]
    usable = max(lane.last for lane in lanes) >= today
    bookings = sorted({booking for lane in lanes for booking in lane.bookings})
    parts = {
        "start": wareki.month(scale.first),
        "end": wareki.month(scale.last),
        "today": gettext("%(month)s月%(day)s日") % {"month": today.month, "day": today.day},
        "last": "、".join(last),
    }
    told = (
        gettext("%(start)sから%(end)sまでの帯。今日は%(today)s。%(last)s使えます。")
        if usable
        else gettext("%(start)sから%(end)sまでの帯。今日は%(today)s。%(last)sでした。")
    )
    booked = [gettext("%(span)sに予約があります。") % {"span": _span(start, end, today)} for start, end in bookings]
    return told % parts + "".join(booked)


def _last(lane: Lane, today: date, *, named: bool) -> str:
    day = _told(lane.last, today)
    return (
        gettext("%(service)sは%(day)sまで") % {"service": lane.label, "day": day}
        if named
        else gettext("%(day)sまで") % {"day": day}
    )


def _told(day: date, today: date) -> str:
    return (
        gettext("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}
        if day.year == today.year
        else wareki.no_weekday(day)
    )


def _span(start: date, end: date, today: date) -> str:
    if start == end:
        return _told(start, today)
    tail = (
        gettext("%(day)s日") % {"day": end.day}
        if (start.year, start.month) == (end.year, end.month)
        else _told(end, today)
    )
    return gettext("%(told)sから%(tail)s") % {"told": _told(start, today), "tail": tail}


def _percent(share: float) -> str:
    return f"{share:.2f}%"
