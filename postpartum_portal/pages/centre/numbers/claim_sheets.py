"""委託料 and who bears it, from the months of facilities that the centre has accepted."""

from collections.abc import Sequence

from facilities.public import Claimed
from postpartum_portal.shared import wareki

from .asked import Asked
from .sheets import Cell, Line, Sheet
from .use_sheets import ordered

HEADS = ("明細の件数", "委託料(円)", "利用者負担(円)", "市の負担(円)")


def claims_sheet(rows: Sequence[Claimed], services: dict[str, str], asked: Asked) -> Sheet:
    """A line for each service and month that claims something, each service's sum, and the sum of all."""
    lines: list[Line] = []
    for service in ordered(rows, services):
        own = sorted((row for row in rows if row.service == service), key=lambda row: row.month)
        label = services.get(service, service)
        for row in own:
            link = {"service": service, "month": row.month.isoformat()}
            lines.append(Line((label, wareki.month(row.month)), _cells([row], asked, link)))
        lines.append(Line((label, "計"), _cells(own, asked, {"service": service}), total=True))
    lines.append(Line(("すべて", "計"), _cells(rows, asked, {}), total=True))
    return Sheet("claims", "委託料と市の負担", ("サービス", "月"), HEADS, tuple(lines if rows else ()))


def _cells(rows: Sequence[Claimed], asked: Asked, link: dict[str, str]) -> tuple[Cell, ...]:
    here = asked.cases("claims", **link)
    names = ("number", "price", "collected", "share")
    return tuple(here.figure(sum(getattr(row, name) for row in rows), name) for name in names)
