"""Other days, from the desk's form to her press: both sides' pages."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.public import Municipality
from facilities.models import Booking, Hold
from postpartum_portal.shared.models import Event
from tests.facilities.walking import MAY_CHILD, Family, desk, family
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "in_june")]


@pytest.fixture
def household(kodaira: Municipality) -> Family:
    return family(kodaira, **MAY_CHILD)


@pytest.fixture
def asked(household: Family) -> Booking:
    household.sends("short_stay", "2026-06-15", days=3, arrival="10:00:00")
    return household.booked("2026-06-15")


def suggests(browser: Client, booking: Booking, *days: str, **said: Any) -> str:
    """The page after the desk has sent its form."""
    where = reverse("facility:suggest", args=[booking.number])
    page = browser.get(where).content.decode()
    form = {"token": page.partition('name="token" value="')[2].partition('"')[0], "why": "full", **said}
    for turn, day in enumerate(days, start=1):
        form |= dict(zip((f"day_{turn}_year", f"day_{turn}_month", f"day_{turn}_day"), day.split("-"), strict=True))
    return browser.post(where, form, follow=True).content.decode()


def test_desk__suggests__and_she_takes_one_with_its_price_and_deadline_in_sight(
    household: Family, asked: Booking
) -> None:
    reception = desk(asked)
    page = text(suggests(reception, asked, "2026-06-18", "2026-06-22"))
    assert "お母さんの返事を待っています" in page
    assert "6月18日(木)〜20日(土)10:00" in page
    assert "ほかの日を提案中" in text(reception.get(reverse("facility:requests")))

    hers = household.reads("booking", asked.number)
    assert all(
        told in text(hers)
        for told in ("選べるのは", "この日は、ほかの予約でいっぱいになりました。", "払う額", "6月21日(日)16:00より前")
    )
    assert "料金</h2>" not in hers  # of the days that cannot be
    chosen = Hold.objects.get(first_day=dt.date(2026, 6, 22))
    take = reverse("facilities:take_suggestion", args=["kodaira", asked.number, chosen.pk])
    assert "予約が決まりました。" in text(household.browser.post(take, follow=True))

    assert household.booked("2026-06-22").status == "confirmed"
    assert "日の変更の控え" in text(household.reads("booking", asked.number))
    assert "もう選べません" in text(
        household.browser.post(reverse("facilities:refuse_suggestions", args=["kodaira", asked.number]), follow=True)
    )


def test_desk__hears_in_general_what_is_hers_alone(household: Family, asked: Booking) -> None:
    """Another booking of hers stands on one of the days; which and where is nobody's business here."""
    household.books("day_service", "2026-06-19", arrival="10:00:00", at="nakano-clinic")

    page = text(suggests(desk(asked), asked, "2026-06-18", "2026-06-22"))

    assert "1つ目の日" in page
    assert "この方は、この日は予約できません。" in page
    assert "日帰り" not in page
    assert household.booked("2026-06-15").status == "requested"


def test_another_mother__cannot_take_what_is_suggested(
    kodaira: Municipality, household: Family, asked: Booking
) -> None:
    suggests(desk(asked), asked, "2026-06-18")
    hold, stranger = Hold.objects.get(), family(kodaira, **MAY_CHILD)
    stranger.browser.force_login(stranger.mother)
    own = reverse("facilities:take_suggestion", args=["kodaira", asked.number, hold.pk])
    assert stranger.browser.post(own).status_code == 404
    household.sends("day_service", "2026-06-25", arrival="10:00:00")
    other = household.booked("2026-06-25")
    household.browser.force_login(household.mother)
    swapped = reverse("facilities:take_suggestion", args=["kodaira", other.number, hold.pk])
    assert household.browser.post(swapped).status_code == 404
    assert not Event.objects.filter(verb="hold.entered").exists()
