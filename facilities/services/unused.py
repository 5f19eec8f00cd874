"""Before the last day of use: she is told that something is left. Never after a loss."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from applications.public import Birth, Entitlement, Standing, standings_of
from eligibility.public import Municipality
from facilities.selectors.unused import unused_until
from postpartum_portal.shared import clock, jobs, mail
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.tenancy import tenant

REMIND_UNUSED, UNUSED = "remind_unused", "units_unused"
LONGEST = dt.timedelta(days=731)
"""After a birth; no programme lets a family use it longer."""
AT_ONCE = 200
"""Families read together."""


@jobs.planner
def plan_unused(now: dt.datetime) -> None:
    """Ask once a day, from `REMINDER_HOUR` on, for a look at every family of each municipality."""
    if now.astimezone(clock.TOKYO).hour < settings.REMINDER_HOUR:
        return
    day = clock.day_of(now)
    keys = {f"{REMIND_UNUSED}:{row.pk}:{day}": row for row in Municipality.objects.order_by("pk")}
    asked = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
    for key, row in keys.items():
        if key not in asked:
            jobs.enqueue(REMIND_UNUSED, row.pk, at=now, municipality_id=row.pk, key=key)


@jobs.handler(REMIND_UNUSED)
def remind_unused(lease: jobs.Lease) -> None:
    """Mail the families of the municipality `lease.subject_id`; what was told of one last day is not told again."""
    now, cursor = clock.now(), lease.cursor
    with tenant(municipality=lease.subject_id):
        while families := list(_families(clock.day_of(now)).filter(pk__gt=cursor)[:AT_ONCE]):
            cursor = families[-1].pk
            with transaction.atomic():
                lease.advance(cursor)
                for standing in standings_of(families).values():
                    _tell(standing, at=now)
            if lease.pause():
                return


def _families(on: dt.date) -> QuerySet[Entitlement]:
    """With an account, a birth that was recorded, and something left."""
    rows = Entitlement.objects.filter(
        citizen__isnull=False, birth__outcome=Birth.Outcome.BORN, birth__born_on__gte=on - LONGEST
    )
    left = rows.filter(pools__used__lt=F("pools__limit")).distinct()
    return left.select_related("birth", "citizen", "municipality", "programme_version").order_by("pk")


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
                municipality=entitlement.municipality,
                due=due,
            )
