"""Figures of the uses: by service and facility, reductions, and what did not take place."""

from collections.abc import Callable, Iterable, Iterator

from facilities.public import Booking, Uses
from postpartum_portal.shared.bars import bars

from .asked import Asked
from .sheets import Cell, Line, Sheet, counted

Status = Booking.Status
ENDED = (Status.CANCELLED_IN_TIME, Status.CANCELLED_LATE, Status.NO_SHOW, Status.DECLINED, Status.EXPIRED)
AHEAD = ",".join(sorted(Booking.LIVE))


def use_sheet(rows: list[Uses], services: dict[str, str], facilities: dict[int, str], asked: Asked) -> Sheet:
    lines: list[Line] = []
    for service in ordered(rows, services):
        own = [row for row in rows if row.service == service]
        lines.append(_use_line((services.get(service, service), "計"), own, asked, total=True, service=service))
        for facility in sorted({row.facility for row in own}):
            here = [row for row in own if row.facility == facility]
            labels = services.get(service, service), facilities.get(facility, "")
            lines.append(_use_line(labels, here, asked, service=service, facility=facility))
    heads = ("利用した回数", "利用した日数", "これからの予約", "これからの日数")
    attended = [(line.labels[0], _number(line, 0)) for line in lines if line.total]
    title = "利用(サービスと施設)"
    return Sheet("uses", title, ("サービス", "施設"), heads, tuple(lines), bars("uses", "利用した回数", attended, "回"))


def reductions_sheet(rows: list[Uses], services: dict[str, str], asked: Asked) -> Sheet:
    came = [row for row in rows if row.status == Status.ATTENDED]
    lines = []
    for service in (*ordered(came, services), ""):
        own = [row for row in came if service in ("", row.service)]
        reduced = [row for row in own if row.reduced]
        link = {"service": service} if service else {}
        href = asked.cases("bookings", status=Status.ATTENDED, reduced="1", **link)
        cells = (
            counted(_sum(reduced, lambda row: row.number), href),
            Cell(_sum(own, lambda row: row.public)),
            Cell(_sum(own, lambda row: row.public_unknown)),
        )
        lines.append(Line((services.get(service, service) or "計",), cells, total=not service))
    heads = ("減免のあった利用", "減免と公費で引いた額(円)", "額が公表されていない利用")
    drawing = bars("reductions", "減免のあった利用", [(x.labels[0], _number(x, 0)) for x in lines if not x.total], "回")
    return Sheet("reductions", "減免", ("サービス",), heads, tuple(lines), drawing)


def ended_sheet(rows: list[Uses], asked: Asked) -> Sheet:
    lines = []
    for status in ENDED:
        own = [row for row in rows if row.status == status]
        cells = (
            counted(_sum(own, lambda row: row.number), asked.cases("bookings", status=status)),
            Cell(_sum(own, lambda row: row.spent)),
            Cell(_sum(own, lambda row: row.fee)),
            Cell(_sum(own, lambda row: row.fee_unpublished)),
        )
        lines.append(Line((ENDED_WORDS[status],), cells))
    heads = ("件数", "使ったことになった件数", "かかったお金(円)", "額が公表されていない件数")
    drawing = bars("ended", "使われなかった予約", [(line.labels[0], _number(line, 0)) for line in lines], "件")
    return Sheet("ended", "取り消しと、使われなかった予約", ("どうなったか",), heads, tuple(lines), drawing)


ENDED_WORDS = {
    Status.CANCELLED_IN_TIME: "期限より前の取り消し",
    Status.CANCELLED_LATE: "期限を過ぎた取り消し",
    Status.NO_SHOW: "来所なし",
    Status.DECLINED: "施設のお断り",
    Status.EXPIRED: "返事がないままの期限切れ",
}


def ordered(rows: Iterable[Uses], services: dict[str, str]) -> Iterator[str]:
    """The services that occur, in the order of the programme; those that it gave up come last."""
    found = {row.service for row in rows}
    yield from (code for code in services if code in found)
    yield from sorted(found - services.keys())


def _use_line(labels: tuple[str, str], rows: list[Uses], asked: Asked, *, total: bool = False, **link: object) -> Line:
    came = [row for row in rows if row.status == Status.ATTENDED]
    ahead = [row for row in rows if row.status in Booking.LIVE]
    cells = (
        counted(_sum(came, lambda row: row.number), asked.cases("bookings", status=Status.ATTENDED, **link)),
        Cell(_sum(came, lambda row: row.days)),
        counted(_sum(ahead, lambda row: row.number), asked.cases("bookings", status=AHEAD, **link)),
        Cell(_sum(ahead, lambda row: row.days)),
    )
    return Line(labels, cells, total=total)


def _sum(rows: Iterable[Uses], figure: Callable[[Uses], int]) -> int:
    return sum(map(figure, rows))


def _number(line: Line, at: int) -> int:
    value = line.cells[at].value
    return value if isinstance(value, int) else 0
