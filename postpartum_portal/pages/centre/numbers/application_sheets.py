"""Figures of the applications: how many came and how, how long they waited, what was decided and why not."""

from collections.abc import Iterable
from typing import Any

from applications.public import Application, Decision, application_numbers
from postpartum_portal.shared import wareki
from postpartum_portal.shared.bars import bars

from .asked import Asked
from .sheets import Cell, Line, Sheet, counted, percentile

NONE = "—"
NO_GROUND = "当たらなかったきまりはない(決定者の判断)"
MEDIAN, MOST = 0.5, 0.9


def received_sheet(rows: list[application_numbers.Received], asked: Asked) -> Sheet:
    channels = [(str(code), str(label)) for code, label in Application.Channel.choices]
    lines = []
    for month in (*asked.past_months, None):
        own = [row for row in rows if month in (None, row.month)]
        link = {"month": month} if month else {}
        cells = [
            counted(sum(r.number for r in own if r.channel == code), asked.cases("received", channel=code, **link))
            for code, _ in channels
        ]
        total = counted(sum(row.number for row in own), asked.cases("received", **link))
        lines.append(Line((wareki.month(month) if month else "計",), (*cells, total), total=month is None))
    heads = tuple(label for _, label in channels)
    title = "月ごとの申請(届き方)"
    return Sheet("received", title, ("受け付けた月",), (*heads, "計"), tuple(lines), _drawn("received", title, lines))


def status_sheet(rows: list[application_numbers.Received], asked: Asked) -> Sheet:
    numbers = {code: sum(row.number for row in rows if row.status == code) for code in Application.Status.values}
    lines = tuple(
        Line((str(label),), (counted(numbers[code], asked.cases("received", status=code)),))
        for code, label in Application.Status.choices
        if numbers[code]
    )
    title = "受け付けた申請の、いまの状態"
    return Sheet("status", title, ("状態",), ("件数",), lines, _drawn("status", title, lines))


def waited_sheet(rows: list[application_numbers.Waited], asked: Asked) -> Sheet:
    outcomes = [(str(code), str(label)) for code, label in Decision.Outcome.choices]
    lines = []
    for month in (*asked.past_months, None):
        own = [row for row in rows if month in (None, row.month)]
        link = {"month": month} if month else {}
        decided = [
            counted(sum(r.number for r in own if r.outcome == code), asked.cases("decided", outcome=code, **link))
            for code, _ in outcomes
        ]
        cells = (*decided, *_days(own), _late(own, asked.cases("decided", late="1", **link)))
        lines.append(Line((wareki.month(month) if month else "計",), cells, total=month is None))
    heads = (*(label for _, label in outcomes), "待った日数の中央値", "9割がこの日数まで", "めやすを過ぎた決定")
    histogram = _histogram(rows)
    title = "決定と、待った日数"
    drawing = bars("waited", "待った日数ごとの決定", _grouped(histogram), "件")
    return Sheet("waited", title, ("決定した月",), heads, tuple(lines), drawing)


def grounds_sheet(grounds: list[application_numbers.Ground], asked: Asked) -> Sheet:
    refused = Decision.Outcome.REFUSED
    lines = tuple(
        Line(
            (item.title or NO_GROUND,),
            (counted(item.number, asked.cases("decided", outcome=refused, ground=item.code)),),
        )
        for item in grounds
    )
    title = "不承認の理由"
    return Sheet("grounds", title, ("当たらなかったきまり",), ("件数",), lines, _drawn("grounds", title, lines))


def pools_sheet(pools: Iterable[application_numbers.PoolUse], labels: dict[str, str]) -> Sheet:
    lines = tuple(
        Line(
            (labels.get(p.code, p.code),),
            tuple(
                Cell(number) for number in (p.families, p.granted, p.used, p.returned, p.granted - p.used - p.returned)
            ),
        )
        for p in pools
    )
    left = [(line.labels[0], _number(line.cells[4])) for line in lines]
    heads = ("家庭", "認めた数", "使った・予約した数", "転出で返された数", "のこり")
    return Sheet("pools", "使われていない枠", ("枠",), heads, lines, bars("pools", "のこり", left))


def _days(rows: list[application_numbers.Waited]) -> tuple[Cell, Cell]:
    histogram = _histogram(rows)
    found = percentile(histogram, MEDIAN), percentile(histogram, MOST)
    median, most = (NONE if days is None else days for days in found)
    return Cell(median), Cell(most)


def _late(rows: list[application_numbers.Waited], href: str) -> Cell:
    promised = [row for row in rows if row.late is not None]
    if rows and not promised:
        return Cell("めやすは公表されていない")
    return counted(sum(row.number for row in promised if row.late), href)


def _histogram(rows: list[application_numbers.Waited]) -> list[tuple[int, int]]:
    numbers: dict[int, int] = {}
    for row in rows:
        numbers[row.days] = numbers.get(row.days, 0) + row.number
    return sorted(numbers.items())


BINS = ((0, 3), (4, 7), (8, 14), (15, 30), (31, None))
"""Days, both ends included; None: and more."""


def _grouped(histogram: list[tuple[int, int]]) -> list[tuple[str, int]]:
    return [
        (
            f"{first}〜{last}日" if last else f"{first}日以上",
            sum(many for days, many in histogram if first <= days and (last is None or days <= last)),
        )
        for first, last in BINS
    ]


def _drawn(code: str, title: str, lines: Iterable[Line]) -> Any:
    return bars(code, title, [(line.labels[0], _number(line.cells[-1])) for line in lines if not line.total], "件")


def _number(cell: Cell) -> int:
    return int(cell.value) if isinstance(cell.value, int) else 0
