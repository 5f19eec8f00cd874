"""Months that facilities have not sent: from the centre's day on a mail to those who work there, once a month."""

import datetime as dt

from django.conf import settings

from eligibility.public import Municipality, each_morning
from facilities.models import Facility, MonthReport
from facilities.selectors.desks import staff_of
from facilities.selectors.months import facilities_claiming
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import Lease, handler, planner

REMIND_OF_MONTHS, MISSING = "remind_of_months", "month_missing"


@planner
def plan_month_reminders(now: dt.datetime) -> None:
    """Ask once a day for a look at each municipality."""
    each_morning(REMIND_OF_MONTHS, now, hour=settings.REMINDER_HOUR)


@handler(REMIND_OF_MONTHS)
def remind_of_months(lease: Lease) -> None:
    """Mail the facilities of the municipality `lease.subject_id` whose last month is not sent; no day, no mail."""
    now = clock.now()
    today = clock.day_of(now)
    municipality = Municipality.objects.filter(pk=lease.subject_id, month_end_day__lte=today.day).first()
    if municipality is None:
        return
    month = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    for facility in missing_facilities(municipality.pk, month):
        for user in staff_of(facility.pk):
            key = f"{MISSING}:{municipality.pk}:{facility.pk}:{month:%Y-%m}:{user.pk}"
            mail.post(MISSING, user.email, key=key, at=now, facility=facility, month=month, municipality=municipality)


def missing_facilities(municipality: int, month: dt.date) -> list[Facility]:
    """Those with something to claim in a month that they have not sent."""
    sent = MonthReport.objects.filter(municipality=municipality, month=month, status__in=MonthReport.CLOSED)
    claiming = facilities_claiming(municipality, month) - set(sent.values_list("facility", flat=True))
    return list(Facility.objects.filter(pk__in=claiming))
