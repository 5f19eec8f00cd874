"""The mother's 期限ものさし: periods, bookings and today on one line, and the same as a list with arithmetic."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.public import Standing
from eligibility import engine
from facilities.public import Booking, use_of
from postpartum_portal.shared.ruler import Lane, Mark, Ruler, draw


@dataclass(frozen=True, slots=True)
class RulerCard:
    ruler: Ruler
    marks: tuple[Mark, ...]


def ruler_card(standing: Standing, coming: Sequence[Booking], *, on: dt.date) -> RulerCard | None:
    """None while neither a due date nor a birth is known."""
    facts = standing.facts(on)
    start = facts.birth_date or facts.due_date
    if start is None:
        return None
    window = engine.application_window(facts, standing.terms)
    lanes = [
        _lane(service, standing, facts, window.opens_on, start, coming)
        for service in standing.terms.services
        if service.code in standing.services
    ]
    return RulerCard(draw(lanes, today=on), _marks(standing, facts, window, coming, on))


def _lane(
    service: engine.Service,
    standing: Standing,
    facts: engine.Facts,
    opens: dt.date | None,
    start: dt.date,
    coming: Sequence[Booking],
) -> Lane:
    period = engine.use_period(service.code, facts, standing.terms)
    own = [booking for booking in coming if booking.service == service.code]
    return Lane(
        label=service.short_label,
        opens=opens,
        born=start,
        last=period.last or start,
        bookings=tuple((booking.first_day, booking.last_day) for booking in own),
    )


def _marks(
    standing: Standing, facts: engine.Facts, window: engine.Window, coming: Sequence[Booking], on: dt.date
) -> tuple[Mark, ...]:
    return (
        *_ends(standing, facts, on),
        *(_booking(booking, standing) for booking in coming[:1]),
        *_start(facts),
        *_opening(window, standing.terms, on),
    )


def _ends(standing: Standing, facts: engine.Facts, on: dt.date) -> list[Mark]:
    """One mark for each last day; services are named only where their last days differ."""
    ends: dict[engine.Period, list[str]] = {}
    for service in standing.terms.services:
        if service.code in standing.services:
            period = engine.use_period(service.code, facts, standing.terms)
            ends.setdefault(period, []).append(service.short_label)
    whose = {period: "・".join(labels) if len(ends) > 1 else "" for period, labels in ends.items()}
    return [_end(period, whose[period], on) for period in ends if period.last]


def _end(period: engine.Period, whose: str, on: dt.date) -> Mark:
    last = period.last or on
    left = (last - on).days
    return Mark("edge", _of_whom(whose, left) if whose else _of_all(left), last, period.arithmetic)


def _of_all(left: int) -> str:
    return _("最後の日まで、あと%(left)s日") % {"left": left} if left > 0 else _("最後の日")


def _of_whom(whose: str, left: int) -> str:
    if left > 0:
        return _("%(services)sの最後の日まで、あと%(left)s日") % {"services": whose, "left": left}
    return _("%(services)sの最後の日") % {"services": whose}


def _booking(booking: Booking, standing: Standing) -> Mark:
    service = standing.terms.service(booking.service)
    return Mark("book", _("次の予約"), booking.first_day, engine.length_text(use_of(booking), service))


def _start(facts: engine.Facts) -> list[Mark]:
    if facts.birth_date:
        return [Mark("born", _("生まれた日"), facts.birth_date)]
    return [Mark("born", _("出産予定日"), facts.due_date)] if facts.due_date else []


def _opening(window: engine.Window, terms: engine.Terms, on: dt.date) -> list[Mark]:
    """Nothing where the page has a word and no day: she may have applied before the day that is sure."""
    if window.opens_on is None or terms.application.opens is engine.Opens.UNPUBLISHED:
        return []
    title = _("申請できた日") if window.opens_on <= on else _("申請できる日")
    return [Mark("pre", title, window.opens_on, window.arithmetic)]
