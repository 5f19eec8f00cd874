"""Whether somebody in line may be offered what is free, and for how long. The rules are those of every booking.

No municipality publishes how its waiting list works: the time to answer is this portal's own, and its pages say so.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from applications.public import Standing, standing_of
from eligibility import engine
from eligibility.engine.working_days import latest_day
from facilities.models import Booking, Offering, Waiting
from postpartum_portal.shared import clock

from .limits import place_of
from .notices import too_late_at
from .offerings import offerings_in_force
from .proposals import refusals_for
from .uses import use_of
from .waiting_list import use_begins, use_waited_for

EVENING, MORNING = dt.time(22), dt.time(10)
"""Nobody's time runs out between the two: whoever sleeps, or is up with a child, answers in the morning."""
LEAST = dt.timedelta(hours=1)
"""An offer that leaves less is none: the place is free for whoever sees it first."""

CLOSED, TOO_LATE, NO_PLACE = "closed", "too_late", "no_place"
"""Reasons beside the rules' own: the facility has given the service up, the use begins too soon, a day is full."""


@dataclass(frozen=True, slots=True)
class Chance:
    """`until`: the instant at which an offer made now ends; None where none can be made, for the `reason`, a code."""

    until: dt.datetime | None
    reason: str = ""


def chance_of(waiting: Waiting, *, at: dt.datetime) -> Chance:
    """Judged as a booking would be at this instant, and as it would be when her time to answer ends."""
    today, standing = clock.day_of(at), standing_of(waiting.entitlement)
    offering = waiting.offering
    if offering is None or not offerings_in_force(today, pk=offering.pk).exists():
        return Chance(None, CLOSED)
    refusals = refusals_in_line(waiting, standing, offering)

    def refusal(on: dt.date) -> str:
        return next((finding.code for finding in refusals(on)), "")

    late = [finding.code for finding in too_late_at(offering, at)(use_waited_for(waiting))]
    if reason := next(iter(late), refusal(today)):
        return Chance(None, reason)
    until = answer_until(at, begins=use_begins(waiting, standing.terms), allowed=lambda day: not refusal(day))
    return Chance(until, "" if until else TOO_LATE)


def refusals_in_line(
    waiting: Waiting, standing: Standing, offering: Offering
) -> Callable[[dt.date], tuple[engine.Finding, ...]]:
    """What speaks against the days she waits for if she asks on a day, by the rules of every booking. Read once."""
    place = place_of(offering, standing.terms)
    held = [use_of(booking) for booking in Booking.objects.filter(entitlement=standing.entitlement)]
    return lambda on: tuple(refusals_for(standing, offering, place, held=held, on=on)(use_waited_for(waiting)))


def last_offer(waiting: Waiting, terms: engine.Terms) -> dt.datetime:
    """The last instant at which an offer leaves time to answer: before the use begins, and while the notice that the
    programme wants of a booking can be kept.
    """
    ends, notice = use_begins(waiting, terms), terms.booking.notice
    if notice:
        day_after = latest_day(waiting.first_day, notice, terms.office_days) + dt.timedelta(days=1)
        ends = min(ends, dt.datetime.combine(day_after, dt.time(), clock.TOKYO))
    return ends - LEAST


def answer_until(at: dt.datetime, *, begins: dt.datetime, allowed: Callable[[dt.date], bool]) -> dt.datetime | None:
    """Twelve hours, or what the portal's settings say, and until ten in the morning where they would end at night.

    Never past the beginning of the use, nor into a day on which the rules would not let her ask any more. None where
    that leaves too little. The cancellation deadline does not matter: a place often comes free because of it, and the
    page of the offer shows it.
    """
    whole_minute = at.replace(second=0, microsecond=0)  # what a mail can say
    until = min(_by_day(whole_minute + dt.timedelta(hours=settings.WAITING_OFFER_HOURS)), begins)
    last_day = clock.day_of(until - dt.timedelta(microseconds=1))
    if last_day > clock.day_of(at) and not allowed(last_day):
        until = dt.datetime.combine(last_day, dt.time(), clock.TOKYO)
    return until if until - at >= LEAST else None


def _by_day(moment: dt.datetime) -> dt.datetime:
    local = moment.astimezone(clock.TOKYO)
    if MORNING <= local.time() <= EVENING:
        return local
    morning = local.date() + dt.timedelta(days=1 if local.time() > EVENING else 0)
    return dt.datetime.combine(morning, MORNING, clock.TOKYO)
