"""What the centre sees of a month sent to it: each line beside its own records, recounted from what it granted."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from applications.public import Standing, standings_of
from eligibility import engine
from eligibility.engine.wording import money, pool_units, span
from facilities.models import Booking, MonthLine, MonthReport
from facilities.month_end import Amounts, Claim

from .case_numbers import case_numbers
from .guests import with_rows
from .month_books import Books, books_of
from .month_differences import differences_of
from .month_lines import LineCard, lines_of
from .month_sheet import MonthSheet, frozen_sheet
from .uses import terms_reader

GONE = "利用の記録が取り消されています。"
NEVER_GRANTED = "このサービスの承認がありません。"
TOO_MANY = "承認した数より多く使っています。"


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line as it was sent, and what the centre's own records say of it.

    `case`: the number of her case, "" where all came on paper. `class_label` and `reduced`: by which her price was
    reckoned on the day. `used`: 7日のうち5日, all uses that count so far, of whatever facility. `doubts`: sentences.
    """

    card: LineCard
    case: str
    class_label: str
    reduced: bool
    used: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthCheck:
    """`beside`: sentences about bookings without a line here that belong to the month; with name and days."""

    report: MonthReport
    sheet: MonthSheet
    lines: tuple[CheckedLine, ...]
    beside: tuple[str, ...]
    bookings: tuple[Booking, ...]
    """Whose names are on the page, for the log."""

    @property
    def doubted(self) -> int:
        return sum(bool(line.doubts) for line in self.lines) + len(self.beside)


def month_check(report: MonthReport, *, today: dt.date) -> MonthCheck:
    """A month with its frozen lines, each read against what is on record today."""
    books = books_of(report.facility_id, report.municipality_id, today=today)
    sheet = frozen_sheet(report, today=today)
    rows = lines_of(report)
    bookings = {row.pk: row for row in with_rows(Booking.objects.filter(pk__in=[line.booking_id for line in rows]))}
    families = _Families(bookings.values())
    told = _differences(books, rows, report)
    lines = tuple(
        families.check(card, bookings[row.booking_id], (*_since(row, books), *told[bookings[row.booking_id].number]))
        for card, row in zip(sheet.cards, rows, strict=True)
    )
    beside = [books.billed[claim.booking].booking for claim in books.ledger.overlooked(report.month)]
    unrecorded = [row for row in books.unrecorded if row.last_day.replace(day=1) == report.month]
    sentences = [f"{_named(row)}は、記録されていて、この請求に入っていません。" for row in beside]
    sentences += [f"{_named(row)}は、来たかどうかが記録されていません。" for row in unrecorded]
    return MonthCheck(report, sheet, lines, tuple(sentences), (*bookings.values(), *beside, *unrecorded))


def _differences(books: Books, rows: Sequence[MonthLine], report: MonthReport) -> Mapping[str, list[str]]:
    """What the facility is told of an open month, looked up anew for this one: by number of the booking."""
    known = [row for row in rows if row.corrects_id or row.booking_id in books.billed]
    for row in known:
        if row.booking_id in books.billed:
            row.booking = books.billed[row.booking_id].booking
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in differences_of(books, [row for row in known if not row.corrects_id], report.month, ask=""):
        if item.code != "unrecorded":
            found[item.number].append(item.what)
    return found


def _since(row: MonthLine, books: Books) -> Iterable[str]:
    """What has been recorded otherwise since the month was sent."""
    if row.corrects_id:
        return
    billed = books.billed.get(row.booking_id)
    if billed is None:
        yield GONE
        return
    claim: Claim = billed.claim
    sent, fresh = Amounts(row.price or 0, row.collected or 0), claim.amounts
    if fresh is not None and fresh != sent:
        yield f"送られたあとに記録が変わり、いまの市の負担は{money(engine.Yen(fresh.public_share))}です。"


class _Families:
    """The families of a month: what each was granted, and what it has used anywhere."""

    def __init__(self, bookings: Iterable[Booking]) -> None:
        entitlements = {row.entitlement_id: row.entitlement for row in bookings}
        self.standings: Mapping[int, Standing] = standings_of(list(entitlements.values())) if entitlements else {}
        self.cases = case_numbers(entitlement.birth_id for entitlement in entitlements.values())
        self.used: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for row in Booking.objects.filter(entitlement__in=entitlements, status__in=Booking.COUNTED).order_by():
            self.used[row.entitlement_id].update(_counted(row))
        self.read_terms = terms_reader()

    def check(self, card: LineCard, booking: Booking, doubts: Iterable[str]) -> CheckedLine:
        terms = self.read_terms(booking)
        labels = {item.code: item.label for item in terms.classes}
        code = str(booking.quote.get("class") or "")
        used, own = self._used(booking, terms)
        return CheckedLine(
            card=card,
            case=self.cases.get(booking.entitlement.birth_id, ""),
            class_label=labels.get(code, code),
            reduced=bool(booking.quote.get("reduced")),
            used=used,
            doubts=(*doubts, *own),
        )

    def _used(self, booking: Booking, terms: engine.Terms) -> tuple[str, tuple[str, ...]]:
        """In the units by which the service is told; a sentence more where it is beyond what was granted."""
        if not terms.pools_of(booking.service):
            return "", ()
        pool = engine.counted_by(booking.service, terms)
        counters = {row.code: row for row in self.standings[booking.entitlement_id].pools}
        if pool.code not in counters:
            return "", (NEVER_GRANTED,)
        limit, number = counters[pool.code].limit, self.used[booking.entitlement_id][pool.code]
        return f"{pool_units(limit, pool)}のうち{pool_units(number, pool)}", (TOO_MANY,) if number > limit else ()


def _counted(booking: Booking) -> Mapping[str, int]:
    """Units that a use, or what it came to, has taken for good."""
    taken = booking.units if booking.status == Booking.Status.ATTENDED else booking.consequence.get("counted", {})
    return {code: units for code, units in taken.items() if units}


def _named(booking: Booking) -> str:
    return f"{booking.entitlement.birth.household.name} 様の{span(booking.first_day, booking.last_day)}の予約"
