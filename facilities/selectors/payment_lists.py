"""支払一覧 as the centre reads it, and as it stands on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db.models import Count, QuerySet

from facilities.models import PaymentEntry, PaymentList


@dataclass(frozen=True, slots=True)
class ListedPayments:
    """A list with its entries, in the order of facilities and months."""

    row: PaymentList
    entries: Sequence[PaymentEntry]

    @property
    def label(self) -> str:
        return self.row.label

    @property
    def without_account(self) -> int:
        """Of how many nobody has entered where the money goes."""
        return sum(not entry.account for entry in self.entries)


def payment_lists(municipality: int) -> QuerySet[PaymentList]:
    """The latest first, each with `months`: how many it pays."""
    rows = PaymentList.objects.filter(municipality=municipality).annotate(months=Count("entries"))
    return rows.select_related("made_by")


def listed_payments(municipality: int, pk: int) -> ListedPayments | None:
    rows = PaymentList.objects.filter(municipality=municipality).select_related(
        "municipality", "made_by", "paid_by", "voided_by"
    )
    found = rows.filter(pk=pk).first()
    return ListedPayments(found, entries_of(found)) if found else None


def entries_of(row: PaymentList) -> list[PaymentEntry]:
    return list(row.entries.select_related("facility", "report").order_by("order"))


def payment_file(row: PaymentList) -> bytes | None:
    """The list on paper as it was made; None as long as a worker has not made it."""
    if not row.file:
        return None
    with default_storage.open(row.file) as file:
        return bytes(file.read())
