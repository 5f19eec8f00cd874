"""By when a decision may be expected, where the programme says how long it takes: a guide (めやす), not a promise."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application, Birth
from eligibility import engine
from eligibility.engine.wording import day_seen_from
from postpartum_portal.shared import clock

from .handed_in import handed_in

BEING_DECIDED = Application.OPEN - {Application.Status.RETURNED}
"""The days run on as long as nothing is asked of her."""


@dataclass(frozen=True, slots=True)
class Expected:
    """`source`: the programme's own sentence; None after a loss, where it may speak of a child."""

    day: dt.date
    text: str
    source: engine.Source | None


def expected_decision(application: Application, *, on: dt.date) -> Expected | None:
    """None where the programme says nothing, where it is decided or hers to mend, and once the day has passed."""
    if application.status not in BEING_DECIDED:
        return None
    given = handed_in(application)
    takes = given.terms.application.takes
    if takes is None:
        return None
    day = engine.ready_day(clock.day_of(given.at), takes, given.terms.office_days)
    if day < on:
        return None
    lost = given.birth.outcome == Birth.Outcome.LOST
    return Expected(
        day,
        _("めやすでは、%(day)sごろまでに決まります。") % {"day": day_seen_from(day, on)},
        None if lost else takes.source,
    )
