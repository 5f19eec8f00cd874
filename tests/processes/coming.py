"""What planners have to tell on a Thursday, on the two days of a pause after it, and on the day after that."""

import datetime as dt
from collections import Counter

from applications.models import Application
from eligibility.public import Municipality
from facilities.models import Facility
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.cases import handed_in

THURSDAY = dt.datetime(2026, 6, 11, 10, tzinfo=clock.TOKYO)
PAUSE = dt.timedelta(days=2)
BEFORE_IT = {"use_tomorrow": 1, "draft_waiting": 1, "after_due_date": 1, "morning_list": 1}
AFTER_THE_PAUSE = {"use_tomorrow": 2, "draft_waiting": 2, "after_due_date": 2, "morning_list": 1}
"""Friday's "tomorrow" is past and Saturday is no working day; the draft and the birth of Friday are made up for."""


def what_comes(town: Municipality, today: dt.date) -> None:
    """For today, for the day of the pause, and for the day after it: uses, drafts, births untold."""
    clinic = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    for ahead in (1, 2, 3):
        day = today + dt.timedelta(days=ahead)
        factories.BookingFactory(
            municipality=town,
            facility=clinic,
            status="confirmed",
            first_day=day,
            last_day=day,
            service="day_service",
            requested_at=THURSDAY - dt.timedelta(minutes=5),
            entitlement__limits={},
            entitlement__birth__born_on=dt.date(2026, 3, 1),
            entitlement__birth__due_date=dt.date(2026, 3, 1),
        )
    for ago in (3, 2):
        saved = THURSDAY - dt.timedelta(days=ago)
        Application.objects.create(municipality=town, citizen=factories.UserFactory(), saved_at=saved)
    for ago in (14, 13):
        handed_in(town, birth__due_date=today - dt.timedelta(days=ago))
    factories.MembershipFactory(municipality=town)


def told() -> dict[str, int]:
    """Of each kind of mail how many were written."""
    return dict(Counter(Mail.objects.exclude(kind="booking_reminder").values_list("kind", flat=True)))
