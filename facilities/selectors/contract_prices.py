"""What a contract pays: the 委託料 that counts on a day, per service of a facility and kind."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from eligibility import engine
from eligibility.public import that_count
from facilities.models import ContractPrice

Kind = ContractPrice.Kind


class Placed(Protocol):
    """An offering or a booking: one service of a facility under a municipality's contract."""

    municipality_id: int
    facility_id: int
    service: str


class Timed(Protocol):
    """A booking, for how much of it is paid."""

    first_day: dt.date
    last_day: dt.date
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class ContractAmount:
    """Whole yen of one kind for each `per`, as entered; `row` is the id of the entry."""

    kind: ContractPrice.Kind
    amount: engine.Yen
    per: ContractPrice.Per
    starts: dt.date | None
    sample: bool
    row: int

    def times(self, use: Timed) -> Decimal | None:
        """How many units of a use are paid: days (both ends), nights, 1, or hours; None where none were agreed."""
        match self.per:
            case ContractPrice.Per.DAY:
                return Decimal((use.last_day - use.first_day).days + 1)
            case ContractPrice.Per.NIGHT:
                return Decimal((use.last_day - use.first_day).days)
            case ContractPrice.Per.HOUR:
                return use.hours
            case _:
                return Decimal(1)


@dataclass(frozen=True, slots=True)
class ContractPrices:
    """Every price of one contract, read at once."""

    rows: Sequence[ContractPrice]

    def price(self, service: str, kind: ContractPrice.Kind, *, on: dt.date) -> ContractAmount | None:
        """The one with the latest first day that has begun; None: nobody entered one, so it is unpublished."""
        found = (row for row in self.rows if (row.service, row.key) == (service, kind))
        begun = (row for row in that_count(found) if row.starts_on is None or row.starts_on <= on)
        return next(map(_amount, begun), None)

    def additions(self, service: str, *, on: dt.date) -> tuple[ContractAmount, ...]:
        """What the contract adds for twins, siblings and older children; only what was entered."""
        found = (self.price(service, kind, on=on) for kind in ContractPrice.ADDITIONS)
        return tuple(amount for amount in found if amount is not None)


def contract_price(place: Placed, kind: ContractPrice.Kind, *, on: dt.date) -> ContractAmount | None:
    """What a contract pays for one service of a facility; None where nobody entered it. One statement."""
    return contract_prices(place.municipality_id, place.facility_id).price(place.service, kind, on=on)


def contract_prices(municipality: int, facility: int) -> ContractPrices:
    """All prices of one municipality's contract with one facility, for many bookings. One statement."""
    return ContractPrices(tuple(ContractPrice.objects.filter(municipality=municipality, facility=facility)))


def _amount(row: ContractPrice) -> ContractAmount:
    return ContractAmount(
        kind=Kind(row.key),
        amount=engine.Yen(row.amount),
        per=ContractPrice.Per(row.per),
        starts=row.starts_on,
        sample=row.sample,
        row=row.pk,
    )
