"""Who comes along and how long it takes: siblings, a visit without an agreed length, twins after a loss."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from applications.public import dates_of
from eligibility.public import Municipality
from facilities.models import Booking, Offering
from facilities.selectors.uses import ends_at, terms_of
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.walking import MAY_CHILD, Family, desk, family, offering, sample_facilities
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "in_june")]

QUESTION = "きょうだいも一緒に来ますか"
LOST = {"outcome": "lost", "born_on": None, "due_date": dt.date(2026, 7, 1), "ended_on": dt.date(2026, 5, 20)}
TAKES, TAKES_NOT = "yamamoto-josanin", "umikaze-josanin"


def bookings(household: Family) -> list[Booking]:
    return list(Booking.objects.filter(entitlement=household.entitlement))


@pytest.fixture
def household(zushi: Municipality) -> Family:
    return family(zushi, **MAY_CHILD)


# siblings


def test_siblings_and_allergies__are_told_to_the_facility_and_to_nobody_else(household: Family) -> None:
    page = text(household.looks_at("day_service", "2026-06-10", at=TAKES))
    assert QUESTION in page
    assert "この施設は、きょうだいを受け入れています。" in page

    said: Any = {"arrival": "09:00:00", "siblings": "yes", "allergies": "卵とえび", "note": "兄は2歳"}
    household.sends("day_service", "2026-06-10", at=TAKES, **said)
    booking = household.booked("2026-06-10")

    assert (booking.siblings, booking.allergies, booking.note) == (True, "卵とえび", "兄は2歳")
    for answer in (
        household.reads("booking", booking.number),
        desk(booking).get(reverse("facility:booking", args=[booking.number])),
        desk(booking).get(reverse("facility:request", args=[booking.number])),
    ):
        assert all(told in text(answer) for told in ("一緒に来ます", "卵とえび", "兄は2歳"))
    assert "一緒に来ますアレルギー卵とえび" in text(desk(booking).get(reverse("facility:requests")))
    written = [*Mail.objects.values_list("subject", "text"), *Event.objects.values_list("data")]
    assert written
    assert "卵" not in str(written)


def test_siblings__who_are_not_taken__are_refused_with_what_to_do(household: Family) -> None:

    page = household.sends("day_service", "2026-06-10", at=TAKES_NOT, arrival="09:00:00", siblings="yes")

    assert (
        "きょうだいといっしょには予約できません。うみかぜ助産院は、きょうだいの受け入れをしていません。"
        "お母さんとお子さんだけで来るか、ほかの施設を選んでください。"
    ) in text(page)
    assert bookings(household) == []
    household.books("day_service", "2026-06-10", at=TAKES_NOT, arrival="09:00:00", siblings="no")
    assert [booking.siblings for booking in bookings(household)] == [False]


def test_siblings__are_not_asked_about_where_the_list_says_nothing_or_she_stays_at_home(
    kodaira: Municipality, household: Family
) -> None:
    sample_facilities()
    assert QUESTION not in household.looks_at("home_visit", "2026-06-10", at=TAKES)
    unsaid = family(kodaira, born_on=dt.date(2026, 5, 1), due_date=dt.date(2026, 5, 1))
    assert QUESTION not in unsaid.looks_at("day_service", "2026-06-10")


def test_siblings__are_not_asked_about_after_a_loss(okayama: Municipality) -> None:
    sample_facilities()
    Offering.objects.update(siblings=True)
    assert QUESTION not in family(okayama, **LOST).looks_at("day_service", "2026-06-10")
    assert QUESTION in family(okayama, **MAY_CHILD).looks_at("day_service", "2026-06-10")


# a visit within its hours


@pytest.mark.parametrize(("other_arrival", "asked"), [("15:30", False), ("16:00", True)])
def test_visit__of_ninety_minutes_is_asked_about_where_it_may_run_over(
    household: Family, other_arrival: str, asked: bool
) -> None:
    page = text(household.sends("home_visit", "2026-06-10", at=TAKES, arrival="09:00:00", other_arrival=other_arrival))
    assert "申しこみました。" in page
    assert ("16:00からだと、いちばん長い90分のとき17:30までになり、17:00を過ぎます。" in page) == asked


# after a loss everything is reckoned for one


def test_visit__of_twins_lasts_longer_and_after_a_loss_as_for_one(kodaira: Municipality) -> None:
    sample_facilities()
    ends = []
    for birth in (MAY_CHILD, LOST):
        mother = family(kodaira, **birth, children=2)
        booking = factories.BookingFactory(
            municipality=kodaira,
            entitlement=mother.entitlement,
            facility=offering(kodaira, "midwife_visit").facility,
            service="midwife_visit",
            first_day=dt.date(2026, 6, 10),
            last_day=dt.date(2026, 6, 10),
            arrival=dt.time(10),
            units={"midwife": 1},
            quote={"lines": [{"label": "訪問", "arithmetic": "", "amount": 0, "source": ""}], "total": 0},
        )
        ends.append(ends_at(booking, terms_of(booking)))
        assert dates_of(booking.entitlement.birth).counted_children == (1 if birth is LOST else 2)
    assert ends == [dt.time(13), dt.time(12)]
