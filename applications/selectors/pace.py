"""How long a case has waited, beside the time within which its programme says that it is decided (めやす)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from applications.models import Application
from eligibility import engine
from eligibility.engine.working_days import latest_day, working_days_since
from eligibility.public import Programme
from postpartum_portal.shared import clock

from .expected import BEING_DECIDED


@dataclass(frozen=True, slots=True)
class Pace:
    """`days` since it was handed in.

    `ready_on` is the last day of the promised time: None where the programme promises nothing, and while it is hers to
    mend. `worked` are the working days of `days`, where the promise counts those; `left` is of the same kind.
    """

    days: int
    ready_on: dt.date | None = None
    worked: int | None = None
    left: int = 0
    late: bool = False


def pace_of(application: Application, submitted_at: dt.datetime, terms: engine.Terms | None, *, on: dt.date) -> Pace:
    """`terms` are those that it was handed in under."""
    begun_on = clock.day_of(submitted_at)
    days = (on - begun_on).days
    takes = terms.application.takes if terms else None
    if terms is None or takes is None or application.status not in BEING_DECIDED:
        return Pace(days)
    ready_on = engine.ready_day(begun_on, takes, terms.office_days)
    worked = working_days_since(begun_on, on, terms.office_days) if takes.working else None
    left = takes.days - (days if worked is None else worked)
    return Pace(days, ready_on, worked, left, late=ready_on < on)


def overdue(programmes: Mapping[int, Programme], *, on: dt.date) -> Q | None:
    """The applications whose promised time is over, as `Pace.late`; None where no programme promises any.

    `programmes` are those of the open applications, by the key of their version.
    """
    condition = None
    for pk, programme in programmes.items():
        terms = programme.terms
        if takes := terms.application.takes:
            begun = dt.datetime.combine(latest_day(on, takes, terms.office_days), dt.time(), clock.TOKYO)
            late = Q(programme_version=pk, submitted_at__lt=begun)
            condition = condition | late if condition else late
    return condition & Q(status__in=BEING_DECIDED) if condition else None
