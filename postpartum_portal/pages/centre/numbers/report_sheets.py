"""The tables that city and state ask for: uses that took place, by service, class and reduction, and by month."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from facilities.public import OLDER_FROM, Booking, People, Uses
from postpartum_portal.shared import wareki

from .asked import Asked
from .sheets import Cell, Line, Sheet, counted
from .use_sheets import ordered

ATTENDED = Booking.Status.ATTENDED
BOTH = "あり・なし"
KINDS: tuple[dict[str, str], ...] = ({}, {"multiples": "1"}, {"older": "1"})
"""All uses, those of several children, those of children who were old enough; as a link narrows."""


def classes_sheet(
    rows: Sequence[Uses],
    people: Iterable[People],
    services: dict[str, str],
    classes: dict[str, str],
    asked: Asked,
) -> Sheet:
    came = [row for row in rows if row.status == ATTENDED]
    families = {(item.service, item.household, item.reduced): item.number for item in people}
    heads = ("実人数", "回数", "日数", "本人の負担(円)", "減免と公費(円)", "本人の負担が公表されていない回数")
    lines = tuple(_class_lines(came, families, services, classes, asked))
    return Sheet("classes", "サービス・区分・減免ごとの利用", ("サービス", "区分", "減免"), heads, lines)


def months_sheet(rows: Sequence[Uses], services: dict[str, str], asked: Asked) -> Sheet:
    came = [row for row in rows if row.status == ATTENDED]
    older = f"うち生後{OLDER_FROM}か月以上"
    heads = ("回数", "日数", "うち多胎 回数", "うち多胎 日数", f"{older} 回数", f"{older} 日数")
    lines = tuple(
        _month_line(service, month, came, services, asked)
        for service in (*ordered(came, services), "")
        for month in (*(day.isoformat() for day in asked.past_months), "")
    )
    return Sheet("months", "月ごとの利用(多胎と月齢)", ("サービス", "月"), heads, lines)


def _class_lines(
    rows: list[Uses],
    families: dict[tuple[str | None, str | None, bool | None], int],
    services: dict[str, str],
    classes: dict[str, str],
    asked: Asked,
) -> Iterator[Line]:
    for service in ordered(rows, services):
        own = [row for row in rows if row.service == service]
        name = services.get(service, service)
        for household, reduced in sorted({(row.household, row.reduced) for row in own}):
            alike = [row for row in own if (row.household, row.reduced) == (household, reduced)]
            link = {"service": service, "household": household, "reduced": "1" if reduced else "0"}
            labels = name, classes.get(household, household) or "—", "あり" if reduced else "なし"
            yield _class_line(labels, families.get((service, household, reduced), 0), alike, asked, link)
        labels = name, "計", BOTH
        yield _class_line(labels, families.get((service, None, None), 0), own, asked, {"service": service}, total=True)
    yield _class_line(("すべて", "計", BOTH), families.get((None, None, None), 0), rows, asked, {}, total=True)


def _class_line(
    labels: tuple[str, ...], number: int, rows: list[Uses], asked: Asked, link: dict[str, str], *, total: bool = False
) -> Line:
    unpublished = sum(row.unpublished for row in rows)
    cells = (
        Cell(number),
        counted(sum(row.number for row in rows), asked.cases("bookings", status=ATTENDED, **link)),
        Cell(sum(row.days for row in rows)),
        Cell(sum(row.yen for row in rows)),
        Cell(sum(row.public for row in rows)),
        counted(unpublished, asked.cases("bookings", status=ATTENDED, unknown="1", **link)),
    )
    return Line(labels, cells, total=total)


def _month_line(service: str, month: str, rows: Iterable[Uses], services: dict[str, str], asked: Asked) -> Line:
    """`service` and `month` (ISO, its first day): "" for all of them."""
    here = [row for row in rows if service in ("", row.service) and month in ("", row.month.isoformat())]
    cells: list[Cell] = []
    for kind in KINDS:
        own = [row for row in here if all(getattr(row, name) for name in kind)]
        href = asked.cases("bookings", status=ATTENDED, service=service, month=month, **kind)
        cells += [counted(sum(row.number for row in own), href), Cell(sum(row.days for row in own))]
    labels = services.get(service, service) or "すべて", _month_word(month) or "計"
    return Line(labels, tuple(cells), total=not (service and month))


def _month_word(month: str) -> str:
    return wareki.month(dt.date.fromisoformat(month)) if month else ""
