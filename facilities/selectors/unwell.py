"""Bookings of which a mother told that somebody is unwell: shown to the centre as long as they are to come."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from applications.public import Application, Birth
from facilities.models import Booking

from .cards import Card, card_of
from .uses import terms_reader


@dataclass(frozen=True, slots=True)
class ToldUnwell:
    """A line of the centre's list. `application`: her latest one of this birth; None where all came on paper."""

    card: Card
    application: Application | None


def told_unwell(birth: Birth, *, now: dt.datetime) -> tuple[Card, ...]:
    """Cards of a birth's bookings that are still to come, by their days."""
    return tuple(_cards(Booking.objects.filter(entitlement__birth=birth), now))


def all_told_unwell(*, now: dt.datetime) -> list[ToldUnwell]:
    """Those of all families, by their days; the scope is the centre's."""
    cards = list(_cards(Booking.objects.order_by("first_day", "pk"), now))
    births = {card.booking.entitlement.birth_id for card in cards}
    sent = Application.objects.filter(birth__in=births, number__gt="").order_by("submitted_at", "pk") if births else ()
    latest = {application.birth_id: application for application in sent}
    return [ToldUnwell(card, latest.get(card.booking.entitlement.birth_id)) for card in cards]


def _cards(bookings: QuerySet[Booking], now: dt.datetime) -> Iterator[Card]:
    rows = bookings.filter(status__in=Booking.LIVE, unwell_at__isnull=False)
    terms_of = terms_reader()
    for row in rows.select_related("facility", "municipality", "entitlement__birth__household"):
        if (card := card_of(row, terms_of(row), now=now)).live:
            yield card
