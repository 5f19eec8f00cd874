"""My page leads to what is not a booking yet: the wish that the centre arranges, the full day that she waits for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.public import Municipality
from facilities.models import Facility, Offering
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.arranging import wished
from tests.facilities.waiting import WEDNESDAY, full, waits

pytestmark = pytest.mark.django_db


def page(mother: Any, slug: str) -> str:
    client = Client()
    client.force_login(mother)
    return client.get(reverse("pages:my_page", args=[slug])).content.decode()


def test_my_page__once_she_has_told_a_wish__says_that_the_centre_arranges_it(
    kumagaya: Municipality, mother: Any
) -> None:
    entitlement = factories.EntitlementFactory(municipality=kumagaya, birth__household__citizen=mother)
    with tenant(municipality=kumagaya.pk):
        wish = wished(entitlement, service="short_stay", days=2)

    shown = page(mother, "kumagaya")

    assert "センターが日程を調整しています" in shown
    assert reverse("facilities:wish", args=["kumagaya", wish.pk]) in shown


def test_my_page__leads_to_the_full_day_that_she_waits_for(
    kodaira: Municipality, mother: Any, clinic: Facility
) -> None:
    entitlement = factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother)
    with tenant(municipality=kodaira.pk):
        day_use = Offering.objects.get(facility=clinic, service="day_service")
        full(day_use, WEDNESDAY)
        waiting = waits(entitlement, day_use)

    assert reverse("facilities:waiting", args=["kodaira", waiting.pk]) in page(mother, "kodaira")
