"""What four more municipalities will lean on, shown before they come: the model bears their shapes already.

Zushi gives coupons without a decision; Kumagaya's letter is about a booking; a second application for one birth finds
the same pools everywhere; Kawasaki counts per child; facilities work for several municipalities.
"""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from applications.letters.content import LetterContent
from applications.letters.numbers import take_number
from applications.models import ISSUE_LETTER, Decision, Entitlement, Grant, Letter, Pool
from applications.public import UnitsExhausted, entitlement_of, record_birth, take
from applications.services import entitlements
from applications.services.deciding import approve
from applications.services.reading import read_letter
from eligibility import engine
from eligibility.public import Municipality, ProgrammeVersion, programme_of, version_on
from facilities.models import Contract, DayCapacity, Facility, Offering
from facilities.public import DayFull, request_booking
from postpartum_portal.shared import clock, jobs
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.applications.letters.samples import approval
from tests.cases import FULL_GRANT, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
DAY = dt.date(2026, 3, 11)


@pytest.fixture
def elsewhere(kodaira: Municipality) -> Municipality:
    """A second municipality with the same rules: what differs here is whose it is."""
    other = Municipality.objects.create(code="999999", slug="elsewhere", name="見本市", mayor_name="見本 太郎")
    _load(other, _text_of(kodaira))
    return other


# --- Zushi: units without a decision ---------------------------------------------------------------------------


def test_coupons__give_units_without_a_decision(kodaira: Municipality, nurse: Any) -> None:
    birth = factories.BirthFactory(municipality=kodaira)
    grant = _coupons(birth, {"stay_and_day": 7}, by=nurse)

    take(grant.entitlement, {"stay_and_day": 3}, booking_number="B1", by=nurse, at=clock.now())
    assert _pools(birth) == {"stay_and_day": (7, 3)}
    assert not Decision.objects.exists()
    with pytest.raises(UnitsExhausted):
        take(grant.entitlement, {"stay_and_day": 5}, booking_number="B2", by=nurse, at=clock.now())


def test_a_grant__names_a_decision_exactly_when_it_comes_from_one(kodaira: Municipality) -> None:
    entitlement = factories.EntitlementFactory(municipality=kodaira)
    with pytest.raises(IntegrityError, match="grant_has_a_decision_iff_it_comes_from_one"), transaction.atomic():
        Grant.objects.create(
            municipality=kodaira, entitlement=entitlement, origin=Grant.Origin.DECISION, decision=None, services=[]
        )


# --- Kumagaya: a letter about a booking -------------------------------------------------------------------------


@pytest.mark.usefixtures("media")
def test_a_letter__may_be_about_a_booking(kodaira: Municipality, mother: Any, clinic: Facility) -> None:
    booking = _booking(kodaira, mother, clinic)
    letter = _letter_about(booking)
    tasks.sweep()

    read = read_letter(letter.pk, by=mother, at=clock.now())
    assert read
    assert read.pdf.startswith(b"%PDF")
    assert (read.letter.number, read.letter.label) == (1, "7小健母第1号")


def test_a_letter_about_a_booking__shares_the_series_and_is_one_of_its_kind(
    kodaira: Municipality, mother: Any, clinic: Facility, nurse: Any, decider: Any
) -> None:
    approve(heard(kodaira, nurse), by=decider, at=clock.now(), **FULL_GRANT)
    booking = _booking(kodaira, mother, clinic)
    assert _letter_about(booking).number == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        _letter_about(booking)
    assert list(Letter.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


# --- everywhere: a second application for the same birth --------------------------------------------------------


def test_a_second_application__for_the_same_birth_finds_the_same_pools(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    first = heard(kodaira, nurse)
    stays: dict[str, Any] = {"services": ["short_stay"], "limits": {"stay_and_day": 7, "stay": 6, "stay_nights": 5}}
    approve(first, by=decider, at=clock.now(), **stays, class_code="general")
    take(_entitlement(first.birth), {"stay_and_day": 3, "stay": 3}, booking_number="B1", by=nurse, at=clock.now())

    second = heard(kodaira, nurse, household__citizen=factories.UserFactory())
    second.birth = first.birth
    second.save()
    days: dict[str, Any] = {"services": ["day_service"], "limits": {"stay_and_day": 5, "day": 5}}
    approve(second, by=decider, at=clock.now(), **days, class_code="general", looked=True)

    assert Entitlement.objects.filter(birth=first.birth).count() == 1
    assert _pools(first.birth) == {"stay_and_day": (7, 3), "stay": (6, 3), "stay_nights": (5, 0), "day": (5, 0)}
    assert {service for grant in Grant.objects.all() for service in grant.services} == {"short_stay", "day_service"}


def test_a_smaller_grant__takes_nothing_of_a_larger_one_away(kodaira: Municipality, nurse: Any) -> None:
    birth = factories.BirthFactory(municipality=kodaira)
    _coupons(birth, {"stay_and_day": 7}, by=nurse)
    _coupons(birth, {"stay_and_day": 2}, by=nurse)
    assert _pools(birth) == {"stay_and_day": (7, 0)}


# --- Kawasaki: pools per child ----------------------------------------------------------------------------------


@pytest.fixture
def per_child(kodaira: Municipality) -> ProgrammeVersion:
    """Kodaira's file with a sum counted for each child."""
    line = "    unit: days\n    limit: 7\n"
    text = _text_of(kodaira)
    assert text.count(line) == 1
    return _load(kodaira, text.replace(line, line + "    per: child\n"))


def test_twins__have_the_size_of_the_pool_times_the_children(
    kodaira: Municipality, nurse: Any, per_child: ProgrammeVersion
) -> None:
    terms = programme_of(per_child).terms
    twins = engine.standard_grant(engine.Facts(children=2), terms)
    assert twins.limits["stay_and_day"] == 14
    assert twins.limits["midwife"] == 2

    birth = factories.BirthFactory(municipality=kodaira, children=2)
    _coupons(birth, {"stay_and_day": twins.limits["stay_and_day"]}, by=nurse, version=per_child)
    assert _pools(birth) == {"stay_and_day": (14, 0)}


@pytest.mark.parametrize(("used", "limit"), [(0, 14), (7, 14)])
def test_a_child_more_than_awaited__widens_the_pools_counted_per_child(
    kodaira: Municipality, nurse: Any, per_child: ProgrammeVersion, used: int, limit: int
) -> None:
    birth = factories.BirthFactory(municipality=kodaira, expected=True)
    grant = _coupons(birth, {"stay_and_day": 7, "midwife": 2}, by=nurse, version=per_child)
    take(grant.entitlement, {"stay_and_day": used}, booking_number="B1", by=nurse, at=clock.now())

    record_birth(birth, born_on=dt.date(2026, 3, 1), children=2, by=nurse, at=clock.now())
    assert _pools(birth) == {"midwife": (2, 0), "stay_and_day": (limit, used)}


# --- facilities of two municipalities ---------------------------------------------------------------------------


@pytest.fixture
def shared_clinic(elsewhere: Municipality, clinic: Facility) -> Facility:
    """The clinic has one place left on each day, and a contract with either municipality."""
    contract = Contract.objects.create(municipality=elsewhere, facility=clinic)
    Offering.objects.create(
        contract=contract, municipality=elsewhere, facility=clinic, service="short_stay", place=_place(clinic)
    )
    DayCapacity.objects.filter(facility=clinic).update(limit=1)
    return clinic


def test_the_last_place__goes_to_one_of_two_municipalities(
    kodaira: Municipality, elsewhere: Municipality, shared_clinic: Facility, mother: Any
) -> None:
    _booking(kodaira, mother, shared_clinic)
    with pytest.raises(DayFull):
        _booking(elsewhere, factories.UserFactory(), shared_clinic)


def test_a_facility__sees_the_bookings_of_all_its_municipalities_and_a_municipality_its_own(
    kodaira: Municipality, elsewhere: Municipality, shared_clinic: Facility, mother: Any
) -> None:
    DayCapacity.objects.filter(facility=shared_clinic).update(limit=2)
    here = _booking(kodaira, mother, shared_clinic)
    there = _booking(elsewhere, factories.UserFactory(), shared_clinic)
    with tenant(facility=shared_clinic.pk):
        assert set(type(here).objects.all()) == {here, there}
    with tenant(municipality=elsewhere.pk):
        assert set(type(here).objects.all()) == {there}


# --- helpers ----------------------------------------------------------------------------------------------------


def _text_of(municipality: Municipality) -> str:
    return version_on(municipality, clock.today()).text


def _load(municipality: Municipality, text: str) -> ProgrammeVersion:
    return ProgrammeVersion.objects.create(
        municipality=municipality, file_name="sample.yaml", text=text, sha256=str(hash(text)), published=DAY
    )


def _coupons(birth: Any, limits: dict[str, int], *, by: Any, version: ProgrammeVersion | None = None) -> Grant:
    return entitlements.grant(
        birth,
        version=version or version_on(birth.municipality, clock.today()),
        origin=Grant.Origin.COUPON,
        decision=None,
        services=["short_stay"],
        limits=limits,
        by=by,
        at=clock.now(),
    )


def _pools(birth: Any) -> dict[str, tuple[int, int]]:
    return {pool.code: (pool.limit, pool.used) for pool in Pool.objects.filter(entitlement__birth=birth)}


def _entitlement(birth: Any) -> Entitlement:
    return Entitlement.objects.get(birth=birth)


def _place(facility: Facility) -> str:
    return str(Offering.objects.filter(facility=facility, service="short_stay").values_list("place", flat=True)[0])


def _booking(municipality: Municipality, mother: Any, facility: Facility) -> Any:
    """Three days from DAY, asked for by a mother of that municipality."""
    factories.EntitlementFactory(municipality=municipality, birth__household__citizen=mother)
    with scopes_disabled():
        entitlement = entitlement_of(mother, municipality)
        assert entitlement
        offering = Offering.objects.select_related("facility", "contract").get(
            facility=facility, municipality=municipality, service="short_stay"
        )
        return request_booking(
            entitlement,
            offering,
            first_day=DAY,
            last_day=DAY + dt.timedelta(days=2),
            arrival=dt.time(10),
            note="",
            form_token=f"form-{mother.pk}",
            by=mother,
            at=clock.now(),
        )


def _letter_about(booking: Any) -> Letter:
    """利用の可否通知書, as Kumagaya will send it; its words are those of any letter here."""
    with transaction.atomic():
        number = take_number(booking.municipality, clock.today(), "decision")
        content: LetterContent = dataclasses.replace(approval(), number=number.label)
        letter = Letter.objects.create(
            municipality=booking.municipality,
            citizen=booking.citizen,
            kind=Letter.Kind.AVAILABILITY,
            subject_kind=Letter.Subject.BOOKING,
            subject_id=booking.pk,
            fiscal_year=number.fiscal_year,
            series=number.series,
            number=number.number,
            label=number.label,
            snapshot=content.as_snapshot(),
        )
        jobs.enqueue(ISSUE_LETTER, letter.pk, at=clock.now(), queue="letters", municipality_id=letter.municipality_id)
    return letter
