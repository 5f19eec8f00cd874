"""The lines of a month's claim: as they would be frozen now, and as pages and papers show them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.engine.wording import money, span
from facilities.models import Booking, MonthLine, MonthReport
from facilities.month_end import Amounts, Entry, total
from postpartum_portal.shared import wareki
from postpartum_portal.shared.yen import Yen, format_yen

from .guests import with_rows
from .month_books import Billed, Books, Kind
from .uses import length_of, terms_reader, use_of

NOT_IN_CONTRACT = "契約に定めがないので請求に含めません。"
NOTHING_LEFT = "お支払い額が契約の額より多いので、請求に含めません。"
NO_PRICE = "委託料の額が入っていません。"
SAMPLE = "見本の額です。"
ABSENCES = frozenset({MonthLine.Kind.LATE_CANCEL, MonthLine.Kind.NO_SHOW})


@dataclass(frozen=True, slots=True)
class LineCard:
    """One line as a page shows it; nothing of a class or of a reduction's name (A5).

    Amounts are yen, with sign where the line corrects another, None where nothing is claimed or nothing is known.
    `recorded`: whether what she paid is on record.
    """

    number: str
    guest: str
    kind: MonthLine.Kind
    service: str
    when: str
    length: str
    price: int | None
    collected: int | None
    public_share: int | None
    recorded: bool
    note: str

    @property
    def kind_label(self) -> str:
        return "" if self.kind == MonthLine.Kind.USE else str(self.kind.label)

    @property
    def price_text(self) -> str:
        return _told(self.price)

    @property
    def collected_text(self) -> str:
        return _told(self.collected)

    @property
    def share_text(self) -> str:
        return _told(self.public_share)

    @property
    def expected(self) -> bool:
        """Whether what she paid is what she was to pay, since nobody wrote down what she did."""
        return bool(self.collected) and not self.recorded and self.kind != MonthLine.Kind.CORRECTION


def draft_lines(books: Books, month: dt.date) -> list[MonthLine]:
    """The lines that an open month would claim now, in the order of days, corrections last; none of them is saved."""
    entries = books.ledger.entries(month)
    gone = {entry.booking for entry in entries} - books.billed.keys()
    bookings = {pk: row.booking for pk, row in books.billed.items()} | _read(gone)
    read_terms = terms_reader()
    lines = []
    for entry in entries:
        booking = bookings[entry.booking]
        service = read_terms(booking).service(booking.service)
        line = MonthLine(
            municipality_id=booking.municipality_id,
            facility_id=booking.facility_id,
            booking=booking,
            corrects_id=entry.corrects,
            kind=_kind(entry),
            service=booking.service,
            label=service.label,
            guest=booking.entitlement.birth.household.name,
            first_day=booking.first_day,
            last_day=booking.last_day,
            units_text=length_of(use_of(booking), service),
            note=_note(entry, books),
        )
        _set_amounts(line, entry, books.billed.get(entry.booking))
        lines.append(line)
    lines.sort(key=lambda line: (line.corrects_id is not None, line.first_day, line.booking_id))
    for order, line in enumerate(lines, 1):
        line.order = order
    return lines


def lines_of(report: MonthReport) -> list[MonthLine]:
    """The frozen lines of a month that was sent."""
    return list(MonthLine.objects.filter(report=report).select_related("booking").order_by("order"))


def card_of(line: MonthLine) -> LineCard:
    return LineCard(
        number=line.booking.number,
        guest=line.guest,
        kind=MonthLine.Kind(line.kind),
        service=line.label,
        when=span(line.first_day, line.last_day),
        length=line.units_text,
        price=line.price,
        collected=line.collected,
        public_share=line.public_share,
        recorded=line.recorded,
        note=line.note,
    )


def total_of(lines: Iterable[MonthLine]) -> Amounts | None:
    """None as long as some line that is to be claimed has no amount."""
    rows = list(lines)
    if any(row.public_share is None and not _is_out(row) for row in rows):
        return None
    return total(Amounts(row.price or 0, row.collected or 0) for row in rows if row.public_share is not None)


def _told(amount: int | None) -> str:
    return "—" if amount is None else format_yen(Yen(amount))


def _is_out(line: MonthLine) -> bool:
    """Whether it is listed and claims nothing."""
    return line.kind in ABSENCES and line.price is None


def _read(pks: Iterable[int]) -> dict[int, Booking]:
    """Bookings that are claimed no more, such as one whose arrival was taken back."""
    chosen = list(pks)
    return {row.pk: row for row in with_rows(Booking.objects.filter(pk__in=chosen))} if chosen else {}


def _kind(entry: Entry) -> MonthLine.Kind:
    if entry.corrects is not None or entry.claim is None:
        return MonthLine.Kind.CORRECTION
    return MonthLine.Kind(entry.claim.kind)


def _set_amounts(line: MonthLine, entry: Entry, billed: Billed | None) -> None:
    if entry.claims_nothing:
        return
    if entry.amounts is not None:
        line.price, line.collected = entry.amounts.price, entry.amounts.collected
        line.public_share = entry.amounts.public_share
    elif billed:
        line.price, line.collected = billed.price, billed.collected
    line.recorded = billed is not None and billed.paid is not None


def _note(entry: Entry, books: Books) -> str:
    if entry.corrects is not None:
        month = next(row.month for row in books.ledger.earlier if row.line == entry.corrects)
        gone = "" if entry.claim else "利用の記録が取り消されました。"
        return f"{wareki.month(month)}分のものです。{gone}"
    claim = entry.claim
    if claim is None:
        return ""
    if claim.claims_nothing:
        return NOT_IN_CONTRACT if claim.price is None else NOTHING_LEFT
    late = f"{wareki.month(claim.month)}分に入っていなかったものです。" if entry.late else ""
    if claim.price is None:
        return f"{late}{NO_PRICE}"
    billed = books.billed[entry.booking]
    sample = SAMPLE if any(part.sample for part in billed.price_parts) else ""
    return f"{late}{_reckoned(billed)}{sample}"


def _reckoned(billed: Billed) -> str:
    """30,000円×3日、多胎加算2,000円×3日。 Nothing where one amount is paid once, and there is nothing to explain."""
    times = [(part, part.times(billed.booking) or 0) for part in billed.price_parts]
    if [number for _, number in times] == [1]:
        return ""
    named = (
        f"{'' if part.kind == Kind.USE else part.kind.label}{money(part.amount)}×{float(number):g}{part.per.label[1:]}"
        for part, number in times
    )
    return f"{'、'.join(named)}。"
