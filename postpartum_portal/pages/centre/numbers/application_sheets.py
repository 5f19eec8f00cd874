"""Figures of the applications: how many came and how, how long they waited, what was decided and why not."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from applications.public import Application, Decision, application_numbers
from postpartum_portal.shared import wareki
from postpartum_portal.shared.bars import bars

from .asked import Asked
from .sheets import Cell, Line, Sheet, percentile

NONE = "—"
NO_GROUND = "当たらなかったきまりはない(決定者の判断)"
UNCOUNTED = "日数に入れない決定(引き継いだ承認)"
MEDIAN, MOST = 0.5, 0.9
BINS = ((0, 3), (4, 7), (8, 14), (15, 30), (31, None))
"""Days, both ends included; None: and more."""
Row = TypeVar("Row", application_numbers.Received, application_numbers.Waited)
HANDED_IN = [(str(code), str(label)) for code, label in Application.Status.choices if code != Application.Status.DRAFT]


def received_sheet(rows: list[application_numbers.Received], asked: Asked) -> Sheet:
    channels = [(str(code), str(label)) for code, label in Application.Channel.choices]
    lines = []
    for label, own, link in _by_month(rows, asked):
        cells = [
            asked.cases("received", channel=code, **link).figure(sum(r.number for r in own if r.channel == code))
            for code, _ in channels
        ]
        total = asked.cases("received", **link).figure(sum(row.number for row in own))
        lines.append(Line((label,), (*cells, total), total=not link))
    heads = tuple(label for _, label in channels)
    title = "月ごとの申請(届き方)"
    return Sheet("received", title, ("受け付けた月",), (*heads, "計"), tuple(lines), _drawn("received", title, lines))


def status_sheet(rows: list[application_numbers.Received], asked: Asked) -> Sheet:
    """Each state, those too in which nothing stands."""
    lines = tuple(
        Line(
            (label,),
            (asked.cases("received", status=code).figure(sum(row.number for row in rows if row.status == code)),),
        )
        for code, label in HANDED_IN
    )
    title = "受け付けた申請の、いまの状態"
    return Sheet("status", title, ("状態",), ("件数",), lines, _drawn("status", title, lines))


def waited_sheet(rows: list[application_numbers.Waited], asked: Asked) -> Sheet:
    outcomes = [(str(code), str(label)) for code, label in Decision.Outcome.choices]
    lines = []
    for label, own, link in _by_month(rows, asked):
        decided = [
            asked.cases("decided", outcome=code, **link).figure(sum(r.number for r in own if r.outcome == code))
            for code, _ in outcomes
        ]
        unknown = asked.cases("decided", taken_over="1", **link).figure(sum(r.number for r in own if r.days is None))
        lines.append(Line((label,), (*decided, *_days(own), _late(own, asked, link), unknown), total=not link))
    heads = (
        *(label for _, label in outcomes),
        "待った日数の中央値",
        "9割がこの日数まで",
        "めやすを過ぎた決定",
        UNCOUNTED,
    )
    drawing = bars("waited", "待った日数ごとの決定", _grouped(_histogram(rows)), "件")
    return Sheet("waited", "決定と、待った日数", ("決定した月",), heads, tuple(lines), drawing)


def grounds_sheet(grounds: list[application_numbers.Ground], asked: Asked) -> Sheet:
    refused = Decision.Outcome.REFUSED
    lines = tuple(
        Line(
            (item.title or NO_GROUND,),
            (asked.cases("decided", outcome=refused, ground=item.code).figure(item.number),),
        )
        for item in grounds
    )
    title = "不承認の理由"
    return Sheet("grounds", title, ("当たらなかったきまり",), ("件数",), lines, _drawn("grounds", title, lines))


def pools_sheet(pools: Iterable[application_numbers.PoolUse], labels: dict[str, str], asked: Asked) -> Sheet:
    order = {code: place for place, code in enumerate(labels)}
    names = ("families", "granted", "used", "returned", "left")
    lines = tuple(
        Line(
            (labels.get(pool.code, pool.code),),
            tuple(asked.cases("pools", pool=pool.code).figure(getattr(pool, name), name) for name in names),
        )
        for pool in sorted(pools, key=lambda pool: order.get(pool.code, len(order)))
    )
    heads = ("家庭", "認めた数", "使った・予約した数", "転出で返された数", "のこり")
    return Sheet("pools", "使われていない枠", ("枠",), heads, lines, _drawn("pools", "のこり", lines, unit=""))


def _by_month(rows: Sequence[Row], asked: Asked) -> Iterator[tuple[str, list[Row], dict[str, dt.date]]]:
    """Each month that has begun, and then all of them: its name, its rows, and how a link narrows to it."""
    for month in asked.past_months:
        yield wareki.month(month), [row for row in rows if row.month == month], {"month": month}
    yield "計", list(rows), {}


def _days(rows: list[application_numbers.Waited]) -> tuple[Cell, Cell]:
    histogram = _histogram(rows)
    found = percentile(histogram, MEDIAN), percentile(histogram, MOST)
    median, most = (NONE if days is None else days for days in found)
    return Cell(median), Cell(most)


def _late(rows: list[application_numbers.Waited], asked: Asked, link: dict[str, dt.date]) -> Cell:
    timed = [row for row in rows if row.days is not None]
    if timed and all(row.late is None for row in timed):
        return Cell("めやすは公表されていない")
    return asked.cases("decided", late="1", **link).figure(sum(row.number for row in timed if row.late))


def _histogram(rows: list[application_numbers.Waited]) -> list[tuple[int, int]]:
    """Days × how many decisions, of those whose days are known."""
    numbers: dict[int, int] = {}
    for row in rows:
        if row.days is not None:
            numbers[row.days] = numbers.get(row.days, 0) + row.number
    return sorted(numbers.items())


def _grouped(histogram: list[tuple[int, int]]) -> list[tuple[str, int]]:
    return [
        (
            f"{first}〜{last}日" if last else f"{first}日以上",
            sum(many for days, many in histogram if first <= days and (last is None or days <= last)),
        )
        for first, last in BINS
    ]


def _drawn(code: str, title: str, lines: Iterable[Line], unit: str = "件") -> Any:
    return bars(code, title, [(line.labels[0], line.cells[-1].number) for line in lines if not line.total], unit)
