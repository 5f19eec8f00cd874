"""熱がある・体調が悪い: the phone first, the city's rule, what it costs, other days; and nothing cancels by itself."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.public import Municipality
from facilities.models import Booking
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.walking import MAY_CHILD, Family, desk, family, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

SENTENCE = "体調がすぐれないと連絡がありました。"


@pytest.fixture
def kodaira_family(kodaira: Municipality, in_june: None) -> Family:
    return family(kodaira, **MAY_CHILD)


@pytest.fixture
def booked(kodaira_family: Family) -> Booking:
    """Three days from 6月10日."""
    return kodaira_family.books("short_stay", "2026-06-10", days=3, arrival="10:00:00")


def test_page__names_phone_rule_and_cost__and_leads_to_other_days(
    kodaira_family: Family, booked: Booking, clock_at: Any
) -> None:
    clock_at.move_to("2026-06-09T16:00:00+09:00")

    page = kodaira_family.reads("unwell", booked.number)

    assert page.index("まず、施設に電話してください。") < page.index("いま取り消すと、3日分を使ったことになります")
    assert "原則のきまりなので、電話で確かめてください。" in page
    assert "発熱等感染症のおそれがある方" in page
    days = re.search(r"change/\?days=(\d)&amp;day=([\d-]+)", page)
    assert days, "it proposes days"
    assert "変更を申しこむ" in kodaira_family.reads("move", booked.number, days=days.group(1), day=days.group(2))


def test_told__reaches_the_facility_and_the_centre__and_changes_nothing(
    kodaira_family: Family, booked: Booking, nurse: Any
) -> None:
    application = factories.ApplicationFactory(
        municipality=kodaira_family.municipality, birth=kodaira_family.entitlement.birth, status="approved"
    )
    mails = Mail.objects.count()

    answer = kodaira_family.browser.post(
        reverse("facilities:unwell", args=["kodaira", booked.number]), follow=True
    ).content.decode()

    centre = Client()
    centre.force_login(nurse)
    assert "施設とセンターに知らせました。" in answer
    assert SENTENCE in desk(booked).get(reverse("facility:booking", args=[booked.number])).content.decode()
    assert SENTENCE in centre.get(reverse("pages:case", args=["kodaira", application.number])).content.decode()
    worklist = centre.get(reverse("pages:worklist", args=["kodaira"])).content.decode()
    assert "体調の連絡" in worklist
    assert reverse("pages:case", args=["kodaira", application.number]) in worklist
    assert kodaira_family.booked("2026-06-10").status == Booking.Status.CONFIRMED
    assert Mail.objects.count() == mails, "health stays out of mails"


def test_where_the_city_says_nothing__so_does_the_page(kawasaki: Municipality, in_june: None) -> None:
    sample_facilities()
    household = family(kawasaki, **MAY_CHILD)
    booking = household.books("home_visit", "2026-06-10")

    assert "体調が悪いときのきまりは、公表されていません。" in household.reads("unwell", booking.number)


def test_where_the_rule_is_no_principle__nobody_promises_an_exception(zushi: Municipality, in_june: None) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("short_stay", "2026-06-10", days=2, arrival="09:00:00")

    page = household.reads("unwell", booking.number)

    assert "「医療的な処置の必要も、感染症状もない」" in page
    assert "原則のきまり" not in page
