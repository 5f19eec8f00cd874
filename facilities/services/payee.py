"""Setting the account that a facility's claims are paid into."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from facilities.models import Facility, Payee
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise


def set_payee(facility: Facility, values: Mapping[str, str], *, by: User, at: dt.datetime) -> Payee:
    """`values` by the model's fields. Papers made before keep what they say.

    Raises:
        PermissionDenied: `by` is no manager of the facility.
    """
    payee = Payee.objects.filter(facility=facility).first() or Payee(facility=facility)
    authorise(by, "facilities.set_payee", payee)
    for name, value in values.items():
        setattr(payee, name, value)
    payee.entered_by, payee.entered_at = by, at
    with transaction.atomic():
        payee.save()
        events.record("payee.set", payee, at=at, by_id=by.pk)
    return payee
