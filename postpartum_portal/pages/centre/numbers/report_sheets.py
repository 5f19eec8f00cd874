"""The tables that city and state ask for: uses that took place, by service, class and reduction, and by month."""

from collections.abc import Iterable, Iterator, Sequence

from facilities.public import OLDER_FROM, Booking, People, Uses
from postpartum_portal.shared import wareki

from .asked import Asked
from .sheets import Cell, Line, Sheet
from .use_sheets import ordered, summed

ATTENDED = Booking.Status.ATTENDED
BOTH = "あり・なし"
OLDER = f"うち生後{OLDER_FROM}か月以上"
SIBLINGS = "うちきょうだい"
KINDS: tuple[dict[str, str], ...] = ({}, {"multiples": "1"}, {"older": "1"}, {"siblings": "1"})
"""All uses, those of several children, of children who were old enough, with siblings; as a link narrows."""


def classes_sheet(
    rows: Sequence[Uses],
    people: Iterable[People],
    services: dict[str, str],
    classes: dict[str, str],
    asked: Asked,
) -> Sheet:
    """Of the span as a whole, with the families: they cannot be added up from months."""
    families = {(item.service, item.household, item.reduced): item.number for item in people}
    heads = ("実人数", "回数", "日数", "本人の負担(円)", "減免と公費(円)", "本人の負担が公表されていない回数")
    lines = tuple(_class_lines(_attended(rows), families, services, classes, asked))
    return Sheet("classes", "サービス・区分・減免ごとの利用", ("サービス", "区分", "減免"), heads, lines)


def months_sheet(rows: Sequence[Uses], services: dict[str, str], asked: Asked) -> Sheet:
    came = _attended(rows)
    kinds = ("", "うち多胎 ", f"{OLDER} ", f"{SIBLINGS} ")
    heads = tuple(f"{kind}{counted}" for kind in kinds for counted in ("回数", "日数"))
    lines = tuple(
        _month_line(service, month, came, services, asked)
        for service in (*ordered(came, services), "")
        for month in (*(day.isoformat() for day in asked.past_months), "")
    )
    return Sheet("months", "月ごとの利用(多胎、月齢、きょうだい)", ("サービス", "月"), heads, lines)


def details_sheet(rows: Sequence[Uses], services: dict[str, str], classes: dict[str, str], asked: Asked) -> Sheet:
    """A line for each month × service × class × reduction that occurred: what the two others are added up from."""
    came = _attended(rows)
    order = [*ordered(came, services)]
    found = sorted({(row.month, order.index(row.service), row.household, row.reduced) for row in came})
    lines = []
    for month, at, household, reduced in found:
        key = month, order[at], household, reduced
        own = [row for row in came if (row.month, row.service, row.household, row.reduced) == key]
        link = {"month": month.isoformat(), **_link(order[at], household, reduced=reduced)}
        cells = (
            *_number_and_days(own, asked, link),
            *_money(own, asked, link),
            *(_narrowed(own, kind, asked, link)[0] for kind in KINDS[1:]),
        )
        lines.append(
            Line((wareki.month(month), *_names(order[at], household, services, classes, reduced=reduced)), cells)
        )
    heads = ("回数", "日数", "本人の負担(円)", "減免と公費(円)", "うち多胎 回数", f"{OLDER} 回数", f"{SIBLINGS} 回数")
    title = "月・サービス・区分・減免ごとの利用"
    return Sheet("details", title, ("月", "サービス", "区分", "減免"), heads, tuple(lines))


def _attended(rows: Iterable[Uses]) -> list[Uses]:
    return [row for row in rows if row.status == ATTENDED]


def _class_lines(
    rows: list[Uses],
    families: dict[tuple[str | None, str | None, bool | None], int],
    services: dict[str, str],
    classes: dict[str, str],
    asked: Asked,
) -> Iterator[Line]:
    for service in ordered(rows, services):
        own = [row for row in rows if row.service == service]
        for household, reduced in sorted({(row.household, row.reduced) for row in own}):
            alike = [row for row in own if (row.household, row.reduced) == (household, reduced)]
            number = families.get((service, household, reduced), 0)
            cells = _class_cells(number, alike, asked, _link(service, household, reduced=reduced))
            yield Line(_names(service, household, services, classes, reduced=reduced), cells)
        cells = _class_cells(families.get((service, None, None), 0), own, asked, {"service": service})
        yield Line((services.get(service, service), "計", BOTH), cells, total=True)
    yield Line(("すべて", "計", BOTH), _class_cells(families.get((None, None, None), 0), rows, asked, {}), total=True)


def _class_cells(families: int, rows: list[Uses], asked: Asked, link: dict[str, str]) -> tuple[Cell, ...]:
    here = asked.cases("bookings", status=ATTENDED, **link)
    return (
        here.figure(families, "families"),
        *_number_and_days(rows, asked, link),
        *_money(rows, asked, link),
        asked.cases("bookings", status=ATTENDED, unknown="price", **link).figure(summed(rows, "unpublished")),
    )


def _month_line(service: str, month: str, rows: Iterable[Uses], services: dict[str, str], asked: Asked) -> Line:
    """`service` and `month` (ISO, its first day): "" for all of them."""
    here = [row for row in rows if service in ("", row.service) and month in ("", row.month.isoformat())]
    link = {"service": service, "month": month}
    cells = tuple(cell for kind in KINDS for cell in _narrowed(here, kind, asked, link))
    labels = services.get(service, service) or "すべて", asked.narrowed_to(month) if month else "計"
    return Line(labels, cells, total=not (service and month))


def _narrowed(rows: Iterable[Uses], kind: dict[str, str], asked: Asked, link: dict[str, str]) -> tuple[Cell, Cell]:
    """Number and days of those of a kind."""
    return _number_and_days([row for row in rows if all(getattr(row, name) for name in kind)], asked, link | kind)


def _number_and_days(rows: list[Uses], asked: Asked, link: dict[str, str]) -> tuple[Cell, Cell]:
    here = asked.cases("bookings", status=ATTENDED, **link)
    return here.figure(summed(rows, "number")), here.figure(summed(rows, "days"), "days")


def _money(rows: list[Uses], asked: Asked, link: dict[str, str]) -> tuple[Cell, Cell]:
    here = asked.cases("bookings", status=ATTENDED, **link)
    return here.figure(summed(rows, "yen"), "yen"), here.figure(summed(rows, "public"), "public")


def _link(service: str, household: str, *, reduced: bool) -> dict[str, str]:
    return {"service": service, "household": household, "reduced": "1" if reduced else "0"}


def _names(
    service: str, household: str, services: dict[str, str], classes: dict[str, str], *, reduced: bool
) -> tuple[str, str, str]:
    return services.get(service, service), classes.get(household, household), "あり" if reduced else "なし"
