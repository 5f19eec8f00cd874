"""What a mother means to book, as far as the address says it, kept within what can be had."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.public import dates_of
from eligibility import engine
from facilities.models import Offering
from facilities.selectors.arrivals import Arrival, Refusals, arrivals
from facilities.selectors.hours import over_today
from facilities.selectors.lengths import Length, lengths
from facilities.selectors.limits import place_of
from facilities.selectors.notices import TooLate, too_late_at
from facilities.selectors.proposals import refusals_for

from .case import Case


@dataclass(frozen=True, slots=True)
class Intent:
    """A service at a facility, a length that fits, perhaps a day, and the month she looks at (its first day).

    `last_day` is that of the period: the last of use or, where a rule looks at the first day, the last to begin on.
    """

    case: Case
    offering: Offering
    service: engine.Service
    place: engine.Place
    period: engine.Period
    last_day: dt.date
    lengths: tuple[Length, ...]
    length: Length
    day: dt.date | None
    month: dt.date
    now: dt.datetime

    @property
    def on(self) -> dt.date:
        """Today."""
        return self.now.date()

    def over_today(self, use: engine.Use) -> tuple[engine.Finding, ...]:
        """What speaks against a use that would begin today, at this hour."""
        standing = self.case.standing
        children = dates_of(standing.birth).counted_children
        return over_today(use, self.service, standing.terms.booking, children, self.now)

    def arrivals(self, first: dt.date, last: dt.date) -> tuple[Arrival, ...]:
        """Which days between two could be her day of arrival."""
        ruled = refusals_for(self.case.standing, self.offering, self.place, held=self.case.held, on=self.on)
        return arrivals(self.offering, days=self.length.days, between=(first, last), refusals=self.with_today(ruled))

    def with_today(self, ruled: Refusals) -> Refusals:
        """The rules, and what is asked for too late."""
        late = self.too_late()
        return lambda use: (*ruled(use), *late(use))

    def too_late(self) -> TooLate:
        """What speaks against uses that begin too soon: hours of today that are over, and the facility's own notice."""
        late = too_late_at(self.offering, self.now)
        return lambda use: (*self.over_today(use), *late(use))


def intent_of(case: Case, offering: Offering, said: Mapping[str, Any], *, now: dt.datetime) -> Intent | None:
    """None where no day of this service can be booked: nothing is left, not born yet, or the period is over."""
    standing, on = case.standing, now.date()
    service = standing.terms.service(offering.service)
    place = place_of(offering, standing.terms)
    period = engine.use_period(service.code, standing.facts(on), standing.terms, place=place)
    choices = lengths(service, standing)
    possible = [length for length in choices if not length.refusal]
    if not possible or period.provisional or period.last is None or period.last < on:
        return None
    day = said.get("day")
    return Intent(
        case=case,
        offering=offering,
        service=service,
        place=place,
        period=period,
        last_day=period.last,
        lengths=choices,
        length=next((item for item in possible if item.days == said.get("days")), possible[0]),
        day=day,
        month=_within(said.get("month") or day or on, on, period.last),
        now=now,
    )


def _within(asked: dt.date, first: dt.date, last: dt.date) -> dt.date:
    """The first of the month of `asked`, or of the nearest month in which anything can be booked."""
    return min(max(asked.replace(day=1), first.replace(day=1)), last.replace(day=1))
