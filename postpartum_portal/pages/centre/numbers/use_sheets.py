"""Figures of the uses: by service and facility, reductions, and what did not take place."""

from collections.abc import Iterable, Iterator

from facilities.public import Booking, Claimed, Uses
from postpartum_portal.shared.bars import bars

from .asked import Asked
from .sheets import Cell, Line, Sheet

Status = Booking.Status
AHEAD = ",".join(sorted(Booking.LIVE))
ENDED = {
    Status.CANCELLED_IN_TIME: "期限より前の取り消し",
    Status.CANCELLED_LATE: "期限を過ぎた取り消し",
    Status.NO_SHOW: "来所なし",
    Status.DECLINED: "施設のお断り",
    Status.EXPIRED: "返事がないままの期限切れ",
}


def use_sheet(rows: list[Uses], services: dict[str, str], facilities: dict[int, str], asked: Asked) -> Sheet:
    lines: list[Line] = []
    for service in ordered(rows, services):
        name, own = services.get(service, service), [row for row in rows if row.service == service]
        lines.append(Line((name, "計"), _use_cells(own, asked, service=service), total=True))
        for facility in sorted({row.facility for row in own}):
            here = [row for row in own if row.facility == facility]
            cells = _use_cells(here, asked, service=service, facility=facility)
            lines.append(Line((name, facilities.get(facility, "")), cells))
    heads = ("利用した回数", "利用した日数", "これからの予約", "これからの日数")
    attended = [(line.labels[0], line.cells[0].number) for line in lines if line.total]
    drawing = bars("uses", "利用した回数", attended, "回")
    return Sheet("uses", "利用(サービスと施設)", ("サービス", "施設"), heads, tuple(lines), drawing)


def reductions_sheet(rows: list[Uses], services: dict[str, str], asked: Asked) -> Sheet:
    came = [row for row in rows if row.status == Status.ATTENDED]
    lines = []
    for service in (*ordered(came, services), ""):
        own = [row for row in came if service in ("", row.service)]
        here = {"status": Status.ATTENDED, "service": service}
        cells = (
            asked.cases("bookings", reduced="1", **here).figure(summed([row for row in own if row.reduced], "number")),
            asked.cases("bookings", **here).figure(summed(own, "public"), "public"),
            asked.cases("bookings", unknown="public", **here).figure(summed(own, "public_unknown")),
        )
        lines.append(Line((services.get(service, service) or "計",), cells, total=not service))
    heads = ("減免のあった利用", "減免と公費で引いた額(円)", "額が公表されていない利用")
    return Sheet("reductions", "減免", ("サービス",), heads, tuple(lines), _drawn("reductions", heads[0], lines, "回"))


def ended_sheet(rows: list[Uses], asked: Asked) -> Sheet:
    lines = []
    for status, label in ENDED.items():
        own = [row for row in rows if row.status == status]
        cells = (
            asked.cases("bookings", status=status).figure(summed(own, "number")),
            asked.cases("bookings", status=status, spent="1").figure(summed(own, "spent")),
            asked.cases("bookings", status=status).figure(summed(own, "fee"), "fee"),
            asked.cases("bookings", status=status, unknown="fee").figure(summed(own, "fee_unpublished")),
        )
        lines.append(Line((label,), cells))
    heads = ("件数", "使ったことになった件数", "かかったお金(円)", "額が公表されていない件数")
    title = "取り消しと、使われなかった予約"
    return Sheet("ended", title, ("どうなったか",), heads, tuple(lines), _drawn("ended", title, lines, "件"))


def ordered(rows: Iterable[Uses] | Iterable[Claimed], services: dict[str, str]) -> Iterator[str]:
    """The services that occur, in the order of the programme; those that it gave up come last."""
    found = {row.service for row in rows}
    yield from (code for code in services if code in found)
    yield from sorted(found - services.keys())


def summed(rows: Iterable[Uses], figure: str) -> int:
    return sum(getattr(row, figure) for row in rows)


def _use_cells(rows: list[Uses], asked: Asked, **link: object) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for statuses in (Status.ATTENDED, AHEAD):
        own, cases = (
            [row for row in rows if row.status in statuses.split(",")],
            asked.cases("bookings", status=statuses, **link),
        )
        cells += [cases.figure(summed(own, "number")), cases.figure(summed(own, "days"), "days")]
    return tuple(cells)


def _drawn(code: str, title: str, lines: Iterable[Line], unit: str) -> str:
    return bars(code, title, [(line.labels[0], line.cells[0].number) for line in lines if not line.total], unit)
