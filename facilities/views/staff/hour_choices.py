"""The hours to which a visit may be put on its day, each with what speaks against it by the facility's own rule."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.html import format_html

from applications.public import dates_of
from eligibility import engine
from eligibility.engine.wording import clock
from facilities.selectors.hours import STEP, hours_to_begin
from facilities.selectors.moving import Moving
from facilities.selectors.visiting import Visitor, visitor_for
from facilities.selectors.visits import minutes_of

WHY = {"visitor_taken": "重なる", "visitor_hours": "時間外", "visitor_day": "時間外"}


@dataclass(frozen=True, slots=True)
class HourChoice:
    """`why`: 重なる, 時間外, "" where the hour is given and free."""

    hour: dt.time
    why: str

    @property
    def label(self) -> str:
        """14:30, and (重なる) on a line of its own."""
        hour = clock(self.hour)
        return format_html("{}<small>({})</small>", hour, self.why) if self.why else hour


def hour_choices(moving: Moving, *, after: dt.time | None) -> tuple[HourChoice, ...]:
    """Every half hour of the programme's hours, else of the facility's own; none where nobody has said any.

    `after`: of today only those that lie ahead. The booking's own hour is none of them.
    """
    use, standing = moving.rules.use, moving.rules.standing
    service = standing.terms.service(use.service)
    visitor = visitor_for(standing, moving.offering, use.first_day, use.last_day)
    found = []
    for hour in _hours(use, service, visitor, dates_of(standing.birth).counted_children):
        if hour != use.start_time and (after is None or hour > after):
            against = visitor.refusals(replace(use, start_time=hour), service) if visitor else ()
            found.append(HourChoice(hour, next((WHY[item.code] for item in against if item.code in WHY), "")))
    return tuple(found)


def _hours(use: engine.Use, service: engine.Service, visitor: Visitor | None, children: int) -> tuple[dt.time, ...]:
    minutes = minutes_of(use, service, children, visitor.plan) if visitor else 0
    hours = hours_to_begin(service.hours, minutes=minutes or round(engine.hours_of(use, service, children) * 60))
    if hours or visitor is None or not visitor.plan.week:
        return hours
    spans = [span for weekday in range(7) for span in visitor.plan.spans_of(weekday)]
    at = dt.datetime.combine(use.first_day, min(begins for begins, _ends in spans))
    last = dt.datetime.combine(use.first_day, max(ends for _begins, ends in spans)) - dt.timedelta(minutes=minutes)
    found = []
    while at <= last:
        found.append(at.time())
        at += STEP
    return tuple(found)
