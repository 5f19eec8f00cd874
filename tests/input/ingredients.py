"""What forms are made with, by the name of the argument: a real case and a real facility of a municipality.

A form that asks for something new fails `test_forms` until its name stands here.
"""

import datetime as dt
import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from allauth.account.forms import BaseConfirmCodeForm
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms

from applications.models import Application
from applications.public import entitlement_of
from applications.selectors.amendments import Given
from applications.selectors.calling import CallTime
from applications.selectors.carried_over import countable
from applications.selectors.case import case_of
from applications.selectors.changes import on_file
from applications.selectors.duplicates import Match
from applications.selectors.messages import thread_of
from applications.selectors.proofs import Proof
from applications.selectors.standing import standing_of
from eligibility import engine
from eligibility.public import Municipality, programme_on
from eligibility.services.settings import Settings
from facilities.models import Booking, Facility, MonthReport, Offering, Payment, Sounding, Wish
from facilities.selectors.holds import holdables
from facilities.selectors.lengths import lengths
from facilities.selectors.listed import listed_facilities
from facilities.selectors.money_desk import Desk, Due
from facilities.selectors.places import place_kinds
from facilities.selectors.sharing import rooms_of
from facilities.selectors.stored import StoredPrice
from facilities.selectors.wishes import Wishable
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.mail_words import TITLES
from tests import factories
from tests.cases import full_grant, heard


class Ingredients:
    """Every public attribute is one; made in the scope of its municipality and of no other."""

    born = True
    after_loss = child = first = unknown_length = False
    agreed = hearing = before = after = plan = settled = None
    children, most, entry, note = 2, 3, 1, 1
    area, taken, label, code = "小平市", "2日分", "宿泊型 2泊3日", "123456"
    arrival = dt.time(10)
    patterns: dict[str, Any] = {}
    notices: dict[str, Any] = {}
    published: dict[Any, Any] = {}
    kind = next(iter(TITLES))
    key = "reduction.reduced_day"

    def __init__(self, municipality: Municipality, facility: Facility, service: str) -> None:
        self.municipality, self.facility = municipality, facility
        self.now = self.requested_at = clock.now()
        self.today = self.on = self.earliest = clock.today()
        self.nurse = factories.MembershipFactory(municipality=municipality, role="centre").user
        self.terms = programme_on(municipality, self.today).terms
        self.service = self.terms.service(service)
        self.rules, self.classes = self.terms.booking, self.terms.classes

    @cached_property
    def application(self) -> Application:
        application: Application = heard(self.municipality, self.nurse)
        return application

    @property
    def draft(self) -> Application:
        return Application(municipality=self.municipality, channel=Application.Channel.COUNTER)

    @cached_property
    def case(self) -> Any:
        return case_of(self.application.number, on=self.today)

    @cached_property
    def user(self) -> User:
        assert self.application.citizen
        return self.application.citizen

    @property
    def birth(self) -> Any:
        return self.case.birth

    @cached_property
    def thread(self) -> Any:
        return thread_of(self.case.birth.household)

    @cached_property
    def found(self) -> Any:
        return on_file(self.user, self.municipality)

    @cached_property
    def given(self) -> Given:
        return Given(full_grant(self.municipality, extension_reason="", children=1), 1)

    @cached_property
    def matches(self) -> list[Match]:
        return [Match(self.case.birth.household, ("名前",), (self.application,))]

    @cached_property
    def proof(self) -> Proof | None:
        found = list(filter(None, (engine.certificate_for(kind, self.today) for kind in self.terms.classes)))
        return Proof(found[0], needed=2, handed_in=1) if found else None

    @property
    def offered(self) -> list[CallTime]:
        return [CallTime(self.now, "午後")]

    @cached_property
    def standing_of_her(self) -> Any:
        another = factories.EntitlementFactory(municipality=self.municipality)
        entitlement = entitlement_of(another.citizen, self.municipality)
        assert entitlement
        return standing_of(entitlement)

    @cached_property
    def countable(self) -> Any:
        return countable(self.standing_of_her.entitlement, on=self.today)

    @cached_property
    def lengths(self) -> Any:
        return lengths(self.service, self.standing_of_her)

    @cached_property
    def wishable(self) -> Wishable:
        return Wishable(self.service, self.lengths, born=True, last_day=self.today + dt.timedelta(days=60))

    @cached_property
    def offerings(self) -> Any:
        rows = Offering.objects.filter(municipality=self.municipality).select_related("facility")
        return tuple(rows.order_by("pk")[:3])

    @cached_property
    def listed(self) -> Any:
        return listed_facilities(self.municipality, on=self.today)

    @cached_property
    def services(self) -> Any:
        return self.terms.services

    @cached_property
    def booking(self) -> Booking:
        booking: Booking = factories.BookingFactory(
            municipality=self.municipality, facility=self.facility, entitlement=self.standing_of_her.entitlement
        )
        return booking

    @cached_property
    def sounding(self) -> Sounding:
        wish = Wish(entitlement=self.standing_of_her.entitlement, service=self.service.code)
        return Sounding(wish=wish, facility=self.facility, arrival=self.arrival)

    @cached_property
    def desk(self) -> Desk:
        lines = StoredPrice((), engine.Yen(3_000))
        return Desk((Due(Payment.Kind.USE, lines, 0),), 0, True, ())

    @cached_property
    def kinds(self) -> Any:
        return place_kinds(self.facility, on=self.today)

    @cached_property
    def rooms(self) -> Any:
        return rooms_of(self.facility, on=self.today)

    @property
    def room(self) -> Any:
        return self.rooms[0]

    @cached_property
    def holdables(self) -> Any:
        return holdables(self.facility, on=self.today)

    @property
    def days(self) -> list[dt.date]:
        return [self.today + dt.timedelta(days=number) for number in range(5)]

    @property
    def choices(self) -> list[tuple[dt.time, str]]:
        return [(dt.time(9), "9:00"), (dt.time(10), "10:00")]

    @cached_property
    def payable(self) -> list[MonthReport]:
        return []

    @cached_property
    def standing(self) -> Settings:
        return Settings.of(self.municipality)

    @cached_property
    def colleagues(self) -> Any:
        return [factories.StaffMembershipFactory(facility=self.facility)]

    @cached_property
    def heirs(self) -> Any:
        return User.objects.filter(pk=self.nurse.pk)


def made_with(form: type[forms.BaseForm], ingredients: Ingredients) -> dict[str, Any]:
    """The named arguments that the class asks for.

    Raises:
        LookupError: it asks for something that has no name among the ingredients.
    """
    given: dict[str, Any] = dict(_of_a_package(form, ingredients))
    for name, needed in _asked_for(form).items():
        value = getattr(ingredients, name, _NONE)
        if value is not _NONE:
            given[name] = value
        elif needed:
            raise LookupError(f"{form.__module__}.{form.__name__} asks for {name!r}: add it to Ingredients")
    return own_arguments(form, given)


_NONE = object()
_TWICE = re.compile("multiple values for keyword argument '([a-z_]+)'")


def own_arguments(form: type[forms.BaseForm], given: dict[str, Any]) -> dict[str, Any]:
    """Without those that a class hands to its parent itself."""
    try:
        form(**given)
    except TypeError as twice:
        if found := _TWICE.search(str(twice)):
            return own_arguments(form, {name: value for name, value in given.items() if name != found[1]})
        raise
    return given


def _of_a_package(form: type[forms.BaseForm], ingredients: Ingredients) -> Iterator[tuple[str, Any]]:
    """Arguments that allauth's forms take out of `**kwargs`."""
    if issubclass(form, BaseAuthenticateForm | ActivateTOTPForm | AddWebAuthnForm | ReauthenticateWebAuthnForm):
        yield "user", ingredients.user
    if issubclass(form, BaseConfirmCodeForm):
        yield "code", ingredients.code
    if issubclass(form, EditWebAuthnForm):
        yield "instance", Authenticator(user=ingredients.user, type="webauthn", data={"name": "携帯"})


def _asked_for(form: type[forms.BaseForm]) -> dict[str, bool]:
    """Name → whether it must be given; up to the first class of a package."""
    found: dict[str, bool] = {}
    for cls in form.__mro__:
        if cls.__module__.startswith("django."):
            break
        if "__init__" not in cls.__dict__:
            continue
        parameters = inspect.signature(cls.__dict__["__init__"]).parameters.values()
        for parameter in parameters:
            if parameter.kind is parameter.KEYWORD_ONLY:
                found.setdefault(parameter.name, parameter.default is parameter.empty)
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
            break
    return found
