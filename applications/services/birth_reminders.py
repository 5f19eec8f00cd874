"""Some time after the due date: one mail, in words for whatever has happened, that asks to be told or phoned."""

import datetime as dt

from django.conf import settings

from applications.models import Birth
from applications.selectors.awaited import awaited_births, speaks_of_loss
from eligibility.public import each_morning
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import Lease, go_through, handler, planner

REMIND_OF_BIRTHS, UNTOLD = "remind_of_births", "after_due_date"


@planner
def plan_birth_reminders(now: dt.datetime) -> None:
    """Ask once a day for a look at every municipality."""
    each_morning(REMIND_OF_BIRTHS, now, hour=settings.REMINDER_HOUR)


@handler(REMIND_OF_BIRTHS)
def remind_of_births(lease: Lease) -> None:
    """Mail the families of the municipality `lease.subject_id`, each at most once for a birth, never after a loss."""
    now = clock.now()

    def tell(births: list[Birth]) -> None:
        for birth in births:
            if birth.citizen and not speaks_of_loss(birth):
                key = f"{UNTOLD}:{birth.pk}"
                mail.post(UNTOLD, birth.citizen.email, key=key, at=now, municipality=birth.municipality)

    go_through(lease, awaited_births(clock.day_of(now)), tell)
