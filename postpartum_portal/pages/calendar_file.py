"""What she may put into her own calendar: her bookings, until when each may be cancelled free, and the last days.

A calendar is often read by others at home, so it names no reason and no condition.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from eligibility import engine
from facilities.public import Booking, Card
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.served import file_response

from .mine import Mine, mine_of

NAME = "sango-care.ics"


@access.citizen
@require_safe
def calendar(request: PortalRequest) -> HttpResponse:
    """An iCalendar file (RFC 5545). The same entry keeps its UID: taken in again, it changes and adds none."""
    now = clock.now()
    mine = mine_of(request, now=now)
    found = Calendar.new(prodid="-//postpartum portal//", language="ja")
    for uid, event in _events(mine, on=clock.day_of(now)):
        event.uid = f"{request.municipality.slug}-{uid}@{urlsplit(settings.PORTAL_ORIGIN).hostname}"
        event.stamp = now.astimezone(dt.UTC)
        found.add_component(event)
    return file_response(found.to_ical(), NAME, kind="text/calendar; charset=utf-8")


def _events(mine: Mine, *, on: dt.date) -> Iterator[tuple[str, Event]]:
    outside = {card.booking.pk for card in mine.to_adjust}
    for card in (card for card in mine.cards if card.live and card.booking.status in Booking.MOVABLE):
        yield f"booking-{card.booking.number}", _use(card)
        if card.cancellable and card.deadline.at and not mine.lost and card.booking.pk not in outside:
            yield f"deadline-{card.booking.number}", _deadline(card, card.deadline.at)
    if mine.standing and not mine.lost:
        facts = mine.standing.facts(on)
        for code in mine.standing.services:
            last = engine.use_period(code, facts, mine.standing.terms).last
            if last and last >= on:
                label = mine.standing.terms.service(code).short_label
                yield f"last-{code}", _all_day(_("産後ケア: %(service)sの最後の日") % {"service": label}, last, last)


def _use(card: Card) -> Event:
    """Timed where its hours are known, else all its days."""
    booking = card.booking
    asked = booking.status == Booking.Status.REQUESTED
    title = _("産後ケア(返事待ち): %(service)s") if asked else _("産後ケア: %(service)s")
    title %= {"service": card.service.short_label}
    if card.starts and card.ends:
        event = _timed(title, _at(booking.first_day, card.starts), _at(booking.last_day, card.ends))
    else:
        event = _all_day(title, booking.first_day, booking.last_day)
    if not card.visit:
        event.add("location", f"{booking.facility.name} {booking.facility.address}".strip())
    return event


def _deadline(card: Card, at: dt.datetime) -> Event:
    title = _("産後ケア: %(when)sの予約を取り消す期限") % {"when": card.when}
    event = _timed(title, at, at)
    event.add("description", f"{card.free_lead} {card.deadline.wording}")
    return event


def _timed(title: str, starts: dt.datetime, ends: dt.datetime) -> Event:
    """In UTC, so that the file needs no table of time zones."""
    return Event.new(summary=title, start=starts.astimezone(dt.UTC), end=ends.astimezone(dt.UTC))


def _all_day(title: str, first: dt.date, last: dt.date) -> Event:
    """The end of a whole day is the next one (RFC 5545, 3.6.1)."""
    return Event.new(summary=title, start=first, end=last + dt.timedelta(days=1))


def _at(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, tzinfo=clock.TOKYO)
