"""Where a use takes place, as the rules want to see it: whom the facility takes, and the amounts it names."""

from collections.abc import Iterable, Sequence

from eligibility import engine
from facilities.models import Booking, Offering

from .amounts import PlacedAmount, entered_for_each


def place_of(offering: Offering, terms: engine.Terms | None = None) -> engine.Place:
    """The facility of one offering; `contract` and `facility` are best selected with it. `terms` as in `places_of`."""
    return places_of([offering], terms)[offering.pk]


def places_of(
    offerings: Sequence[Offering], terms: engine.Terms | None = None, *, entering: PlacedAmount | None = None
) -> dict[int, engine.Place]:
    """Offering id → its facility, for offerings of any municipalities, in few statements.

    With the `terms` that are to be applied, entered amounts are read only if these leave one unpublished. `entering` is
    an amount that is not saved yet, as if it were.
    """
    unread = not offerings or (terms is not None and not engine.unpublished_amounts(terms))
    entered = {} if unread else entered_for_each(offerings, entering=entering)
    return {offering.pk: _place(offering, entered.get(offering.pk, ())) for offering in offerings}


def places_booked(
    bookings: Iterable[Booking], terms: engine.Terms | None = None, *, entering: PlacedAmount | None = None
) -> dict[int, engine.Place]:
    """Booking id → where it takes place; `ANYWHERE` where the facility has given up the service since.

    `terms` and `entering` as in `places_of`.
    """
    rows = list(bookings)
    if not rows:
        return {}
    found = Offering.objects.filter(
        facility__in={row.facility_id for row in rows}, municipality__in={row.municipality_id for row in rows}
    )
    offerings = list(found.select_related("facility", "contract").order_by("pk"))
    places = places_of(offerings, terms, entering=entering)
    by_use = {(item.facility_id, item.municipality_id, item.service): places[item.pk] for item in offerings}
    return {row.pk: by_use.get((row.facility_id, row.municipality_id, row.service), engine.ANYWHERE) for row in rows}


def place_booked(booking: Booking, terms: engine.Terms | None = None) -> engine.Place:
    """Where one booking takes place."""
    return places_booked([booking], terms)[booking.pk]


def _place(offering: Offering, entered: Iterable[engine.Entered]) -> engine.Place:
    return engine.Place(
        name=offering.facility.name,
        age_limit=_age_limit(offering),
        multiples=_first_said(offering.multiples, offering.contract.multiples),
        siblings=_first_said(offering.siblings, offering.contract.siblings),
        entered=tuple(entered),
        source=engine.Source(**offering.contract.source) if offering.contract.source else None,
    )


def _age_limit(offering: Offering) -> engine.AgeLimit | None:
    """The service's own limit, else the facility's, each with the list's sentence."""
    for said in (offering, offering.contract):
        if said.age_under is not None:
            return engine.AgeLimit(
                number=said.age_under,
                unit=engine.AgeUnit(said.age_unit),
                title=said.age_title,
                source=engine.Source(**offering.contract.source),
                inclusive=said.age_inclusive,
            )
    return None


def _first_said(own: bool | None, of_the_facility: bool | None) -> bool | None:
    return of_the_facility if own is None else own
