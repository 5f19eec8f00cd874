"""The centre's side of a contract: what it pays from a day on, and until when it holds."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from eligibility.programmes import FacilityList
from eligibility.public import Municipality
from facilities.models import Booking, Contract, ContractPrice
from facilities.selectors.contracts import bookings_beyond
from facilities.selectors.guests import with_rows
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise


def enter_price(row: ContractPrice, *, by: User, at: dt.datetime) -> ContractPrice:
    """Let a price that `to_enter` made hold from its day on, which may have passed: contracts are often signed late.

    Months that were sent keep their lines; open ones are reckoned anew. The same once more changes nothing.

    Raises:
        PermissionDenied: `by` does not decide at the municipality's centre.
    """
    authorise(by, "facilities.enter_amount", row)
    if same := _standing(row):
        return same
    row.entered_by, row.entered_at = by, at
    service, kind, amount = row.service, row.key, row.amount
    with transaction.atomic():
        row.save()
        events.record("contract.price_entered", row, at=at, by_id=by.pk, service=service, kind=kind, amount=amount)
    return row


def to_enter(
    contract: Contract,
    service: str,
    kind: ContractPrice.Kind,
    *,
    amount: int,
    per: ContractPrice.Per,
    starts_on: dt.date,
    note: str = "",
) -> ContractPrice:
    """A price, unsaved: what it changes is shown first."""
    return ContractPrice(
        municipality_id=contract.municipality_id,
        facility_id=contract.facility_id,
        service=service,
        key=kind,
        amount=amount,
        per=per,
        starts_on=starts_on,
        note=note,
    )


def end_contract(contract: Contract, *, on: dt.date, by: User, at: dt.datetime) -> None:
    """Let a contract end with the day `on`: nobody can book a later one. Whoever has booked one is cared for first.

    Raises:
        PermissionDenied: `by` does not decide at the municipality's centre.
        EndsBeforeStart: it begins later than that.
        BookedBeyond: somebody has booked a later day; those bookings.
    """
    authorise(by, "facilities.end_contract", contract)
    with transaction.atomic():
        standing = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if standing.starts_on and on < standing.starts_on:
            raise EndsBeforeStart
        if beyond := list(with_rows(bookings_beyond(standing, on))):
            raise BookedBeyond(beyond)
        Contract.objects.filter(pk=standing.pk).update(ends_on=on, ended_by=by)
        events.record("contract.ended", standing, at=at, by_id=by.pk, day=on.isoformat())


def resume_contract(contract: Contract, *, by: User, at: dt.datetime) -> None:
    """Take an end back: the contract goes on, as if none had been said.

    Raises:
        PermissionDenied: `by` does not decide at the municipality's centre.
    """
    authorise(by, "facilities.end_contract", contract)
    with transaction.atomic():
        if Contract.objects.filter(pk=contract.pk, ends_on__isnull=False).update(ends_on=None, ended_by=None):
            events.record("contract.resumed", contract, at=at, by_id=by.pk)


def publish_prices(municipality: Municipality, listed: FacilityList, *, on: dt.date) -> None:
    """Write what a sample list says its contracts pay and its last rows do not; of facilities that have a contract."""
    own = ContractPrice.objects.filter(municipality=municipality, entered_by=None)
    known = {(row.facility.code, row.service, row.key): (row.amount, row.per) for row in own.select_related("facility")}
    facilities = {row.facility.code: row.facility for row in _contracts(municipality)}
    for record in listed.contract_prices:
        place = (record.facility, record.service, record.kind)
        if record.facility in facilities and known.get(place) != (record.amount, record.per):
            ContractPrice(
                municipality=municipality,
                facility=facilities[record.facility],
                service=record.service,
                key=record.kind,
                amount=record.amount,
                per=record.per,
                starts_on=listed.starts,
                sample=listed.sample,
                note=record.source.text,
                entered_at=dt.datetime.combine(on, dt.time.min, clock.TOKYO),
            ).save()


def _contracts(municipality: Municipality) -> QuerySet[Contract]:
    return Contract.objects.filter(municipality=municipality).select_related("facility")


def _standing(row: ContractPrice) -> ContractPrice | None:
    """The last word on that day, if it says the same."""
    said = ContractPrice.objects.filter(
        municipality=row.municipality_id,
        facility=row.facility_id,
        service=row.service,
        key=row.key,
        starts_on=row.starts_on,
        entered_by__isnull=False,
    ).last()
    return said if said and (said.amount, said.per) == (row.amount, row.per) else None


class EndsBeforeStart(Exception):
    """A contract was to end before it begins."""


class BookedBeyond(Exception):
    """A contract was to end before bookings that stand. `bookings`: those."""

    def __init__(self, bookings: list[Booking]) -> None:
        super().__init__(len(bookings))
        self.bookings = bookings
