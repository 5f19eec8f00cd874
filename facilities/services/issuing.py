"""A receipt goes out on paper: that it did is written down, since the next one is another print of it (再発行)."""

import datetime as dt

from facilities.models import Payment
from facilities.selectors.receipts import ISSUED
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import Overtaken, authorise


def issue_receipt(payment: Payment, *, by: User, at: dt.datetime) -> None:
    """`payment`: the first line of the receipt.

    Raises:
        PermissionDenied: `by` does not work at the facility, or it is her own booking.
        Overtaken: it was voided.
    """
    authorise(by, "facilities.collect", payment)
    if payment.voided:
        raise Overtaken(payment)
    events.record(ISSUED, payment, at=at, by_id=by.pk, receipt=payment.receipt)
