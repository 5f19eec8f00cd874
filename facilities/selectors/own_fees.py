"""キャンセル料: what a facility itself sets for late cancellations and no-shows, municipality by municipality."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from eligibility.engine import is_fee
from eligibility.public import Municipality
from facilities.models import Facility

from .amount_sheet import OpenAmount, Said, amount_sheet
from .offerings import offerings_in_force


@dataclass(frozen=True, slots=True)
class OwnFees:
    """Under one contract. `starts`: when the programme begins, if it has not begun yet."""

    municipality: Municipality
    starts: dt.date | None
    amounts: tuple[OpenAmount, ...]


def own_fees(facility: Facility, *, on: dt.date) -> tuple[OwnFees, ...]:
    """Where a programme leaves such an amount to the facility; in its scope. A municipality with nothing open is left
    out.
    """
    return tuple(_all(facility, on))


def find_fee(facility: Facility, offering: int, key: str, *, on: dt.date) -> tuple[OwnFees, OpenAmount] | None:
    """The one with this key at one of the facility's offerings."""
    for fees in own_fees(facility, on=on):
        for amount in fees.amounts:
            if amount.key == key and amount.offering and amount.offering.pk == offering:
                return fees, amount
    return None


def _all(facility: Facility, on: dt.date) -> Iterator[OwnFees]:
    contracts = offerings_in_force(on, facility=facility).values("municipality")
    for municipality in Municipality.objects.filter(pk__in=contracts).order_by("pk"):
        sheet = amount_sheet(municipality, on=on)
        listed = dict(sheet.facilities) if sheet else {}
        amounts = tuple(_told(amount) for amount in listed.get(facility, ()) if is_fee(amount.key))
        if sheet and amounts:
            yield OwnFees(municipality, sheet.starts, amounts)


def _told(amount: OpenAmount) -> OpenAmount:
    """Without what the centre entered for one class of household: a facility knows of none."""
    return replace(amount, now=_for_all(amount.now), later=_for_all(amount.later))


def _for_all(said: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(replace(item, household_class="") for item in said if not item.row.household_class)
