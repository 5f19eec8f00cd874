"""One month of a facility under one municipality, as its page shows it before and after it is sent."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from eligibility.public import Municipality
from facilities.models import MonthLine, MonthReport
from facilities.month_end import Amounts
from postpartum_portal.shared import wareki
from postpartum_portal.shared.span import next_month

from .month_books import Books, books_of
from .month_differences import Difference, differences_of
from .month_lines import LineCard, card_of, draft_lines, lines_of, total_of


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """`total` None: some amount is not determined. `overlooked`: bookings that were recorded after it was sent.

    `rows` are the lines behind the `cards`; no template receives them.
    """

    municipality: Municipality
    month: dt.date
    today: dt.date
    report: MonthReport | None
    rows: Sequence[MonthLine]
    total: Amounts | None
    differences: tuple[Difference, ...] = ()
    overlooked: int = 0
    cards: tuple[LineCard, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cards", tuple(map(card_of, self.rows)))

    @property
    def label(self) -> str:
        return f"{wareki.month(self.month)}分"

    @property
    def short_label(self) -> str:
        return f"{self.month.month}月分"

    @property
    def price(self) -> int | None:
        return self.total.price if self.total else None

    @property
    def collected(self) -> int | None:
        return self.total.collected if self.total else None

    @property
    def public_share(self) -> int | None:
        return self.total.public_share if self.total else None

    @property
    def is_open(self) -> bool:
        return self.report is None or self.report.is_open

    @property
    def is_over(self) -> bool:
        """A month is sent when its last day has passed."""
        return self.today >= next_month(self.month)

    @property
    def blocking(self) -> tuple[Difference, ...]:
        return tuple(item for item in self.differences if item.blocking)

    @property
    def hints(self) -> tuple[Difference, ...]:
        return tuple(item for item in self.differences if not item.blocking)

    @property
    def may_be_sent(self) -> bool:
        return self.is_open and self.is_over and bool(self.rows) and not self.blocking and self.total is not None

    @property
    def seen(self) -> str:
        """What the page shows, in short: the month is sent only as it was looked at."""
        amounts = "/".join(f"{row.booking_id}:{row.price}:{row.collected}" for row in self.rows)
        return hashlib.sha256(amounts.encode()).hexdigest()[:16]


def month_sheet(facility: int, municipality: Municipality, month: dt.date, *, today: dt.date) -> MonthSheet:
    """The month as it stands: frozen, or as it would be sent now."""
    books = books_of(facility, municipality.pk, today=today)
    report = books.reports.get(month)
    if report and not report.is_open:
        return frozen_sheet(report, today=today, overlooked=len(books.ledger.overlooked(month)))
    return draft_sheet(books, municipality, month, today=today)


def draft_sheet(books: Books, municipality: Municipality, month: dt.date, *, today: dt.date) -> MonthSheet:
    rows = draft_lines(books, month)
    return MonthSheet(
        municipality=municipality,
        month=month,
        today=today,
        report=books.reports.get(month),
        rows=rows,
        total=total_of(rows),
        differences=differences_of(books, rows, month, ask=whom_to_ask(municipality)),
    )


def frozen_sheet(report: MonthReport, *, today: dt.date, overlooked: int = 0) -> MonthSheet:
    """The lines that were sent, as they were sent; for both sides."""
    return MonthSheet(
        municipality=report.municipality,
        month=report.month,
        today=today,
        report=report,
        rows=lines_of(report),
        total=Amounts(report.price or 0, report.collected or 0),
        overlooked=overlooked,
    )


def whom_to_ask(municipality: Municipality) -> str:
    """小平市 こども家庭センター(電話 042-…): who enters what the contract pays."""
    office = municipality.office
    name = f"{municipality.name}の{office['name'].split()[-1]}" if office.get("name") else f"{municipality.name}の担当"
    return f"{name}({office['phone']})" if office.get("phone") else name
