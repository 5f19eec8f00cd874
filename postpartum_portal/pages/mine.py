"""All that a mother has in a municipality, as her page and her calendar show it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from applications.public import (
    Application,
    Birth,
    Standing,
    applications_of,
    entitlement_of,
    latest_birth,
    own_office,
    standing_of,
)
from eligibility.engine import Office
from eligibility.public import programme_on
from facilities.public import Booking, Card, bookings_of, card_of, lies_outside, places_booked
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock


@dataclass(frozen=True)  # without slots: it keeps its cards
class Mine:
    """All that a mother has in a municipality at an instant."""

    applications: tuple[Application, ...]
    birth: Birth | None
    standing: Standing | None
    bookings: tuple[Booking, ...]
    now: dt.datetime

    @cached_property
    def cards(self) -> list[Card]:
        """Of all bookings, the first day first."""
        return (
            [card_of(booking, self.standing.terms, now=self.now) for booking in self.bookings] if self.standing else []
        )

    @property
    def coming(self) -> list[Booking]:
        """What may still take place, the next one first."""
        return [card.booking for card in self.cards if card.live]

    @property
    def to_adjust(self) -> list[Card]:
        """Of bookings to come that a recorded birth has left outside the period."""
        if self.standing is None:
            return []
        birth, terms, places = self.standing.birth, self.standing.terms, places_booked(self.coming)
        live = [(card, card.booking) for card in self.cards if card.live]
        return [card for card, item in live if lies_outside(item, birth, terms, place=places[item.pk])]

    @property
    def own_office(self) -> Office | None:
        """The office in charge of where she lives, by the programme of today."""
        household = self.birth.household if self.birth else None
        if household is None or not household.office:
            return None
        return own_office(household, programme_on(household.municipality, clock.day_of(self.now)).terms)

    @property
    def lost(self) -> bool:
        """After a loss nothing on her page counts days or speaks of the birth."""
        return self.birth is not None and self.birth.outcome == Birth.Outcome.LOST


def mine_of(request: PortalRequest, *, now: dt.datetime) -> Mine:
    entitlement = entitlement_of(request.user, request.municipality)
    return Mine(
        applications=applications_of(request.user, request.municipality),
        birth=latest_birth(request.user, request.municipality),
        standing=standing_of(entitlement) if entitlement else None,
        bookings=bookings_of(entitlement) if entitlement else (),
        now=now,
    )
