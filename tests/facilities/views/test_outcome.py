"""Deciding an outcome without a published rule: at the facility, at the centre, and what the mother reads of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Pool
from eligibility.public import Municipality
from facilities.models import Booking, OutcomeDecision
from tests import factories
from tests.facilities.undetermined import MORNING, booked, cancelled, not_come
from tests.facilities.walking import MAY_CHILD, Family, call_typed_in, desk, family, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

SAID = {"units": "counted", "money": "some", "fee": "3,000", "reason": "食事の用意がすんでいました。", "seen": "0"}
DECIDE = {"decide": "1"}


@pytest.fixture
def household(okayama: Municipality) -> Family:
    sample_facilities()
    return family(okayama, **MAY_CHILD)


@pytest.fixture
def centre(okayama: Municipality) -> Client:
    """The decider's browser."""
    client = Client()
    client.force_login(factories.MembershipFactory(municipality=okayama, role="decider").user)
    return client


def at_desk(booking: Booking) -> str:
    return reverse("facility:outcome", args=[booking.number])


def at_centre(booking: Booking) -> str:
    return reverse("facilities:outcome", args=["okayama", booking.number])


def decisions() -> int:
    with scopes_disabled():
        return OutcomeDecision.objects.count()


def used() -> int:
    with scopes_disabled():
        return Pool.objects.get(code="stay_and_day").used


def test_phone_page__says_before_that_no_rule_is_published(household: Family, clock_at: Any) -> None:
    booking = booked(household, service="short_stay", days=2)
    clock_at.move_to(MORNING)

    page, _ = call_typed_in(booking, "2026-06-10", "08:30")

    assert "取り消しのきまりは公表されていません" in page
    assert "記録したあとで決めて入力できます" in page


def test_no_show_page__says_before_that_no_rule_is_published(household: Family, clock_at: Any) -> None:
    booking = booked(household, service="short_stay", days=2)
    clock_at.move_to(MORNING)

    page = desk(booking).get(reverse("facility:no_show", args=[booking.number])).content.decode()

    assert "記録したあとで決めて入力できます" in page


def test_facility__is_asked_before_the_deed(household: Family, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    worker = desk(booking)
    assert "扱いを決める" in worker.get(reverse("facility:booking", args=[booking.number])).content.decode()

    asked = worker.post(at_desk(booking), SAID).content.decode()
    assert "2日分を使ったことにします。お金は3,000円かかります。" in asked
    assert (decisions(), used()) == (0, 0)

    receipt = worker.post(at_desk(booking), SAID | DECIDE, follow=True).content.decode()
    assert (decisions(), used()) == (1, 2)
    assert "決めたことを記録し、お母さんにメールで知らせました。" in receipt
    assert "2日分を使ったことにした・3,000円" in receipt
    assert "決めなおす" in receipt


def test_facility__may_rewrite_what_it_was_asked_about(household: Family, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)

    page = desk(booking).post(at_desk(booking), SAID | {"change": "1"}).content.decode()

    assert "食事の用意がすんでいました。" in page
    assert 'name="decide"' not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"units": ""}, "予約した分の扱いを選んでください。"),
        ({"money": "some", "fee": ""}, "かかる額を入力してください。"),
        ({"reason": ""}, "理由を入力してください。"),
        ({"reason": "あ" * 201}, "200字までにしてください。"),
    ],
)
def test_form__that_is_not_complete__changes_nothing(
    household: Family, clock_at: Any, wrong: dict[str, str], sentence: str
) -> None:
    booking = cancelled(household, clock_at)

    page = desk(booking).post(at_desk(booking), SAID | DECIDE | wrong).content.decode()

    assert sentence in page
    assert decisions() == 0


@pytest.mark.parametrize("seen", ["0", "", "x", "²"])
def test_decide__on_what_somebody_decided_since__shows_that_first(
    household: Family, centre: Client, clock_at: Any, seen: str
) -> None:
    booking = cancelled(household, clock_at)
    desk(booking).post(at_desk(booking), SAID | DECIDE)

    page = centre.post(at_centre(booking), SAID | DECIDE | {"units": "returned", "seen": seen}, follow=True)

    assert "ほかの人が決めました" in page.content.decode()
    assert "2日分を使ったことにした・3,000円" in page.content.decode()
    assert (decisions(), used()) == (1, 2)


def test_centre__corrects_what_the_facility_decided(household: Family, centre: Client, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    desk(booking).post(at_desk(booking), SAID | DECIDE)

    sent = {"units": "returned", "money": "none", "reason": "災害のためです。", "seen": "1"}
    page = centre.post(at_centre(booking), sent | DECIDE, follow=True).content.decode()

    assert used() == 0
    assert "お金はかかりません。" in page
    told = household.reads("booking", booking.number)
    assert "センターが決めました。" in told
    assert "日数は戻りました。お金はかかりません。" in told
    assert "理由: 災害のためです。" in told
    assert "食事の用意" not in told


def test_decide__when_what_came_back_was_used_since__says_so(household: Family, centre: Client, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    booked(household, service="short_stay", days=6, day="2026-06-20")

    page = centre.post(at_centre(booking), SAID | DECIDE).content.decode()

    assert "そのあとほかの予約で使われていて、のこりが足りません。" in page
    assert (decisions(), used()) == (0, 6)


def test_mother__is_told_before_she_cancels(household: Family, clock_at: Any) -> None:
    booking = booked(household, service="short_stay", days=2)
    clock_at.move_to(MORNING)

    page = household.reads("cancel", booking.number)

    assert "日数とお金の扱いは、施設か市町村があとで別に決めることがあります。" in page


def test_mother__reads_first_that_nothing_is_decided(household: Family, clock_at: Any) -> None:
    booking = not_come(household, clock_at)

    assert "きまりが公表されていません。施設か市町村が別に決めたとき" in household.reads("booking", booking.number)


def test_list__says_of_each_whether_it_was_decided(household: Family, centre: Client, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    where = reverse("facilities:outcomes", args=["okayama"])
    for page in ("pages:worklist", "facilities:amounts"):
        assert f'href="{where}"' in centre.get(reverse(page, args=["okayama"])).content.decode()
    assert "まだ決めていません" in centre.get(where).content.decode()

    centre.post(at_centre(booking), SAID | DECIDE)

    assert [(card.number, row.decided) for card, row in centre.get(where).context["rows"]] == [(booking.number, True)]
    assert "2日分を使ったことにした" in centre.get(where).content.decode()


def test_list__without_any__says_so(okayama: Municipality, centre: Client) -> None:
    page = centre.get(reverse("facilities:outcomes", args=["okayama"])).content.decode()

    assert "扱いを決められる予約はありません。" in page


def test_amounts__lead_to_no_such_page__where_the_programme_has_rules(zushi: Municipality) -> None:
    client = Client()
    client.force_login(factories.MembershipFactory(municipality=zushi, role="decider").user)

    assert "取り消しの扱い" not in client.get(reverse("facilities:amounts", args=["zushi"])).content.decode()


@pytest.mark.parametrize(("role", "status"), [("centre", 404), ("auditor", 404), ("decider", 200)])
def test_centre__only_a_decider_decides(
    household: Family, okayama: Municipality, clock_at: Any, role: str, status: int
) -> None:
    booking, client = cancelled(household, clock_at), Client()
    client.force_login(factories.MembershipFactory(municipality=okayama, role=role).user)

    assert client.get(reverse("facilities:outcomes", args=["okayama"])).status_code == 200
    assert client.get(at_centre(booking)).status_code == status
    assert client.post(at_centre(booking), SAID | DECIDE).status_code in (status, 302)
    assert decisions() == (1 if role == "decider" else 0)


def test_outcome__is_not_there_for_others(household: Family, kodaira: Municipality, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    elsewhere = type(booking.facility).objects.exclude(pk=booking.facility_id)[0]
    stranger, mother = Client(), household.browser
    stranger.force_login(factories.StaffMembershipFactory(facility=elsewhere).user)
    mother.force_login(household.mother)

    assert stranger.get(at_desk(booking)).status_code == 404
    assert stranger.post(at_desk(booking), SAID | DECIDE).status_code == 404
    assert mother.get(at_desk(booking)).status_code == 404
    assert mother.get(at_centre(booking)).status_code == 404
    assert decisions() == 0


def test_outcome__of_her_own_booking__is_not_there_for_a_decider(
    household: Family, okayama: Municipality, clock_at: Any
) -> None:
    booking = cancelled(household, clock_at)
    factories.MembershipFactory(municipality=okayama, role="decider", user=household.mother)

    assert household.browser.get(at_centre(booking)).status_code == 404
    assert at_centre(booking) not in household.reads("outcomes")


def test_outcome__of_a_booking_to_come__is_not_there(household: Family) -> None:
    booking = booked(household, service="short_stay", days=2)

    assert desk(booking).get(at_desk(booking)).status_code == 404
