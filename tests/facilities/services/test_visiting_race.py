"""Two families for one hour of one midwife: both are judged before either is stored, and one hears why not."""

import datetime as dt
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Wish
from facilities.services import booking as booking_service
from facilities.services import visiting
from facilities.services.booking import NotBookable
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, midwives, wished
from tests.facilities.at_once import at_once, needs_real_threads
from tests.facilities.visiting import visits_on

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]

ROUNDS = 5


@pytest.fixture
def families(kodaira: Municipality) -> list[Entitlement]:
    found = []
    for _number in range(2):
        mother = factories.UserFactory()
        with tenant(municipality=kodaira.pk):
            factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother, limits={"midwife": 99})
            entitlement = entitlement_of(mother, kodaira)
        assert entitlement is not None
        found.append(entitlement)
    return found


@pytest.fixture
def midwife(kodaira: Municipality) -> Offering:
    offering = midwives(kodaira)
    visits_on(offering.facility, days=tuple(range(7)))
    return offering


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
def test_one_hour__is_one_familys(
    locked: bool, families: list[Entitlement], midwife: Offering, nurse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = Barrier(2, timeout=20)
    real = visiting.still_taken

    def once_both_are_judged(*asked: Any) -> Any:
        judged.wait()
        return real(*asked) if locked else ()

    monkeypatch.setattr(booking_service, "still_taken", once_both_are_judged)
    booked = []
    for number in range(ROUNDS):
        day = WEDNESDAY + dt.timedelta(days=number)
        with scopes_disabled():
            wishes = [wished(family, service="midwife_visit", first_days=[day]) for family in families]
        deeds = [partial(arranged, wish, midwife, by=nurse, first_day=day) for wish in wishes]
        at_once(*deeds, told=(NotBookable,))
        with scopes_disabled():
            booked.append(Booking.objects.filter(facility=midwife.facility, first_day=day).count())
            Wish.objects.filter(status=Wish.Status.OPEN).delete()  # only one may be open at a time

    assert booked == [1 if locked else 2] * ROUNDS
