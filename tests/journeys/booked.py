"""What is there before a journey that begins with a booking: asked for, arranged where the centre does, and taken."""

import datetime as dt
import itertools
from decimal import Decimal

from django_scopes import scopes_disabled

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, ContractPrice, Facility, Offering
from facilities.public import confirm, request_booking
from postpartum_portal.shared import clock
from tests import factories
from tests.facilities.arranging import arranged, wished
from tests.facilities.walking import offering

_tokens = itertools.count()


def mother_of(town: Municipality, email: str, *, born: dt.date, children: int = 1, **household: str) -> Entitlement:
    """Everything granted, for a child, or children, born on that day at term; who she is, where that matters."""
    birth: dict[str, object] = {f"household__{name}": said for name, said in household.items()}
    birth |= {"household__citizen__email": email, "born_on": born, "due_date": born, "children": children}
    made: Entitlement = factories.EntitlementFactory(
        municipality=town, **{f"birth__{name}": value for name, value in birth.items()}
    )
    return made


def a_day(entitlement: Entitlement, day: dt.date) -> Booking:
    """As `a_stay`, for the day alone."""
    return a_stay(entitlement, day, day, service="day_service")


def a_stay(entitlement: Entitlement, first: dt.date, last: dt.date, *, service: str = "short_stay") -> Booking:
    """As `an_asked_stay`, confirmed."""
    booking = an_asked_stay(entitlement, first, last, service=service)
    with scopes_disabled():
        return _taken(booking)


def an_asked_stay(entitlement: Entitlement, first: dt.date, last: dt.date, *, service: str = "short_stay") -> Booking:
    """At the first facility that has the service; she asked for it herself, and nobody has answered."""
    assert entitlement.citizen is not None
    with scopes_disabled():
        return request_booking(
            entitlement,
            offering(entitlement.municipality, service),
            first_day=first,
            last_day=last,
            arrival=dt.time(10),
            note="",
            form_token=f"booked-{next(_tokens)}",
            by=entitlement.citizen,
            at=clock.now(),
        )


def paid_by_contract(town: Municipality, at: Facility, *, service: str, yen: int) -> None:
    """What the centre has entered for a day of use."""
    with scopes_disabled():
        decider = factories.MembershipFactory(municipality=town, role="decider").user
        entered = {"entered_by": decider, "entered_at": clock.now(), "starts_on": None}
        ContractPrice.objects.create(
            municipality=town, facility=at, service=service, key="use", per="day", amount=yen, **entered
        )


def an_arranged_stay(entitlement: Entitlement, first: dt.date, last: dt.date) -> Booking:
    """As `a_stay`, where the centre settles the days for her."""
    days = (last - first).days + 1
    with scopes_disabled():
        wish = wished(entitlement, service="short_stay", first_days=[first], days=days)
        at = offering(entitlement.municipality, "short_stay")
        arrangement = {"first_day": first, "last_day": last, "arrival": dt.time(9), "hours": None}
        return _taken(arranged(wish, at, by=_nurse(entitlement), **arrangement))


def a_visit(entitlement: Entitlement, at: Offering, day: dt.date) -> Booking:
    """Confirmed, two hours from 13:00."""
    with scopes_disabled():
        wish = wished(entitlement, service=at.service, first_days=[day])
        return _taken(arranged(wish, at, by=_nurse(entitlement), first_day=day, hours=Decimal(2)))


def _taken(booking: Booking) -> Booking:
    """By somebody who works there."""
    colleague = factories.StaffMembershipFactory(facility=booking.facility).user
    return confirm(booking, by=colleague, at=clock.now())


def _nurse(entitlement: Entitlement) -> object:
    return factories.MembershipFactory(municipality=entitlement.municipality, role="centre").user
