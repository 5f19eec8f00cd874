"""Walk the demo's cases through the portal's own services, as if the days had passed. Nothing goes around them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import public as applications
from applications.public import Application
from eligibility import engine
from eligibility.public import Municipality, programme_on
from facilities import public as facilities
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .certificate import sample_certificate
from .people import PEOPLE, Person
from .samples import SampleBooking, SampleCase, Samples


def load(samples: Samples, *, today: dt.date) -> None:
    """Create the people and walk every case that is not there yet."""
    municipality = Municipality.objects.get(slug=samples.municipality)
    facility = facilities.Facility.objects.get(name=samples.facility)
    users = {person.email: _person(person, municipality, facility) for person in PEOPLE}
    staff = {person.role: users[person.email] for person in PEOPLE}
    with tenant(facility=facility.pk):
        _open_places(facility, samples.places, by=staff["facility"], first=today - dt.timedelta(days=30))
    for case in samples.cases:
        mother = users.get(case.email) or User.objects.filter(email=case.email).first() or _user(case.email)
        with tenant(municipality=municipality.pk):
            if applications.latest_municipality(mother) is None:
                _Walk(case, mother, staff, municipality, facility, today).walk()


@dataclass(frozen=True)
class _Walk:
    """One case and the hands it goes through."""

    case: SampleCase
    mother: User
    staff: dict[str, User]
    municipality: Municipality
    facility: facilities.Facility
    today: dt.date

    def walk(self) -> None:
        application = self._apply()
        if self.case.called is not None:
            self._call(application, self.case.called, reached=False)
        if self.case.heard is not None:
            application = self._hear(application, self.case.heard)
        if self.case.decided is not None:
            self._approve(application, self.case.decided)
        if self.case.born is not None:
            born_on = self._day(self.case.born)
            applications.record_birth(
                _birth(application),
                born_on=born_on,
                children=self.case.children,
                by=self.mother,
                at=self._at(self.case.born + 2),
            )
        for booking in self.case.bookings:
            self._book(application, booking)

    def _apply(self) -> Application:
        at = self._at(self.case.applied, hour=3)
        draft = applications.open_draft(self.mother, self.municipality, at=at)
        for step, cleaned in self._answers().items():
            applications.save_step(draft, applications.Step(step), cleaned, typed={}, by=self.mother, at=at)
        for number in range(self.case.certificates):
            picture = SimpleUploadedFile(f"IMG_{2041 + number}.jpg", sample_certificate(number + 1), "image/jpeg")
            applications.hand_in(draft, "tax_exemption_certificate", picture, by=self.mother, at=at)
        return applications.submit(draft, by=self.mother, at=at)

    def _answers(self) -> dict[str, dict[str, object]]:
        case = self.case
        return {
            "person": {
                "name": case.name,
                "kana": case.kana,
                "birth_date": case.birth_date,
                "postcode": case.postcode,
                "address": case.address,
                "phone": case.phone,
                "call_times": [],
                "resident": True,
            },
            "birth": {
                "stage": "expected",
                "due_date": self._day(case.due).isoformat(),
                "born_on": None,
                "children": case.children,
            },
            "condition": {
                "lacks_support": True,
                "unwell_or_anxious": True,
                "fever_or_infection": False,
                "needs_medical_care": False,
                "trouble": case.trouble,
            },
            "household": {"household_class": case.household_class, "members": case.members},
            "wishes": {
                "services": case.services,
                "emergency_name": case.emergency.name,
                "emergency_relation": case.emergency.relation,
                "emergency_phone": case.emergency.phone,
            },
            "consent": {"consents": [item.code for item in programme_on(self.municipality, self.today).terms.consents]},
        }

    def _call(self, application: Application, day: int, *, reached: bool) -> None:
        applications.record_call(application, by=self.staff["centre"], at=self._at(day, hour=10), reached=reached)

    def _hear(self, application: Application, day: int) -> Application:
        at, nurse = self._at(day, hour=14), self.staff["centre"]
        self._call(application, day, reached=True)
        said = {
            "consent": True,
            "resident": True,
            "fever_or_infection": False,
            "needs_medical_care": False,
            "lacks_support": True,
            "unwell_or_anxious": True,
            "note": "授乳と夜のお世話に不安がある。支援は夫のみ。",
        }
        applications.save_hearing(application, said, by=nurse, at=at)
        return applications.recommend(application, applications.Hearing.Recommendation.APPROVE, by=nurse, at=at)

    def _approve(self, application: Application, day: int) -> None:
        terms = programme_on(self.municipality, self._day(day)).terms
        facts = applications.facts_of(_birth(application), on=self._day(day))
        grant = engine.standard_grant(facts, terms, services=self.case.services)
        applications.approve(
            application,
            by=self.staff["decider"],
            at=self._at(day, hour=16),
            services=grant.services,
            limits=grant.limits,
            class_code=grant.household_class,
        )

    def _book(self, application: Application, sample: SampleBooking) -> None:
        entitlement = applications.entitlement_of(self.mother, self.municipality)
        assert entitlement is not None, "only an approved case books"  # noqa: S101  # a mistake in the sample file
        offering = facilities.Offering.objects.get(facility=self.facility, service=sample.service)
        booking = facilities.request_booking(
            entitlement,
            offering,
            first_day=self._day(sample.first),
            last_day=self._day(sample.last),
            arrival=dt.time.fromisoformat(sample.arrival),
            note=sample.note,
            form_token=f"demo-{self.case.email}-{sample.asked}-{sample.first}",
            by=self.mother,
            at=self._at(sample.asked),
        )
        if sample.answered is not None:
            facilities.confirm(booking, by=self.staff["facility"], at=self._at(sample.answered))
        if sample.attended:
            facilities.attend(booking, by=self.staff["facility"], at=self._at(sample.first, hour=10))

    def _day(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def _at(self, days: int, *, hour: int = 9) -> dt.datetime:
        return dt.datetime.combine(self._day(days), dt.time(hour), clock.TOKYO)


def _open_places(facility: facilities.Facility, places: int, *, by: User, first: dt.date) -> None:
    """Let the facility keep the same number of places of each kind on every day of half a year."""
    kinds = facilities.Offering.objects.filter(facility=facility).order_by("place").values_list("place", flat=True)
    days = [first + dt.timedelta(days=number) for number in range(180)]
    at = dt.datetime.combine(first, dt.time(9), clock.TOKYO)
    if not facility.keeps_capacity:
        facilities.set_places(facility, dict.fromkeys(kinds, places), days=days, by=by, at=at)


def _birth(application: Application) -> applications.Birth:
    assert application.birth is not None, "a submitted application has its birth"  # noqa: S101  # by constraint
    return application.birth


def _user(email: str, **fields: Any) -> User:
    user = User.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _person(person: Person, municipality: Municipality, facility: facilities.Facility) -> User:
    known = User.objects.filter(email=person.email).first()
    if known:
        return known
    user = _user(person.email, display_name=person.display_name, second_factor_required=person.is_staff)
    if person.role in Membership.Role.values:
        Membership.objects.create(user=user, municipality=municipality, role=person.role)
    if person.role == "facility":
        facilities.employ(user, facility)
    if person.is_staff:
        TOTP.activate(user, generate_totp_secret())
    return user
