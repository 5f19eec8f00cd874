"""Sessions that are over: everybody who looks at a public page may have one, and nobody comes back to log out."""

import datetime as dt

from django.core.management import call_command

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import Lease, enqueue, handler, planner

CLEAR = "clear_sessions"


@planner
def plan_clearing(now: dt.datetime) -> None:
    """Once a day; two planners at once make one job."""
    enqueue(CLEAR, clock.day_of(now).toordinal(), at=now)


@handler(CLEAR)
def clear_expired(lease: Lease) -> None:
    """Django's own command. A session ends by the system's clock, also where the portal's runs ahead of it."""
    call_command("clearsessions")
