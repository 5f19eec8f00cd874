"""Mails to those who answer at a facility: that something waits for them, never for whom."""

import datetime as dt

from facilities.models import Booking, Preparation, Sounding
from facilities.selectors.desks import who_answers
from postpartum_portal.shared import mail


def tell_desk(kind: str, row: Sounding | Preparation | Booking, *, at: dt.datetime) -> None:
    """Write the mail `kind` about this row to everybody who may answer it, once each."""
    for user in who_answers(row):
        mail.post(
            kind,
            user.email,
            key=f"{kind}:{row.pk}:{user.pk}",
            at=at,
            row=row,
            municipality=row.municipality,
            facility=row.facility,
        )
