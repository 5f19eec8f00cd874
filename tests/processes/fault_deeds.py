"""What people are about to send when a fault comes, and what there must be of it once they have sent it again."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models import Application, Decision, Document, Letter, Message
from applications.public import Entitlement
from applications.services.documents import HERE_ALREADY
from applications.steps import Step
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from facilities.services.booking import request_booking
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from postpartum_portal.shared.tenancy import tenant
from tests import cases, factories
from tests.applications.apply.conftest import Applicant
from tests.applications.apply.posts import COMPLETE, photo
from tests.facilities.shown import shown_on
from tests.pages.centre.desk import APPROVAL
from tests.processes.racing import mother_of
from tests.processes.support.sessions import Answer, Session

WITHIN = 10.0
"""Seconds within which everybody has an answer."""

AGAIN = "もういちど送ってください"
DEEDS = ("apply", "book", "cancel", "upload", "message", "decide", "confirm")
_days = count()


@dataclass
class Told:
    """`seconds` from sending to the end of the answer."""

    answer: Answer
    seconds: float

    @property
    def is_done(self) -> bool:
        """A browser is sent on to what came of it; of a paper she may be told that it is there already."""
        return self.answer.status == 302 or str(HERE_ALREADY) in self.answer.text

    @property
    def says_send_again(self) -> bool:
        return self.answer.status == 503 and AGAIN in self.answer.text


@dataclass
class Deed:
    """A form as it stands in somebody's browser. `found` counts what came of it: rows, mails, letters."""

    name: str
    session: Session
    address: str
    form: Mapping[str, Any]
    found: Callable[[], Mapping[str, int]]
    once: Mapping[str, int]
    file: bytes = b""
    told: list[Told] = field(default_factory=list)

    def send(self, headers: Mapping[str, str] | None = None) -> Told:
        """As often as somebody presses the button.

        Raises:
            OSError, HTTPException: the server died.
        """
        began = monotonic()
        if self.file:
            paper = SimpleUploadedFile("paper.jpg", self.file, content_type="image/jpeg")
            answer = self.session.post_files(self.address, {**self.form, "certificates": paper}, headers)
        else:
            answer = self.session.post(self.address, self.form, headers)
        self.told.append(Told(answer, monotonic() - began))
        return self.told[-1]

    def assert_done(self) -> None:
        """She sends it and is led on; there is one of each, and the counters agree with the books."""
        told = self.send()
        assert told.is_done, (self.name, told.answer.status, told.answer.text[-2000:])
        assert told.seconds < WITHIN, (self.name, told.seconds)
        self.assert_once()

    def assert_once(self) -> None:
        assert self.found() == self.once, self.name
        assert check() == [], self.name

    def assert_nothing(self) -> None:
        assert not any(self.found().values()), (self.name, self.found())


@contextmanager
def all_at_once(deeds: Sequence[Deed], headers: Mapping[str, str] | None = None) -> Iterator[list[Future[Told]]]:
    """Everybody sends at the beginning of the block, and what each is told is there at its end."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        yield [pool.submit(deed.send, headers) for deed in deeds]


class People:
    """Of Kodaira, each deed with a family of its own; the web server is behind `origin`. Scopes are off."""

    def __init__(self, town: Municipality, origin: str) -> None:
        self.town, self._origin = town, origin
        self.clinic = Facility.objects.get(code="jun-ladies-clinic-kodaira")
        factories.open_places(self.clinic, limit=20, days=150)
        self.nurse = factories.MembershipFactory(municipality=town, role="centre").user
        decider = factories.MembershipFactory(municipality=town, role="decider").user
        self._staff = decider, factories.StaffMembershipFactory(facility=self.clinic).user
        self._decider, self._desk = (self._session(user) for user in self._staff)

    def deeds(self, *names: str) -> list[Deed]:
        """Of everybody, or those named."""
        return [getattr(self, name)() for name in names or DEEDS]

    def visit(self, origin: str) -> "People":
        """The same at another web server."""
        other = copy(self)
        other._origin = origin
        other._decider, other._desk = (Session(origin, user) for user in self._staff)
        return other

    def apply(self) -> Deed:
        """She has filled in all steps and looks at the last page."""
        mother = factories.UserFactory()
        applicant, due = Applicant(mother, self.town.slug), clock.today() + dt.timedelta(days=50)
        day: dict[str, Any] = {"due_date_year": due.year, "due_date_month": due.month, "due_date_day": due.day}
        for step in Step:
            answer = applicant.post(step, **(day if "due_date_day" in COMPLETE[step] else {}))
            assert answer.status_code == 302, (step, answer.content.decode())
        mine = Application.objects.filter(citizen=mother)

        def found() -> dict[str, int]:
            return {"handed in": mine.filter(status="submitted").exclude(number="").count(), "mails": _mails(mother)}

        form = {"application": applicant.application.pk}
        return Deed("apply", self._session(mother), applicant.url("review"), form, found, {"handed in": 1, "mails": 1})

    def book(self) -> Deed:
        mother, stay = self._mother(), self._stay()
        form = {"day": self._day().isoformat(), "days": 2, "arrival": "10:00:00", "note": "", "token": _token()}
        address = reverse("facilities:book_dates", args=[self.town.slug, stay.pk])

        def found() -> dict[str, int]:
            booked = Booking.objects.filter(entitlement=mother, status="requested")
            return {"bookings": booked.count(), "mails": _mails(mother.citizen)}

        return Deed("book", self._session(mother.citizen), address, form, found, {"bookings": 1, "mails": 1})

    def cancel(self) -> Deed:
        booking = self._requested()
        mother = booking.entitlement.citizen
        address = reverse("facilities:cancel", args=[self.town.slug, booking.number])
        session = self._session(mother)
        form = {"shown": shown_on(session.get(address).text)}

        def found() -> dict[str, int]:
            cancelled = Booking.objects.filter(pk=booking.pk, contact_at__isnull=False)
            return {"cancelled": cancelled.count(), "mails": _mails(mother, since=1)}

        return Deed("cancel", session, address, form, found, {"cancelled": 1, "mails": 1})

    def upload(self) -> Deed:
        due = clock.today() + dt.timedelta(days=50)
        application = cases.handed_in(
            self.town,
            household_class="tax_exempt",
            members=1,
            household__citizen=factories.UserFactory(),
            birth__due_date=due,
        )
        address = reverse("applications:certificates", args=[self.town.slug, application.number])

        def found() -> dict[str, int]:
            return {"papers": Document.objects.filter(application=application).count()}

        session = self._session(application.citizen)
        return Deed("upload", session, address, {}, found, {"papers": 1}, photo().read())

    def decide(self) -> Deed:
        due = clock.today() + dt.timedelta(days=50)
        mother = factories.UserFactory()
        application = cases.heard(self.town, self.nurse, household__citizen=mother, birth__due_date=due)
        address = f"/{self.town.slug}/centre/cases/{application.number}/decide/"

        def found() -> dict[str, int]:
            decisions = Decision.objects.filter(application=application)
            letters = Letter.objects.filter(citizen=mother)
            return {"decisions": decisions.count(), "letters": letters.count()}

        form = {**APPROVAL, "looked": "on"}
        return Deed("decide", self._decider, address, form, found, {"decisions": 1, "letters": 1})

    def confirm(self) -> Deed:
        booking = self._requested()

        def found() -> dict[str, int]:
            confirmed = Booking.objects.filter(pk=booking.pk, status="confirmed")
            return {"confirmed": confirmed.count(), "mails": _mails(booking.entitlement.citizen, since=1)}

        address = f"/facility/requests/{booking.number}/confirm/"
        return Deed("confirm", self._desk, address, {}, found, {"confirmed": 1, "mails": 1})

    def message(self) -> Deed:
        """She writes to the centre."""
        mother = self._mother().citizen
        sent = Message.objects.filter(household__citizen=mother)
        address = reverse("applications:messages", args=[self.town.slug])
        form = {"text": "夜に眠れません。", "token": _token()}
        return Deed("message", self._session(mother), address, form, lambda: {"sent": sent.count()}, {"sent": 1})

    def asks_for_a_code(self) -> Deed:
        """To sign in with, somewhere else."""
        mother = factories.UserFactory()
        form, address = {"login": mother.email}, reverse("account_login")
        return Deed("code", Session(self._origin, None), address, form, lambda: {"mails": _mails(mother)}, {"mails": 1})

    def _requested(self) -> Booking:
        mother, day = self._mother(), self._day()
        assert mother.citizen
        with tenant(municipality=self.town.pk):
            return request_booking(
                mother,
                self._stay(),
                first_day=day,
                last_day=day + dt.timedelta(days=1),
                arrival=dt.time(10),
                note="",
                form_token=_token(),
                by=mother.citizen,
                at=clock.now(),
            )

    def _mother(self) -> Entitlement:
        with tenant(municipality=self.town.pk):
            return mother_of(self.town)

    def _stay(self) -> Offering:
        return self.clinic.offerings.select_related("facility", "contract").get(service="short_stay")

    def _day(self) -> dt.date:
        """Of a stay of two days that shares none with the one before: else one deed waits for another's place."""
        return clock.today() + dt.timedelta(days=4 + 2 * next(_days) % 40)

    def _session(self, user: Any) -> Session:
        return Session(self._origin, user)


def _mails(to: Any, *, since: int = 0) -> int:
    """Written to somebody after so many others."""
    return Mail.objects.filter(to=to.email).count() - since


def _token() -> str:
    return secrets.token_urlsafe(16)
