"""The prices of a family's open bookings together: booking, cancelling or a refusal may change those of the others.

Where a reduction is for the first so many uses, their order decides: first day, start time, booking number. The price
of an attended use was frozen at check-in and is not reckoned again. Nothing else prices a booking anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from applications.public import Entitlement
from eligibility import engine
from facilities.models import Booking
from postpartum_portal.shared.tenancy import tenant

from .amounts import rows_by
from .limits import places_booked
from .stored import price_of
from .uses import goes_beyond, use_of
from .versions import Versions


@dataclass(frozen=True, slots=True)
class Requoted:
    """The new price of each open booking by its id, and those whose total becomes another, each with its sentence."""

    quotes: Mapping[int, engine.Quote] = field(default_factory=dict)
    changes: tuple[engine.Repriced, ...] = ()


def requote(
    bookings: Iterable[Booking], uses: Sequence[engine.Use], *, facts: engine.Facts, versions: Versions
) -> Requoted:
    """Price the open bookings of a family as its `uses` will stand: with one more, or with one that is released.

    Reads nothing where there is no other open booking, or where no reduction depends on the order of uses.
    """
    going_on = {use.number for use in uses if use.status is engine.UseStatus.LIVE and use.number}
    live = [booking for booking in bookings if booking.pk in going_on]
    if not live or not versions.count_first_uses:
        return Requoted()
    return price_anew(live, uses, facts=facts, versions=versions)


def price_anew(
    live: Sequence[Booking],
    uses: Sequence[engine.Use],
    *,
    facts: engine.Facts,
    versions: Versions,
    places: Mapping[int, engine.Place] | None = None,
) -> Requoted:
    """Price `live`, some of a family's open bookings, among its `uses`, whatever the reductions hang on.

    `places` are theirs by the bookings' ids, where they were read already.
    """
    open_ids = {booking.pk for booking in live}
    if places is None:
        with tenant(municipality=live[0].municipality_id):
            places = places_booked(live)
    quotes = engine.quotes(
        uses,
        facts=facts,
        terms_of=lambda use: versions.terms_of(use.service, use.first_day),
        place_of=lambda use: places.get(use.number, engine.ANYWHERE),
        timeline=versions.timeline,
        beyond={row.pk for row in live if goes_beyond(row, versions.terms_of(row.service, row.first_day))},
    )
    known = {number: quote for number, quote in quotes.items() if number in open_ids}
    before = {booking.pk: engine.Quote((), price_of(booking).total) for booking in live}
    return Requoted(known, engine.price_changes(before, known))


def price_of_day(
    booking: Booking,
    family: Iterable[Booking],
    *,
    facts: engine.Facts,
    versions: Versions,
    place: engine.Place | None = None,
) -> engine.Quote:
    """What a booking costs by the household's class of its day, as one of the `family`'s bookings.

    `place` is its own, where it was read already.
    """
    places = None if place is None else {booking.pk: place}
    others = [use_of(row) for row in family if row.pk != booking.pk]
    uses = [*others, replace(use_of(booking), status=engine.UseStatus.LIVE)]
    return price_anew([booking], uses, facts=facts, versions=versions, places=places).quotes[booking.pk]


def family_bookings(entitlement: Entitlement) -> list[Booking]:
    """All bookings of a family, at whatever facility: their order sets prices also where one facility alone is at work.

    What is read here is for reckoning; a facility's page shows nothing of it.
    """
    return families_bookings([entitlement])[entitlement.pk]


def families_bookings(entitlements: Sequence[Entitlement]) -> Mapping[int, list[Booking]]:
    """`family_bookings` of many families of one municipality, by their entitlements. One statement."""
    with tenant(municipality=entitlements[0].municipality_id):
        return rows_by(
            "entitlement_id", Booking.objects.filter(entitlement__in=entitlements).select_related("facility")
        )


def given_up(uses: Iterable[engine.Use], number: int, consequence: engine.Consequence) -> list[engine.Use]:
    """A family's uses after one of them is given up with this consequence."""
    return [replace(use, status=consequence.leaves) if use.number == number else use for use in uses]
