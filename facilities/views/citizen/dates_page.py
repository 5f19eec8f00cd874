"""The page on which days are chosen, put together: lengths, month, price, what is left, until when to cancel."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from eligibility import engine
from eligibility.engine.wording import span
from facilities.models import Offering
from facilities.selectors.arrivals import arrivals
from facilities.selectors.lengths import Length, lengths
from facilities.selectors.proposals import Proposal, propose
from facilities.selectors.remaining import Remaining, remaining
from postpartum_portal.shared.month import Month, lay_out

from .case import Case
from .cells import cells


@dataclass(frozen=True, slots=True)
class Turn:
    """The way to another month; `query` is "" where there is nothing to book in it."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days she has chosen. `before` and `after` say what is left without and with them."""

    proposal: Proposal
    title: str
    before: Remaining
    after: Remaining
    late: engine.Consequence

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days of the use; none where a rule speaks against it."""
        use = self.proposal.use
        return () if self.proposal.refusals else engine.each_day(use.first_day, use.last_day)


@dataclass(frozen=True, slots=True)
class DatesPage:
    service: engine.Service
    period: engine.Period
    lengths: tuple[Length, ...]
    length: Length
    month: Month
    month_value: str
    previous: Turn | None
    following: Turn
    cut_at: dt.date | None
    """The first day that is left out because the period is over."""
    chosen: Chosen | None


def dates_page(case: Case, offering: Offering, said: Mapping[str, Any], *, on: dt.date) -> DatesPage | None:
    """The page for a wish as far as it is told; None where no day of this service can be booked at all."""
    service = case.standing.terms.service(offering.service)
    period = engine.use_period(service.code, case.standing.facts(on), case.standing.terms)
    choices = lengths(service, case.standing)
    possible = [length for length in choices if not length.refusal]
    if not possible or period.provisional or period.last is None or period.last < on:
        return None
    length = next((item for item in possible if item.days == said.get("days")), possible[0])
    shown = _month_shown(said, max(on, period.first or on), period.last)
    first, last = _frame(shown, period.last, on)
    chosen = _chosen(case, offering, service, said.get("day"), length, on)
    found = arrivals(
        offering,
        days=length.days,
        between=(first, last),
        period=period,
        held=case.held,
        uses_per_day=case.standing.terms.booking.uses_per_day,
        on=on,
    )
    marked = chosen.days if chosen else ()
    return DatesPage(
        service=service,
        period=period,
        lengths=choices,
        length=length,
        month=lay_out(cells(found, length=length.text, chosen=marked, last_day=period.last)),
        month_value=f"{shown:%Y-%m}",
        previous=_turn(_shift(shown, -1), length) if shown > on.replace(day=1) else None,
        following=_following(shown, period.last, length),
        cut_at=last + dt.timedelta(days=1) if last < _month_end(shown) else None,
        chosen=chosen,
    )


def _chosen(
    case: Case, offering: Offering, service: engine.Service, day: dt.date | None, length: Length, on: dt.date
) -> Chosen | None:
    if day is None:
        return None
    use = engine.Use(service.code, day, day + dt.timedelta(days=length.days - 1))
    proposal = propose(use, case.standing, offering, held=case.held, on=on)
    before = next(item for item in remaining(case.standing, case.bookings, on=on) if service in item.services)
    taken = min(before.left, proposal.plan.units.get(before.pool, 0))
    return Chosen(
        proposal=proposal,
        title=f"{span(use.first_day, use.last_day)} {length.text if length.days > 1 else ''}".rstrip(),
        before=before,
        after=replace(before, held=before.held + taken, left=before.left - taken),
        late=engine.cancel(
            use, facts=case.standing.facts(day), terms=case.standing.terms, contact_at=proposal.deadline.at
        ),
    )


def _month_shown(said: Mapping[str, Any], first: dt.date, last: dt.date) -> dt.date:
    """The first of the month that is asked for, or of the chosen day, kept within what can be booked."""
    asked = said.get("month") or said.get("day") or first
    return min(max(asked.replace(day=1), first.replace(day=1)), last.replace(day=1))


def _frame(shown: dt.date, last_day: dt.date, on: dt.date) -> tuple[dt.date, dt.date]:
    """The days of the month worth showing: from the week of today to the week of the last day of use."""
    first, last = shown, _month_end(shown)
    if shown <= on <= last:
        first = max(shown, on - dt.timedelta(days=(on.weekday() + 1) % 7))  # a week begins on Sunday
    if shown <= last_day <= last:
        last = min(last, last_day + dt.timedelta(days=(5 - last_day.weekday()) % 7))
    return first, last


def _following(shown: dt.date, last_day: dt.date, length: Length) -> Turn:
    turn = _turn(_shift(shown, 1), length)
    return turn if _shift(shown, 1) <= last_day else Turn(f"{turn.text}は期限後", "")


def _turn(month: dt.date, length: Length) -> Turn:
    return Turn(f"{month.month}月", urlencode({"days": length.days, "month": f"{month:%Y-%m}"}))


def _shift(month: dt.date, by: int) -> dt.date:
    number = month.year * 12 + month.month - 1 + by
    return dt.date(number // 12, number % 12 + 1, 1)


def _month_end(month: dt.date) -> dt.date:
    return _shift(month, 1) - dt.timedelta(days=1)
