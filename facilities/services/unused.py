"""Before the last day of use: she is told that something is left. Never after a loss."""

import datetime as dt

from django.conf import settings
from django.db.models import F, QuerySet

from applications.public import Birth, Entitlement, Standing, standings_of
from eligibility.public import each_morning
from facilities.selectors.unused import unused_until
from postpartum_portal.shared import clock, jobs, mail
from postpartum_portal.shared.tenancy import tenant

REMIND_UNUSED, UNUSED = "remind_unused", "units_unused"
LONGEST = dt.timedelta(days=731)
"""After a birth; no programme lets a family use it longer."""


@jobs.planner
def plan_unused(now: dt.datetime) -> None:
    """Ask once a day for a look at every family of each municipality."""
    each_morning(REMIND_UNUSED, now, hour=settings.REMINDER_HOUR)


@jobs.handler(REMIND_UNUSED)
def remind_unused(lease: jobs.Lease) -> None:
    """Mail the families of the municipality `lease.subject_id`; what was told of one last day is not told again."""
    now = clock.now()

    def tell(families: list[Entitlement]) -> None:
        for standing in standings_of(families).values():
            _tell(standing, at=now)

    with tenant(municipality=lease.subject_id):
        jobs.go_through(lease, _families(clock.day_of(now)), tell)


def _families(on: dt.date) -> QuerySet[Entitlement]:
    """With an account, a birth that was recorded, and something left."""
    rows = Entitlement.objects.filter(
        citizen__isnull=False, birth__outcome=Birth.Outcome.BORN, birth__born_on__gte=on - LONGEST
    )
    left = rows.filter(pools__used__lt=F("pools__limit")).distinct()
    return left.select_related("birth", "citizen", "municipality", "programme_version")


def _tell(standing: Standing, *, at: dt.datetime) -> None:
    """One mail for each last day that comes near."""
    entitlement, on = standing.entitlement, clock.day_of(at)
    by = on + dt.timedelta(days=settings.UNUSED_REMINDER_DAYS)
    for due in unused_until(standing, by=by, on=on):
        if entitlement.citizen:
            mail.post(
                UNUSED,
                entitlement.citizen.email,
                key=f"{UNUSED}:{entitlement.pk}:{due.last}",
                at=at,
                until=clock.end_of(due.last),
                municipality=entitlement.municipality,
                due=due,
            )
