"""Walk a case of the demo through the portal's own services, as if the days had passed. Nothing goes around them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from applications import public as applications
from applications.public import Application
from eligibility import engine
from eligibility.engine.booking_days import closed_days
from eligibility.public import Municipality, programme_on
from facilities import public as facilities
from postpartum_portal.accounts.models import User

from .certificate import sample_certificate
from .days import Days
from .desk import serve
from .hands import Hands
from .samples import (
    Day,
    SampleBooking,
    SampleCase,
    SamplePaper,
    SamplePreparation,
    SampleReturn,
    SampleUse,
    SampleWait,
    SampleWish,
    SampleWriter,
)
from .sounding import sound_out
from .written import favourable, written

EVENING = 20
"""When a mother has a moment to write; staff work by day."""


@dataclass(frozen=True)
class Walk:
    """One case and the hands it goes through. `mother`: who writes for her, where it came on paper."""

    case: SampleCase
    mother: User
    hands: Hands
    municipality: Municipality
    days: Days

    def walk(self) -> None:
        application = self._enter(self.case.on_paper) if self.case.on_paper else self._apply()
        if self.case.lost is not None:
            self._lose(application, self.case.lost)
        if self.case.called is not None:
            self._call(application, self.case.called, reached=False)
        if self.case.returned is not None:
            self._return(application, self.case.returned)
        if self.case.heard is not None:
            application = self._hear(application, self.case.heard)
        if self.case.decided is not None:
            self._approve(application, self.case.decided)
        if self.case.born is not None and not self.case.born_before_applying:
            applications.record_birth(
                _birth(application),
                born_on=self._day(self.case.born),
                children=self.case.children,
                by=self.mother,
                at=self._at(self.case.born + 2),
            )
        self._ask_for_days()

    def _ask_for_days(self) -> None:
        for wish in self.case.wishes:
            if not self._is_closed(wish.service, wish.firsts):
                self._wish(wish)
        for booking in self.case.bookings:
            if not self._is_closed(booking.service, [booking.first, booking.last]):
                self._book(booking)
        for wait in self.case.waits:
            self._wait(wait)

    def hand_over(self, writer: User, told: SampleWriter) -> None:
        """Somebody has written it in her place; she has not answered."""
        at = self._at(self.case.applied, hour=EVENING)
        terms = programme_on(self.municipality, self._day(self.case.applied)).terms
        hers = {"mother_name": self.case.name, "mother_email": self.case.email}
        named = applications.ProxyTold(relation=told.relation, name=told.name, phone=told.phone, **hers)
        proxy = applications.begin_proxy(self.municipality, named, by=writer, at=at)
        for step, cleaned in written(self.case, terms, today=self.days.today).items():
            applications.save_proxy_step(proxy, applications.Step(step), cleaned, typed={}, by=writer, at=at)
        applications.hand_over_proxy(proxy, by=writer, at=at)

    def _lose(self, application: Application, day: int) -> None:
        """Told on the day after, or on that of the application if it is later; read before the hearing."""
        told = max(day + 1, self.case.applied)
        ended_on = self._day(day)
        birth, at = _birth(application), self._at(told, hour=11)
        loss = applications.record_loss(birth, ended_on=ended_on, by=self.mother, at=at)
        if self.case.heard is not None:
            applications.settle_loss(loss, by=self.hands.centre, at=self._at(self.case.heard, hour=13))

    def _apply(self) -> Application:
        at = self._at(self.case.applied, hour=EVENING)
        terms = programme_on(self.municipality, self._day(self.case.applied)).terms
        draft = applications.open_draft(self.mother, self.municipality, at=at)
        for step, cleaned in written(self.case, terms, today=self.days.today).items():
            applications.save_step(draft, applications.Step(step), cleaned, typed={}, by=self.mother, at=at)
        self._hand_in(draft, terms, at)
        return applications.submit(draft, by=self.mother, at=at)

    def _enter(self, paper: SamplePaper) -> Application:
        """The centre types in what came that day."""
        by, day, at = self.hands.centre, self._day(self.case.applied), self._at(self.case.applied, hour=11)
        draft = applications.begin_paper(self.municipality, by=by, at=at)
        receipt = {"channel": paper.channel, "received_on": day}
        applications.take_up_paper(draft, receipt, typed={}, stamp=at, by=by, at=at)
        terms = programme_on(self.municipality, day).terms
        for step, cleaned in written(self.case, terms, today=self.days.today).items():
            boxes = {code: [str(value)] for code, value in cleaned.items() if code not in paper.blank}
            said = {code: None if code in paper.blank else value for code, value in cleaned.items()}
            applications.save_step(draft, applications.Step(step), said, typed=boxes, by=by, at=at)
        self._hand_in(draft, terms, at)
        return applications.accept_paper(draft, stamp=at, same=None, by=by, at=at)

    def _hand_in(self, draft: Application, terms: engine.Terms, at: dt.datetime) -> None:
        """The papers of the household's class, of the fiscal year that the programme asks for."""
        begins = max(self._day(self.case.applied), self._day(self.case.due))
        needed = engine.certificate_for(terms.household_class(self.case.household_class), begins)
        for number in range(self.case.certificates if needed else 0):
            assert needed is not None  # noqa: S101  # else the range is empty
            picture = SimpleUploadedFile(f"IMG_{2041 + number}.jpg", sample_certificate(number + 1), "image/jpeg")
            kind, year = needed.documents[0].code, needed.fiscal_year
            applications.hand_in(draft, kind, picture, by=self.mother, at=at, fiscal_year=year)

    def _call(self, application: Application, day: int, *, reached: bool) -> None:
        applications.record_call(application, by=self.hands.centre, at=self._at(day, hour=10), reached=reached)

    def _return(self, application: Application, sample: SampleReturn) -> None:
        at, by = self._at(sample.on, hour=11), self.hands.centre
        applications.return_for_correction(application, marks=sample.marks, message=sample.message, by=by, at=at)

    def _hear(self, application: Application, day: int) -> Application:
        at, nurse = self._at(day, hour=14), self.hands.centre
        self._call(application, day, reached=True)
        said = {
            "consent": True,
            "note": self.case.note,
            **favourable(self.case, programme_on(self.municipality, self._day(day)).terms),
        }
        applications.save_hearing(application, said, by=nurse, at=at)
        return applications.recommend(application, applications.Hearing.Recommendation.APPROVE, by=nurse, at=at)

    def _approve(self, application: Application, day: int) -> None:
        terms = programme_on(self.municipality, self._day(day)).terms
        facts = applications.facts_of(_birth(application), on=self._day(day))
        grant = engine.standard_grant(facts, terms, services=self.case.services)
        applications.approve(
            application,
            by=self.hands.decider,
            at=self._at(day, hour=16),
            services=grant.services,
            limits=grant.limits,
            class_code=self.case.household_class,
            looked=True,
        )

    def _wish(self, sample: SampleWish) -> None:
        """She says when; the centre, where it has done so, asks a facility for days."""
        wish = facilities.make_wish(
            self._entitlement(),
            service=sample.service,
            words="",
            first_days=[self._day(first) for first in sample.firsts],
            days=sample.days,
            note=sample.note,
            vaccination_days=[],
            form_token=f"demo-{self.case.email}-{sample.made}",
            by=self.mother,
            at=self._at(sample.made),
        )
        if sample.prepared is not None:
            self._prepare(wish, sample.prepared)
        if sample.sounded is not None:
            offerings = [self._offering(code, sample.service) for code in sample.sounded.facilities]
            sound_out(wish, sample, sample.sounded, offerings, self.hands, self.days)
        if (use := sample.arranged) is None:
            return
        booking = facilities.arrange(
            wish,
            self._offering(use.facility, sample.service),
            **self._asked(use),
            form_token=f"demo-{self.case.email}-{sample.made}-{use.first}",
            by=self.hands.centre,
            at=self._at(use.on),
        )
        self._answer(booking, use)

    def _book(self, sample: SampleBooking) -> None:
        booking = facilities.request_booking(
            self._entitlement(),
            self._offering(sample.facility, sample.service),
            **self._asked(sample),
            allergies=sample.allergies,
            form_token=f"demo-{self.case.email}-{sample.asked}-{sample.first}",
            by=self.mother,
            at=self._at(sample.asked),
        )
        self._answer(booking, sample)

    def _wait(self, sample: SampleWait) -> None:
        facilities.wait_for(
            self._entitlement(),
            self._offering(sample.facility, sample.service),
            first_day=self._day(sample.first),
            last_day=self._day(sample.last),
            arrival=dt.time.fromisoformat(sample.arrival),
            siblings=False,
            note="",
            form_token=f"demo-{self.case.email}-wait-{sample.first}",
            by=self.mother,
            at=self._at(sample.asked, hour=EVENING),
        )

    def _is_closed(self, code: str, samples: Sequence[Day]) -> bool:
        """Whether nobody has the service on such a day of the year: a demo that starts then goes without."""
        service = programme_on(self.municipality, self.days.today).terms.service(code)
        uses = [engine.Use(code, day, day) for day in map(self._day, samples)]
        found = [finding for use in uses for finding in closed_days(use, service)]
        return any(finding.verdict is engine.Verdict.UNMET for finding in found)

    def _asked(self, use: SampleUse) -> dict[str, Any]:
        return {
            "first_day": self._day(use.first),
            "last_day": self._day(use.last),
            "arrival": dt.time.fromisoformat(use.arrival),
            "hours": None if use.hours is None else Decimal(use.hours),
            "note": use.note,
        }

    def _prepare(self, wish: facilities.Wish, sample: SamplePreparation) -> None:
        """The visit before the visits, and what was agreed there."""
        arrival = dt.time.fromisoformat(sample.arrival)
        preparation = facilities.plan_preparation(
            wish,
            self._offering(sample.facility, wish.service),
            day=self._day(sample.on),
            arrival=arrival,
            form_token=f"demo-{wish.pk}-preparation",
            by=self.hands.centre,
            at=self._at(sample.planned),
        )
        if sample.agreed:
            by, at = self.hands.at_facility[sample.facility], self.days.at(sample.on, arrival)
            facilities.finish_preparation(preparation, agreed=sample.agreed, by=by, at=at)

    def _answer(self, booking: facilities.Booking, use: SampleUse) -> None:
        if by := self.hands.at_facility.get(use.facility):
            serve(booking, use, by=by, days=self.days)

    def _entitlement(self) -> applications.Entitlement:
        entitlement = applications.entitlement_of(self.mother, self.municipality)
        assert entitlement is not None, "only an approved case books"  # noqa: S101  # a mistake in the sample file
        return entitlement

    def _offering(self, facility: str, service: str) -> facilities.Offering:
        offerings = facilities.Offering.objects.filter(municipality=self.municipality)
        return offerings.get(facility__code=facility, service=service)

    def _day(self, day: Day) -> dt.date:
        return self.days.day(day)

    def _at(self, day: Day, *, hour: int = 9) -> dt.datetime:
        return self.days.at(day, dt.time(hour))


def _birth(application: Application) -> applications.Birth:
    assert application.birth is not None, "a submitted application has its birth"  # noqa: S101  # by constraint
    return application.birth
