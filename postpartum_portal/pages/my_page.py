"""マイページ: the one next thing, what is left, until when, letters, bookings, and where her application stands."""

from dataclasses import dataclass

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
    own_letters,
    standing_of,
    wanted_of,
)
from facilities.public import Booking, Card, bookings_of, card_of, lies_outside, places_booked, remaining, terms_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .my_ruler import ruler_card
from .next_thing import next_thing

LETTERS_SHOWN, BOOKINGS_SHOWN = 3, 5


@dataclass(frozen=True, slots=True)
class Mine:
    """All that a mother has in a municipality. `coming` are her live bookings, the next one first."""

    applications: tuple[Application, ...]
    birth: Birth | None
    standing: Standing | None
    bookings: tuple[Booking, ...]

    @property
    def coming(self) -> list[Booking]:
        return [booking for booking in self.bookings if booking.status in Booking.LIVE]

    @property
    def outside(self) -> list[Booking]:
        """Live bookings that a recorded birth has left outside the period."""
        if self.standing is None:
            return []
        birth, terms, places = self.standing.birth, self.standing.terms, places_booked(self.coming)
        return [item for item in self.coming if lies_outside(item, birth, terms, place=places[item.pk])]

    @property
    def lost(self) -> bool:
        """After a loss nothing on her page counts days or speaks of the birth."""
        return self.birth is not None and self.birth.outcome == Birth.Outcome.LOST


@access.citizen
@require_safe
def my_page(request: PortalRequest) -> HttpResponse:
    mine, now = _mine(request), clock.now()
    on = now.date()
    usable = None if mine.lost else mine.standing
    left = remaining(usable, mine.bookings, on=on) if usable else ()
    following = mine.coming[0] if mine.coming else None
    context = {
        "following": card_of(following, terms_of(following)) if following else None,
        "to_adjust": _cards(mine, mine.outside),
        "next": next_thing(mine.applications, mine.birth, mine.standing, left, on=on),
        "left": left,
        "may_book": mine.birth is not None and mine.birth.born_on is not None,
        "ruler": ruler_card(usable, mine.coming, on=on) if usable else None,
        "letters": own_letters()[:LETTERS_SHOWN],
        "cards": _cards(mine, list(reversed(mine.bookings)))[:BOOKINGS_SHOWN],
        "applications": mine.applications,
        "certificates": wanted_of(request.user, request.municipality, on=on),
        "now": now,
    }
    return render(request, "citizen/my_page.html", context)


def _mine(request: PortalRequest) -> Mine:
    entitlement = entitlement_of(request.user, request.municipality)
    return Mine(
        applications=applications_of(request.user, request.municipality),
        birth=latest_birth(request.user, request.municipality),
        standing=standing_of(entitlement) if entitlement else None,
        bookings=bookings_of(entitlement) if entitlement else (),
    )


def _cards(mine: Mine, bookings: list[Booking]) -> list[Card]:
    return [card_of(booking, mine.standing.terms) for booking in bookings] if mine.standing else []
