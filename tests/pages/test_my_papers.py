"""My page lists what she has handed in, and leads to her coupons where the programme has any."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Document
from eligibility.public import Municipality
from tests import cases, factories
from tests.facilities.walking import MAY_CHILD, family
from tests.pages.reading import text

pytestmark = pytest.mark.django_db


def page(mother: Any, slug: str) -> str:
    client = Client()
    client.force_login(mother)
    return client.get(reverse("pages:my_page", args=[slug])).content.decode()


def test_papers__are_listed_with_day_state_and_pages(kodaira: Municipality, mother: Any) -> None:
    application = cases.handed_in(kodaira, citizen=mother, household__citizen=mother, birth__citizen=mother)
    paper = cases.certificate(application, "tax_exemption_certificate", pages=2)
    cases.certificate(factories.ApplicationFactory(municipality=kodaira), "tax_exemption_certificate")
    with scopes_disabled():
        Document.objects.filter(pk=paper.pk).update(status="refused", refusal="切れています。")

    shown = page(mother, "kodaira")

    assert "世帯全員分の非課税証明書使えません3月5日(木)に出しました切れています。" in text(shown)
    assert f"/documents/{paper.pk}/pages/2/" in shown
    assert shown.count("/pages/1/") == 1


def test_coupons__are_led_to_where_the_programme_has_them(zushi: Municipality, kodaira: Municipality) -> None:
    household = family(zushi, **MAY_CHILD)
    assert "利用券を見せる・印刷する" in page(household.mother, "zushi")
    assert "見せる・印刷する" not in page(family(kodaira, **MAY_CHILD).mother, "kodaira")
