"""A municipality's contracts as its centre sees them: until when, for what, which prices are entered and which not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from eligibility.public import Municipality, that_count
from facilities.models import Booking, Contract, ContractPrice, MonthReport

from .amounts import rows_by
from .versions import versions_of

Kind = ContractPrice.Kind


@dataclass(frozen=True, slots=True)
class PriceCell:
    """One kind of price of one service: what holds now, what holds from later days, and every entry ever made."""

    kind: ContractPrice.Kind
    now: ContractPrice | None
    later: tuple[ContractPrice, ...]
    history: tuple[ContractPrice, ...]

    @property
    def missing(self) -> bool:
        """A contract says what it pays for these three; additions are named only by some."""
        return self.kind in ContractPrice.REQUIRED and self.now is None


@dataclass(frozen=True, slots=True)
class ServicePrices:
    code: str
    label: str
    cells: tuple[PriceCell, ...]

    @property
    def missing(self) -> tuple[PriceCell, ...]:
        return tuple(cell for cell in self.cells if cell.missing)

    def cell(self, kind: str) -> PriceCell | None:
        return next((cell for cell in self.cells if cell.kind == kind), None)


@dataclass(frozen=True, slots=True)
class ContractSheet:
    """One contract. `services`: those it offers, and those it offered once and has prices for."""

    contract: Contract
    services: tuple[ServicePrices, ...]
    on: dt.date

    @property
    def ended(self) -> bool:
        return self.contract.ends_on is not None and self.contract.ends_on < self.on

    @property
    def missing(self) -> int:
        return sum(len(service.missing) for service in self.services)

    def service(self, code: str) -> ServicePrices | None:
        return next((service for service in self.services if service.code == code), None)


@dataclass(frozen=True, slots=True)
class PriceEffect:
    """What an entry means for uses of its kind: of months that are still open, and of months sent to the centre."""

    open: int
    closed: int

    def __str__(self) -> str:
        return f"{self.open} {self.closed}"


def contract_sheets(municipality: int, *, on: dt.date) -> list[ContractSheet]:
    """All contracts; those that hold first, in the order of the facility file. Four statements."""
    found = _contracts(municipality)
    entered = rows_by("facility_id", _prices(municipality))
    labels = _labels(municipality)
    sheets = [_sheet(contract, entered[contract.facility_id], labels, on) for contract in found]
    return sorted(sheets, key=lambda sheet: sheet.ended)


def contract_sheet(municipality: int, code: str, *, on: dt.date) -> ContractSheet | None:
    """The contract with the facility of this code; None where there is none."""
    contract = _contracts(municipality).filter(facility__code=code).first()
    if contract is None:
        return None
    return _sheet(contract, _prices(municipality).filter(facility=contract.facility_id), _labels(municipality), on)


def in_force(on: dt.date) -> Q:
    """Of contracts: those that hold on a day."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    return begun & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def answering_under(municipality: Municipality, facility_id: int, *, on: dt.date) -> QuerySet[Contract]:
    """The contracts of a municipality under which a facility answers on a day: its own, or through it another's."""
    answers = Q(facility=facility_id) | Q(booked_through=facility_id)
    return Contract.objects.filter(in_force(on), answers, municipality=municipality).order_by("pk")


def reached_under(municipality: Municipality, *, on: dt.date) -> set[int]:
    """Ids of the facilities that `answering_under` finds."""
    rows = Contract.objects.filter(in_force(on), municipality=municipality)
    return {pk for pair in rows.values_list("facility_id", "booked_through_id") for pk in pair if pk}


def bookings_beyond(contract: Contract, day: dt.date) -> QuerySet[Booking]:
    """Uses to come that a contract ending on `day` would leave without one."""
    rows = Booking.objects.filter(
        municipality=contract.municipality_id,
        facility=contract.facility_id,
        status__in=Booking.LIVE,
        last_day__gt=day,
    )
    return rows.order_by("first_day", "pk")


def price_effect(row: ContractPrice) -> PriceEffect:
    """The uses that `row`, saved or not, pays from its first day until the next one begins."""
    of_kind = {
        Kind.LATE_CANCEL: {Booking.Status.CANCELLED_LATE},
        Kind.NO_SHOW: {Booking.Status.NO_SHOW},
    }.get(Kind(row.key), Booking.LIVE | {Booking.Status.ATTENDED})
    found = Booking.objects.filter(
        municipality=row.municipality_id, facility=row.facility_id, service=row.service, status__in=of_kind
    )
    if row.starts_on:
        found = found.filter(first_day__gte=row.starts_on)
    if until := _next_start(row):
        found = found.filter(first_day__lt=until)
    closed = found.filter(month_lines__report__status__in=MonthReport.CLOSED).distinct().count()
    return PriceEffect(found.count() - closed, closed)


def _contracts(municipality: int) -> QuerySet[Contract]:
    rows = Contract.objects.filter(municipality=municipality).select_related("facility", "booked_through", "ended_by")
    return rows.prefetch_related("offerings").order_by("facility_id")


def _prices(municipality: int) -> QuerySet[ContractPrice]:
    return ContractPrice.objects.filter(municipality=municipality).select_related("entered_by")


def _labels(municipality: int) -> dict[str, str]:
    """Code → label, in the programme's order; what only earlier versions had comes last."""
    labels: dict[str, str] = {}
    for terms in reversed(versions_of(municipality).terms):
        for service in terms.services:
            labels.setdefault(service.code, service.label)
    return labels


def _sheet(contract: Contract, entered: Iterable[ContractPrice], labels: dict[str, str], on: dt.date) -> ContractSheet:
    prices: defaultdict[str, list[ContractPrice]] = defaultdict(list)
    for row in entered:
        prices[row.service].append(row)
    codes = {offering.service for offering in contract.offerings.all()} | prices.keys()
    in_order = [*(code for code in labels if code in codes), *sorted(codes - labels.keys())]
    return ContractSheet(
        contract, tuple(_service(code, labels.get(code, code), prices[code], on) for code in in_order), on
    )


def _service(code: str, label: str, rows: Sequence[ContractPrice], on: dt.date) -> ServicePrices:
    return ServicePrices(code, label, tuple(_cell(kind, [row for row in rows if row.key == kind], on) for kind in Kind))


def _cell(kind: ContractPrice.Kind, rows: Sequence[ContractPrice], on: dt.date) -> PriceCell:
    counting = that_count(rows)
    later = [row for row in counting if row.starts_on and row.starts_on > on]
    begun = [row for row in counting if row not in later]
    latest_first = sorted(rows, key=lambda row: row.pk, reverse=True)
    return PriceCell(kind, next(iter(begun), None), tuple(reversed(later)), tuple(latest_first))


def _next_start(row: ContractPrice) -> dt.date | None:
    rows = ContractPrice.objects.filter(
        municipality=row.municipality_id, facility=row.facility_id, service=row.service, key=row.key
    )
    starts: Iterable[dt.date | None] = rows.values_list("starts_on", flat=True)
    return min((day for day in starts if day and (row.starts_on is None or day > row.starts_on)), default=None)
