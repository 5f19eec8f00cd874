"""What a facility says of its visits, for tests: Wednesdays and Fridays, unless told otherwise."""

import datetime as dt
from typing import Any

from facilities.models import Facility, VisitPlan
from facilities.services.visit_plans import set_visits
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories

MORNING, AFTERNOON = (dt.time(9), dt.time(12)), (dt.time(13), dt.time(17))


def visits_on(facility: Facility, *, days: tuple[int, ...] = (2, 4), by: Any = None, **changes: Any) -> VisitPlan:
    """Monday is 0; both halves of those days, everywhere, one person without a way between two visits."""
    said: dict[str, Any] = {
        "areas": [],
        "week": [(MORNING, AFTERNOON) if number in days else () for number in range(7)],
        "at_once": 1,
        "travel_minutes": 0,
    }
    worker = by or factories.StaffMembershipFactory(facility=facility).user
    with tenant(facility=facility.pk):
        return set_visits(facility, by=worker, at=clock.now(), **{**said, **changes})
