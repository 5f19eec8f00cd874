"""Invented people and their cases. A test names only what is the exception to the rule."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django_scopes import scopes_disabled
from factory.django import DjangoModelFactory

from applications.models import (
    Application,
    Birth,
    Entitlement,
    Grant,
    Household,
    HouseholdClass,
    Pool,
)
from eligibility.engine import Facts, standard_grant
from eligibility.public import programme_of, version_on
from facilities.models import Booking, DayCapacity, Facility, Offering, StaffMembership
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared import clock


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.jp")
    display_name = factory.Sequence(lambda n: f"見本 {n}")

    @factory.post_generation
    def verified_address(self: User, create: bool, extracted: Any, **_kwargs: Any) -> None:
        """Signed up and confirmed, as everybody who comes back."""
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = "centre"


class StaffMembershipFactory(DjangoModelFactory[StaffMembership]):
    class Meta:
        model = StaffMembership

    user = factory.SubFactory(UserFactory)


class ScopedFactory(DjangoModelFactory[Any]):
    """Creates rows outside any scope: a test's given is nobody's request."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        with scopes_disabled():
            return super()._create(model_class, *args, **kwargs)


class HouseholdFactory(ScopedFactory):
    class Meta:
        model = Household

    citizen = factory.SubFactory(UserFactory)
    name = "髙橋 美咲"
    kana = "たかはし みさき"
    birth_date = dt.date(1994, 8, 1)
    postcode = "187-0043"
    address = "小平市学園東町1-2-3"
    phone = "090-0000-0002"
    emergency_name = "髙橋 健"
    emergency_relation = "夫"
    emergency_phone = "090-0000-0003"


class BirthFactory(ScopedFactory):
    """A child born on 2026-01-15; `expected=True` for one still awaited on 2026-04-30."""

    class Meta:
        model = Birth

    class Params:
        expected = factory.Trait(outcome="expected", born_on=None, due_date=dt.date(2026, 4, 30))

    household = factory.SubFactory(
        HouseholdFactory,
        municipality=factory.SelfAttribute("..municipality"),
    )
    citizen = factory.SelfAttribute("household.citizen")
    outcome = "born"
    due_date = dt.date(2026, 1, 20)
    born_on = dt.date(2026, 1, 15)


class ApplicationFactory(ScopedFactory):
    """A submitted application; answers as the steps keep them."""

    class Meta:
        model = Application

    birth = factory.SubFactory(BirthFactory, municipality=factory.SelfAttribute("..municipality"))
    citizen = factory.SelfAttribute("birth.citizen")
    programme_version = factory.LazyAttribute(lambda o: version_on(o.municipality, clock.today()))
    number = factory.Sequence(lambda n: f"R7-{n + 1:04d}")
    status = "submitted"
    submitted_at = factory.LazyFunction(clock.now)


KODAIRA_POOLS = {"stay_and_day": 7, "stay": 6, "stay_nights": 5, "day": 5, "midwife": 2, "supporter": 5}
KODAIRA_SERVICES = ["short_stay", "day_service", "midwife_visit", "supporter_visit"]


class EntitlementFactory(ScopedFactory):
    """All that the municipality's rules give, for a child already born. `used={"day": 2}` for units that are gone."""

    class Meta:
        model = Entitlement

    birth = factory.SubFactory(BirthFactory, municipality=factory.SelfAttribute("..municipality"))
    citizen = factory.SelfAttribute("birth.citizen")
    programme_version = factory.LazyAttribute(lambda o: version_on(o.municipality, clock.today()))

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        used, own_limits = kwargs.pop("used", {}), kwargs.pop("limits", None)
        entitlement = super()._create(model_class, *args, **kwargs)
        terms = programme_of(entitlement.programme_version).terms
        grant = standard_grant(Facts(children=entitlement.birth.children), terms)
        limits = grant.limits if own_limits is None else own_limits
        tenant = {"municipality": entitlement.municipality, "citizen": entitlement.citizen}
        with scopes_disabled():
            Grant.objects.create(
                entitlement=entitlement, origin=Grant.Origin.PAPER, services=sorted(grant.services), **tenant
            )
            for code, limit in limits.items():
                Pool.objects.create(entitlement=entitlement, code=code, limit=limit, used=used.get(code, 0), **tenant)
            HouseholdClass.objects.create(
                household=entitlement.birth.household,
                code=terms.classes[0].code,
                starts_on=dt.date(2025, 4, 1),
                **tenant,
            )
        return entitlement


class BookingFactory(ScopedFactory):
    """A row only: it moves no counter. Use the service where counters matter."""

    class Meta:
        model = Booking

    number = factory.Sequence(lambda n: f"B{n + 1:06d}")
    form_token = factory.Sequence(lambda n: f"token-{n}")
    entitlement = factory.SubFactory(EntitlementFactory, municipality=factory.SelfAttribute("..municipality"))
    citizen = factory.SelfAttribute("entitlement.citizen")
    service = "short_stay"
    first_day = dt.date(2026, 3, 11)
    last_day = dt.date(2026, 3, 13)
    units = factory.LazyFunction(lambda: {"stay_and_day": 3, "stay": 3, "stay_nights": 2})
    quote = factory.LazyFunction(dict)


def open_places(facility: Facility, *, limit: int, days: int = 180, places: Iterable[str] = ()) -> None:
    """Let a facility keep `limit` places of each kind it offers on every day from today."""
    with scopes_disabled():
        kinds = set(places) or set(Offering.objects.filter(facility=facility).values_list("place", flat=True))
        DayCapacity.objects.bulk_create(
            DayCapacity(facility=facility, place=place, day=clock.today() + dt.timedelta(days=n), limit=limit)
            for place in kinds
            for n in range(days)
        )
    facility.keeps_capacity = True
    facility.save(update_fields=["keeps_capacity"])
