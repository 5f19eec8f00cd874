"""A family that books and cancels through the portal's own pages, in any of the five municipalities."""

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import HouseholdClass
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Contract, Offering
from facilities.public import load_facility_files
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.clients import signed_in
from tests.facilities.shown import shown_on
from tests.plugins.published import Rows, rows_added_by, write

MAY_CHILD = {"born_on": dt.date(2026, 5, 1), "due_date": dt.date(2026, 5, 1)}


@dataclass
class Family:
    """A mother's browser, her entitlement, and the desks of the facilities that she goes to."""

    municipality: Municipality
    entitlement: Entitlement
    mother: User
    browser: Client = field(default_factory=Client)

    def reads(self, view: str, *args: Any, **said: Any) -> str:
        self.browser.force_login(self.mother)  # however far the clock was moved
        response = self.browser.get(reverse(f"facilities:{view}", args=[self.municipality.slug, *args]), said)
        assert response.status_code == 200, response
        return response.content.decode()

    def looks_at(self, service: str, day: str, *, days: int = 1, at: str = "") -> str:
        """The page with some days chosen, before she asks for them."""
        return self.reads("book_dates", offering(self.municipality, service, at).pk, days=days, day=day)

    def sends(self, service: str, day: str, *, days: int = 1, at: str = "", **more: Any) -> str:
        """The page after she has asked for the days."""
        page = self.looks_at(service, day, days=days, at=at)
        token = page.partition('name="token" value="')[2].partition('"')[0]
        where, form = self._asking(service, day, days=days, at=at, token=token, **more)
        return self.browser.post(where, form, follow=True).content.decode()

    def _asking(self, service: str, day: str, *, at: str, **more: Any) -> tuple[str, dict[str, Any]]:
        chosen = offering(self.municipality, service, at)
        where = reverse("facilities:book_dates", args=[self.municipality.slug, chosen.pk])
        return where, {"day": day, "note": "", **more}

    def books(self, service: str, day: str, *, days: int = 1, at: str = "", **more: Any) -> Booking:
        """Asked for by its form in another browser of hers, and taken by the facility on its own page."""
        where, form = self._asking(service, day, days=days, at=at, token=token_urlsafe(16), **more)
        signed_in(self.mother).post(where, form)
        self.browser.force_login(self.mother)
        booking = self.booked(day)
        desk(booking).post(reverse("facility:confirm", args=[booking.number]))
        return self.booked(day)

    def booked(self, day: str) -> Booking:
        """Her latest booking from this day on."""
        with scopes_disabled():
            rows = Booking.objects.filter(entitlement=self.entitlement, first_day=day)
            return rows.select_related("facility").order_by("-pk")[0]

    def last(self) -> Booking:
        """Her latest booking."""
        with scopes_disabled():
            return Booking.objects.filter(entitlement=self.entitlement).order_by("-pk")[0]

    def live(self) -> list[Booking]:
        with scopes_disabled():
            return list(Booking.objects.filter(entitlement=self.entitlement, status__in=Booking.LIVE))

    def price(self, day: str) -> Any:
        return self.booked(day).quote["total"]

    def cancels(self, booking: Booking, kind: str) -> str:
        """After the page has told a consequence of this kind."""
        shown = shown_on(self.reads("cancel", booking.number))
        assert shown.startswith(f"{kind} ")
        return self.sends_shown(booking, shown)

    def sends_shown(self, booking: Booking, shown: str) -> str:
        """The answer to what was told, however long ago."""
        self.browser.force_login(self.mother)
        where = reverse("facilities:cancel", args=[self.municipality.slug, booking.number])
        return self.browser.post(where, {"shown": shown}, follow=True).content.decode()


def family(municipality: Municipality, **birth: Any) -> Family:
    """Everything granted, in the programme's first class."""
    mother = factories.UserFactory()
    entitlement = factories.EntitlementFactory(
        municipality=municipality,
        birth__household__citizen=mother,
        **{f"birth__{name}": value for name, value in birth.items()},
    )
    return Family(municipality, entitlement, mother)


def proved(household: Family, code: str, *, proof: str, fiscal_year: int | None = None) -> None:
    """Of a class, with the certificate that was accepted for it."""
    with scopes_disabled():
        HouseholdClass.objects.create(
            household=household.entitlement.birth.household,
            municipality=household.municipality,
            citizen=household.mother,
            code=code,
            proof=proof,
            fiscal_year=fiscal_year,
            starts_on=dt.date(2025, 4, 2),
        )


_samples: dict[tuple[Any, ...], Rows] = {}


def sample_facilities() -> None:
    """The demo's invented facilities, for municipalities whose own list is not published.

    Read from their files once for each day and each list of real ones: most tests begin with the same.
    """
    with scopes_disabled():
        on = clock.today()
        key = (on, *Contract.objects.order_by("pk").values_list("pk", "facility", "municipality"))
        if key not in _samples:
            _samples[key] = rows_added_by(partial(load_facility_files, directory=Path("fixtures/demo"), on=on))
        write(_samples[key])


def offering(municipality: Municipality, service: str, facility: str = "") -> Offering:
    """A service at the first facility that gives it, or at the one with this code."""
    with scopes_disabled():
        rows = Offering.objects.filter(municipality=municipality, service=service).select_related("facility")
        return (rows.filter(facility__code=facility) if facility else rows).order_by("pk")[0]


def desk(booking: Booking) -> Client:
    """The browser of somebody who works where a booking takes place."""
    client = Client()
    client.force_login(factories.StaffMembershipFactory(facility=booking.facility).user)
    return client


def call_typed_in(booking: Booking, day: str, time: str) -> tuple[str, dict[str, str]]:
    """The facility's page for a call at that time, and the form that records what it shows."""
    year, month, date = day.split("-")
    form = {"day_year": year, "day_month": month, "day_day": date, "time": time}
    page = desk(booking).post(reverse("facility:cancel", args=[booking.number]), form).content.decode()
    return page, form


def mails(household: Family, kind: str) -> list[str]:
    """The mails of a kind that she was sent, the last one first."""
    found = Mail.objects.filter(to=household.mother.email, kind=kind).order_by("-pk")
    return [mail.text for mail in found]


def kept(household: Family) -> tuple[str, dict[str, int], dict[str, int], Any]:
    """The status of her latest booking, and what its consequence keeps: counted and returned units, money."""
    booking = household.last()
    consequence = booking.consequence
    return booking.status, consequence["counted"], consequence["returned"], consequence["total"]
