"""What a facility's months under one municipality rest on: bookings, prices, payments, and what was claimed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from applications.public import Birth
from eligibility import engine
from facilities.models import Booking, ContractPrice, FeeWaiver, MonthLine, MonthReport, Payment
from facilities.month_end import LATE_CANCEL, NO_SHOW, USE, Amounts, Claim, Earlier, Ledger
from postpartum_portal.shared import clock

from .contract_prices import ContractAmount, ContractPrices, contract_prices
from .guests import with_rows
from .numbers import OLDER_FROM
from .stored import owed_of, price_of

Kind, Status = ContractPrice.Kind, Booking.Status
KINDS = {Status.ATTENDED: USE, Status.CANCELLED_LATE: LATE_CANCEL, Status.NO_SHOW: NO_SHOW}
"""What a booking is claimed as; of any other status it is not, but for what is `DECIDED`."""
DECIDED = Q(status=Status.CANCELLED_IN_TIME, consequence__has_key="open")
"""Cancelled without a published rule: staff decide what follows."""
PAID_AS = {USE: Payment.Kind.USE, LATE_CANCEL: Payment.Kind.CANCEL_FEE, NO_SHOW: Payment.Kind.CANCEL_FEE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """One booking as a month claims it.

    `price_parts`: what the contract pays, part by part; none where it has no amount, or `unmeasured`: it pays by the
    hour and none were agreed. `due`: what she was to pay, None where that is not published, or not decided; `paid`:
    what is on record as received, None where nothing is; `waived`: the facility does not ask for what is owed.
    """

    booking: Booking
    kind: str
    month: dt.date
    price_parts: tuple[ContractAmount, ...]
    unmeasured: bool
    due: int | None
    paid: int | None
    waived: bool = False

    @property
    def claim(self) -> Claim:
        return Claim(
            booking=self.booking.pk, month=self.month, kind=self.kind, price=self.price, collected=self.collected
        )

    @property
    def price(self) -> int | None:
        """Parts of a yen are dropped."""
        if not self.price_parts or self.unmeasured:
            return None
        return int(sum(part.amount * (part.times(self.booking) or Decimal(0)) for part in self.price_parts))

    @property
    def collected(self) -> int | None:
        """What was received or, where nothing is recorded, or no more is asked for, what was to be."""
        return self.due if self.paid is None or self.waived else self.paid


@dataclass(frozen=True, slots=True)
class Books:
    """`billed` by booking; `reports` by month; `unrecorded`: of whom nobody said yet whether they came."""

    ledger: Ledger
    billed: Mapping[int, Billed]
    reports: Mapping[dt.date, MonthReport]
    unrecorded: tuple[Booking, ...]


def books_of(facility: int, municipality: int, *, today: dt.date) -> Books:
    """Everything that is, or may still be, claimed. Eight statements, however many bookings there are."""
    here = Q(facility=facility, municipality=municipality)
    reports = {row.month: row for row in MonthReport.objects.filter(here)}
    bookings = [row for row in with_rows(Booking.objects.filter(here, claimable())) if kind_of(row)]
    billed = billed_of(bookings, contract_prices(municipality, facility))
    lines = MonthLine.objects.filter(here, report__status__in=MonthReport.CLOSED).select_related("report")
    ledger = Ledger(
        claims={pk: row.claim for pk, row in billed.items()},
        earlier=[_earlier(line) for line in lines.order_by("pk")],
        closed={month: row.status in MonthReport.SETTLED for month, row in reports.items() if row.status in row.CLOSED},
        this_month=today.replace(day=1),
    )
    expected = Booking.objects.filter(here, status=Status.CONFIRMED, last_day__lt=today)
    return Books(ledger, billed, reports, tuple(with_rows(expected).order_by("first_day", "pk")))


def claimable() -> Q:
    """Bookings that may be claimed; of those that staff decide about, `kind_of` tells."""
    return Q(status__in=KINDS) | DECIDED


def kind_of(booking: Booking) -> str:
    """As what it is claimed: a cancellation too that staff decided to count, or to ask money for; "" for no claim."""
    if booking.status != Status.CANCELLED_IN_TIME:
        return KINDS.get(Status(booking.status), "")
    owed = owed_of(booking).total if "open" in booking.consequence else engine.Yen(0)
    costs = not isinstance(owed, engine.Unpublished) and bool(owed)
    return LATE_CANCEL if costs or booking.consequence.get("counted") else ""


def billed_of(bookings: Iterable[Booking], prices: ContractPrices) -> dict[int, Billed]:
    """By booking; they came `with_rows` and are of one contract. Two statements."""
    rows = list(bookings)
    paid = _paid(rows)
    waivers = FeeWaiver.objects.filter(booking__in=rows, undone_at=None)
    waived = set(waivers.order_by().values_list("booking", flat=True))
    return {row.pk: _billed(row, prices, paid, waived=row.pk in waived) for row in rows}


def month_of(booking: Booking) -> dt.date:
    """The month that claims it: of the last day of a use, or of the day on which an absence was recorded."""
    closed = booking.status != Status.ATTENDED and booking.closed_at
    return (clock.day_of(closed) if closed else booking.last_day).replace(day=1)


def _billed(booking: Booking, prices: ContractPrices, paid: Mapping[tuple[int, str], int], *, waived: bool) -> Billed:
    kind = kind_of(booking)
    parts, due = _parts(booking, kind, prices), (price_of if kind == USE else owed_of)(booking).total
    return Billed(
        booking=booking,
        kind=kind,
        month=month_of(booking),
        price_parts=parts,
        unmeasured=any(part.times(booking) is None for part in parts),
        due=None if isinstance(due, engine.Unpublished) else int(due),
        paid=paid.get((booking.pk, PAID_AS[kind])),
        waived=waived,
    )


def _parts(booking: Booking, kind: str, prices: ContractPrices) -> tuple[ContractAmount, ...]:
    """By the contract of the first day; what it adds for some families goes with a use that it has a price for."""
    basic = prices.price(booking.service, Kind(kind), on=booking.first_day)
    if basic is None or kind != USE:
        return (basic,) if basic else ()
    added = prices.additions(booking.service, on=booking.first_day)
    return (basic, *(part for part in added if _applies(part.kind, booking)))


def _applies(kind: ContractPrice.Kind, booking: Booking) -> bool:
    birth = booking.entitlement.birth
    born = birth.born_on if birth.outcome == Birth.Outcome.BORN else None
    match kind:
        case Kind.MULTIPLES:
            return born is not None and birth.children > 1
        case Kind.SIBLINGS:
            return booking.siblings
        case Kind.OLDER:
            return born is not None and engine.last_day_under(born, OLDER_FROM) < booking.first_day
        case _:
            return False


def _paid(bookings: Iterable[Booking]) -> dict[tuple[int, str], int]:
    """Booking and kind → yen received; nothing where nothing was recorded, or all of it voided."""
    rows = Payment.objects.filter(booking__in=list(bookings), voided_at=None).order_by()
    found = rows.values_list("booking", "kind").annotate(yen=Sum("amount"))
    return {(booking, kind): yen for booking, kind, yen in found}


def _earlier(line: MonthLine) -> Earlier:
    return Earlier(
        line=line.pk,
        booking=line.booking_id,
        month=line.report.month,
        corrects=line.corrects_id is not None,
        amounts=Amounts(line.price or 0, line.collected or 0),
    )
