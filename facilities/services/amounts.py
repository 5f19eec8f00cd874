"""Entering an amount that the programme leaves unpublished; and writing those that a facility's list publishes."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from eligibility.programmes import AmountRecord
from eligibility.public import MunicipalAmount, that_count
from facilities.models import Offering, OfferingAmount
from facilities.selectors.amounts import Holder, PlacedAmount, rows_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .repricing import ask_for_prices_by


def enter_amount(
    holder: Holder,
    key: str,
    *,
    amount: int,
    starts_on: dt.date,
    household_class: str = "",
    note: str = "",
    by_facility: bool = False,
    by: User,
    at: dt.datetime,
) -> PlacedAmount:
    """Let an amount hold from a day on; the same once more changes nothing. Open bookings that it touches follow it.

    What a cancellation or a no-show has cost stands as it was recorded. `by_facility`: its own staff enter a fee that
    the programme leaves to the facility.

    Raises:
        PermissionDenied: `by` does not decide at the centre; of a facility's own fee, does not manage there.
        StartsInPast: something is entered already, so what was told for days that have passed stays.
    """
    row = to_enter(
        holder,
        key,
        amount=amount,
        starts_on=starts_on,
        household_class=household_class,
        note=note,
        by_facility=by_facility,
        by=by,
        at=at,
    )
    if row.pk is not None:
        return row
    with transaction.atomic():
        row.save()
        events.record("amount.entered", row, at=at, by_id=by.pk, key=key, amount=amount)
        ask_for_prices_by(row, at=at)
    return row


def to_enter(
    holder: Holder,
    key: str,
    *,
    amount: int,
    starts_on: dt.date,
    household_class: str = "",
    note: str = "",
    by_facility: bool = False,
    by: User,
    at: dt.datetime,
) -> PlacedAmount:
    """The amount as it would be entered, unsaved: what it changes is shown first. If one says so already, that one.

    Raises:
        PermissionDenied, StartsInPast: as `enter_amount`.
    """
    fields = {"amount": amount, "starts_on": starts_on, "household_class": household_class, "note": note}
    where = {"by_facility": True} if by_facility else {}
    row = _row(holder, key, fields | where | {"entered_by": by, "entered_at": at})
    authorise(by, "facilities.enter_own_fee" if by_facility else "facilities.enter_amount", row)
    before = [earlier for earlier in rows_of(holder) if earlier.key == key]
    for earlier in that_count(before):
        if (earlier.amount, earlier.starts_on, earlier.household_class) == (amount, starts_on, household_class):
            return earlier
    if before and starts_on < clock.day_of(at):
        raise StartsInPast
    return row


def publish_amounts(holder: Holder, listed: Iterable[AmountRecord], *, sample: bool, on: dt.date) -> None:
    """Write what a list says and its last rows do not. What is no longer listed stays until something else begins."""
    from_lists = [row for row in rows_of(holder) if row.entered_by_id is None]
    known = {(row.key, row.household_class, row.starts_on): row.amount for row in from_lists}
    at = dt.datetime.combine(on, dt.time.min, clock.TOKYO)
    for record in listed:
        if known.get((record.key, record.household_class, record.starts)) != record.amount:
            fields = {"amount": record.amount, "starts_on": record.starts, "household_class": record.household_class}
            row = _row(holder, record.key, fields | _sentence(holder, record) | {"sample": sample, "entered_at": at})
            row.save()
            ask_for_prices_by(row, at=at)


def _row(holder: Holder, key: str, fields: dict[str, object]) -> PlacedAmount:
    if isinstance(holder, Offering):
        place = {"municipality_id": holder.municipality_id, "facility_id": holder.facility_id}
        return OfferingAmount(offering=holder, key=key, **place, **fields)
    return MunicipalAmount(municipality=holder, key=key, **fields)


def _sentence(holder: Holder, record: AmountRecord) -> dict[str, object]:
    if isinstance(holder, Offering):
        return {"per": record.per, "source": record.source.text}
    return {"note": record.source.text}


class StartsInPast(Exception):
    """An amount was to hold from a day that has passed, where another one holds already."""
