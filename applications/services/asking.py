"""The centre asks families for the certificate of the new year: one mail for each, whoever asks first."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.selectors.switching import switches
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .paper_reminders import ask_for_paper


def ask_for_certificates(municipality: Municipality, numbers: Collection[str], *, by: User, at: dt.datetime) -> int:
    """Mail those of the applications with these numbers who still have to be asked; how many were.

    One's own is left to a colleague; what was asked for, or came in, meanwhile is left as it is.
    """
    asked = 0
    for item in switches(municipality, on=clock.day_of(at)):
        if item.application.number not in numbers or not item.may_ask:
            continue
        try:
            authorise(by, "applications.screen", item.application)
        except PermissionDenied:
            continue
        with transaction.atomic():
            ask_for_paper(item.due, at=at)
            events.record(
                "certificate.asked", item.application, at=at, by_id=by.pk, fiscal_year=item.certificate.fiscal_year
            )
        asked += 1
    return asked
