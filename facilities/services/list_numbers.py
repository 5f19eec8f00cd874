"""The numbers of payment lists, one after the other; after a restore not before it is said which was printed last."""

from collections.abc import Iterator

from django.db.models import Max

from applications.numbering import close_years, know_last, last_entered
from eligibility.public import Municipality
from facilities.models import PaymentList
from postpartum_portal.shared.backup.afterwards import Moments, after_restore

PAYMENT_LISTS = "payment_list"


@after_restore
def close_payment_lists(moments: Moments) -> Iterator[str]:
    """A list that was printed since the backup is known to nobody here; its number is not given to another."""
    yield from close_years(PAYMENT_LISTS, moments)
    yield from know_last(PAYMENT_LISTS, PaymentList, moments)


def next_number(municipality: Municipality, fiscal_year: int) -> int:
    """The number after the last one of the fiscal year; the caller holds the municipality.

    Raises:
        SeriesClosed: after a restore, until an operator has entered the last one that was printed.
    """
    rows = PaymentList.objects.filter(municipality=municipality, fiscal_year=fiscal_year)
    known = rows.aggregate(last=Max("number"))["last"] or 0
    return max(known, last_entered(municipality, fiscal_year, PAYMENT_LISTS)) + 1
