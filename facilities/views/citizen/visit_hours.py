"""The hours that whoever visits has free on the day that she has chosen."""

import datetime as dt
from dataclasses import replace

from applications.public import Standing
from eligibility import engine
from facilities.models import Offering
from facilities.selectors.moving import Moving
from facilities.selectors.visiting import visitor_for


def hours_given(standing: Standing, offering: Offering, day: dt.date | None) -> tuple[dt.time, ...] | None:
    """None where she comes to the facility, or nobody has said any hours."""
    visitor = visitor_for(standing, offering, day, day) if day else None
    if visitor is None or day is None:
        return None
    service = standing.terms.service(offering.service)
    return visitor.begins(engine.Use(service.code, day, day), service)


def hours_to_move(moving: Moving, day: dt.date | None) -> tuple[dt.time, ...] | None:
    """The same for a booking that is moved: its own hour is free for it, and stays a choice on its own day."""
    use, standing = moving.rules.use, moving.rules.standing
    visitor = visitor_for(standing, moving.offering, day, day) if day else None
    if visitor is None or day is None:
        return None
    moved = replace(use, first_day=day, last_day=day)
    hours = visitor.begins(moved, standing.terms.service(use.service))
    own = {use.start_time} if use.start_time and day == use.first_day else set()
    return None if hours is None else tuple(sorted({*hours, *own}))
