"""マイページ: the one next thing, what is left, until when, letters, bookings, and where her application stands."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import (
    Application,
    Birth,
    Standing,
    applications_of,
    entitlement_of,
    latest_birth,
    notice_of,
    own_documents,
    own_letters,
    own_office,
    remains,
    standing_of,
    unread_by_her,
    wanted_of,
    writing_for,
)
from eligibility.engine import Office
from eligibility.public import programme_on
from facilities.public import (
    Booking,
    Card,
    bookings_of,
    card_of,
    lies_outside,
    offers_to,
    places_booked,
    remaining,
    terms_of,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .my_ruler import ruler_card
from .next_thing import next_thing

LETTERS_SHOWN, BOOKINGS_SHOWN = 3, 5


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


@access.citizen
@require_safe
def my_page(request: PortalRequest) -> HttpResponse:
    now = clock.now()
    mine, on = _mine(request, now), clock.day_of(now)
    usable = None if mine.lost else mine.standing
    left = remaining(usable, mine.bookings, on=on) if usable else ()
    to_adjust = mine.to_adjust
    outside = {card.booking.pk for card in to_adjust}
    following = next((booking for booking in mine.coming if not (mine.lost and booking.pk in outside)), None)
    context = {
        "following": card_of(following, terms_of(following), now=now) if following else None,
        "outside": following is not None and following.pk in outside,
        "to_adjust": to_adjust,
        "offers": offers_to(mine.standing.entitlement) if mine.standing else (),
        "lost": mine.lost,
        "remains": remains(mine.standing.terms, mine.standing.services) if mine.lost and mine.standing else None,
        "granted": mine.standing is not None,
        "next": next_thing(mine.applications, mine.birth, mine.standing, left, on=on),
        "left": left,
        "birth": mine.birth,
        "may_book": mine.birth is not None and mine.birth.born_on is not None,
        "ruler": ruler_card(usable, mine.coming, on=on) if usable else None,
        "letters": own_letters(on=on)[:LETTERS_SHOWN],
        "cards": mine.cards[::-1][:BOOKINGS_SHOWN],
        "applications": mine.applications,
        "documents": own_documents(request.user, request.municipality),
        "coupons": mine.standing.terms.coupons if mine.standing else None,
        "own_office": mine.own_office,
        "unread": unread_by_her(request.user, request.municipality),
        "certificates": wanted_of(request.user, request.municipality, on=on),
        "proxies": writing_for(request.user, request.municipality),
        "notice": notice_of(request.user, request.municipality),
        "now": now,
    }
    return render(request, "citizen/my_page.html", context)


def _mine(request: PortalRequest, now: dt.datetime) -> Mine:
    entitlement = entitlement_of(request.user, request.municipality)
    return Mine(
        applications=applications_of(request.user, request.municipality),
        birth=latest_birth(request.user, request.municipality),
        standing=standing_of(entitlement) if entitlement else None,
        bookings=bookings_of(entitlement) if entitlement else (),
        now=now,
    )
