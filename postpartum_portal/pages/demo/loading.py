"""The demo's people, their places, and their cases. A second run adds nothing."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from applications import public as applications
from eligibility.public import Municipality, version_in_force
from facilities import public as facilities
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .hands import Hands
from .samples import SampleCase, SamplePerson, Samples
from .walking import Walk

DAYS_AHEAD = 180


def load(samples: Samples, *, today: dt.date) -> None:
    """Create the people and walk every case that is not there yet."""
    municipality = Municipality.objects.get(slug=samples.municipality)
    users = {person.email: _person(person, municipality) for person in samples.people}
    hands = _hands(samples, users)
    for code, places in samples.places.items():
        _keep_places(facilities.Facility.objects.get(code=code), places, by=hands.at_facility[code], today=today)
    for case in samples.cases:
        writes = hands.centre if case.on_paper else _mother(case, users)
        with tenant(municipality=municipality.pk):
            if _is_there(case, writes, municipality) or not _in_force(municipality, case, today):
                continue
            walk = Walk(case, writes, hands, municipality, today)
            if case.written_by:
                walk.hand_over(users[case.written_by.email], case.written_by)
            else:
                walk.walk()


def _mother(case: SampleCase, users: dict[str, User]) -> User:
    return users.get(case.email) or User.objects.filter(email=case.email).first() or _user(case.email)


def _is_there(case: SampleCase, mother: User, municipality: Municipality) -> bool:
    if case.on_paper:
        return applications.Household.objects.filter(citizen=None, name=case.name).exists()
    return bool(applications.latest_municipality(mother) or applications.writing_for(mother, municipality))


def _in_force(municipality: Municipality, case: SampleCase, today: dt.date) -> bool:
    """Whether the programme had begun when she applied: nobody can have applied before."""
    return version_in_force(municipality, today + dt.timedelta(days=case.applied)) is not None


def _hands(samples: Samples, users: dict[str, User]) -> Hands:
    by_role = {person.role: users[person.email] for person in reversed(samples.people)}  # the first of each role
    at_facility = {person.facility: users[person.email] for person in samples.people if person.facility}
    return Hands(by_role["centre"], by_role["decider"], at_facility)


def _keep_places(facility: facilities.Facility, places: int, *, by: User, today: dt.date) -> None:
    """Let the facility keep the same number of places of each kind on every day of half a year, some of it past."""
    first = today - dt.timedelta(days=30)
    if facility.keeps_capacity:
        return
    with tenant(facility=facility.pk):
        kinds = facilities.Offering.objects.filter(facility=facility).order_by("place").values_list("place", flat=True)
        days = [first + dt.timedelta(days=number) for number in range(DAYS_AHEAD)]
        at = dt.datetime.combine(first, dt.time(9), clock.TOKYO)
        facilities.set_places(facility, dict.fromkeys(kinds, places), days=days, by=by, at=at)


def _user(email: str, **fields: Any) -> User:
    user = User.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _person(person: SamplePerson, municipality: Municipality) -> User:
    known = User.objects.filter(email=person.email).first()
    if known:
        return known
    user = _user(person.email, display_name=person.name, second_factor_required=person.is_staff)
    if person.role in Membership.Role.values:
        Membership.objects.create(user=user, municipality=municipality, role=person.role)
    if person.facility:
        facilities.employ(user, facilities.Facility.objects.get(code=person.facility))
    if person.is_staff:
        TOTP.activate(user, generate_totp_secret())
    return user
