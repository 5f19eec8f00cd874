"""The demo's people, their places, and their cases. A second run adds nothing."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from applications import public as applications
from eligibility.public import Municipality, version_in_force
from facilities import public as facilities
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared.tenancy import tenant

from .days import Days
from .furnishing import furnish, keep_places, say_visits
from .hands import Hands
from .samples import SampleCase, SampleDesk, SamplePerson, Samples, all_samples
from .walking import Walk


def load(samples: Samples, *, now: dt.datetime) -> None:
    """Create the people and walk every case that is not there yet."""
    municipality = Municipality.objects.get(slug=samples.municipality)
    users = {person.email: _person(person, municipality) for person in samples.people}
    hands = _hands(samples, users)
    days = Days(now)
    for code in {**samples.places, **samples.desks}:
        facility, places = facilities.Facility.objects.get(code=code), samples.places.get(code, 0)
        if places:
            keep_places(facility, places, by=hands.at_facility[code], days=days)
        desk = samples.desks.get(code, SampleDesk())
        furnish(facility, desk, places, by=hands.at_facility[code], days=days)
    for case in samples.cases:
        writes = hands.centre if case.on_paper else _mother(case, users)
        with tenant(municipality=municipality.pk):
            if _is_there(case, writes, municipality) or not _in_force(municipality, case, days.today):
                continue
            walk = Walk(case, writes, hands, municipality, days)
            if case.written_by:
                walk.hand_over(users[case.written_by.email], case.written_by)
            else:
                walk.walk()
    for code, desk in samples.desks.items():
        if desk.visits:
            facility = facilities.Facility.objects.get(code=code)
            say_visits(facility, desk.visits, by=hands.at_facility[code], days=days)


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
    # A facility under contract with several municipalities has its staff in one of the files only.
    workers = [person for each in all_samples() for person in reversed(each.people) if person.facility]
    known = {user.email: user for user in User.objects.filter(email__in=[person.email for person in workers])}
    at_facility = {person.facility: known[person.email] for person in workers if person.email in known}
    return Hands(by_role["centre"], by_role["decider"], at_facility)


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
