"""The centre arranges on screen: looks at what some days mean, sends, and hears why not."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Wish
from facilities.services.answering import decline
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, midwives, prepared, supporters, wished

pytestmark = pytest.mark.django_db

LIST = "/kodaira/centre/"


@pytest.fixture
def visit(kodaira: Municipality, entitlement: Entitlement) -> Offering:
    return supporters(kodaira)


@pytest.fixture
def wish(entitlement: Entitlement, visit: Offering, nurse: Any) -> Wish:
    """The supporter has been there to settle days and hours."""
    found = wished(entitlement, words="午前がよい")
    prepared(found, visit, by=nurse)
    return found


@pytest.fixture
def centre(nurse: Any) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


def address(wish: Wish) -> str:
    return reverse("facilities:arrange", args=["kodaira", wish.pk])


def chosen(page: str, visit: Offering, **changes: str) -> dict[str, str]:
    """Two hours from 13:00 on 3月11日, as the form on the page would send them."""
    return {
        "offering": str(visit.pk),
        "day_year": "2026",
        "day_month": "3",
        "day_day": "11",
        "arrival": "13:00:00",
        "hours": "2.0",
        "note": "",
        "token": page.partition('name="token" value="')[2].partition('"')[0],
        **changes,
    }


def test_worklist__shows_open_wishes_who_wished_first_at_the_top(
    centre: Client, wish: Wish, visit: Offering, nurse: Any, clock_at: Any
) -> None:
    clock_at.shift(dt.timedelta(days=2))
    wished(wish.entitlement, service="midwife_visit", words="いつでも", first_days=[])

    page = centre.get(LIST).content.decode()
    assert page.index(address(wish)) < page.index("助産師による訪問")
    assert "2日" in page
    assert "日程の調整" not in centre.get(LIST, {"q": "髙橋"}).content.decode()

    arranged(wish, visit, by=nurse)
    assert address(wish) not in centre.get(LIST).content.decode()


def test_page__shows_her_words_and_how_to_reach_her_and_is_noted(
    centre: Client, wish: Wish, visit: Offering, nurse: Any
) -> None:
    page = centre.get(address(wish)).content.decode()

    for words in ("髙橋 美咲", "090-0000-0002", "1か月18日", "午前がよい", "NPO法人子育てサポートきらら"):
        assert words in page
    assert 'name="day_day" value="11"' in page
    assert Event.objects.get(verb="wish.read").actor_id == nurse.pk


def test_look__shows_price_deadline_and_findings_and_takes_nothing(centre: Client, wish: Wish, visit: Offering) -> None:
    page = centre.post(address(wish), chosen(centre.get(address(wish)).content.decode(), visit)).content.decode()

    for words in ("3月11日(水) 13:00〜15:00", "1,200円", "3月10日(火) 16:00 より前", "この日程で依頼する"):
        assert words in page
    assert not Booking.objects.exists()


def test_send__asks_the_visitor_for_it(centre: Client, wish: Wish, visit: Offering) -> None:
    form = chosen(centre.get(address(wish)).content.decode(), visit, note="駐車場があります", send="1")

    answer = centre.post(address(wish), form, follow=True).content.decode()

    booking = Booking.objects.get()
    assert (booking.status, booking.wish, booking.note) == (Booking.Status.REQUESTED, wish, "駐車場があります")
    assert booking.quote["total"] == 1200
    assert "NPO法人子育てサポートきららに依頼しました。" in answer


def test_send__twice__is_one_booking(centre: Client, wish: Wish, visit: Offering) -> None:
    form = chosen(centre.get(address(wish)).content.decode(), visit, send="1")

    assert [centre.post(address(wish), form)["Location"] for _ in range(2)] == [LIST, LIST]
    assert Booking.objects.count() == 1


def test_send__of_what_a_colleague_has_arranged__says_so(
    centre: Client, wish: Wish, visit: Offering, decider: Any
) -> None:
    form = chosen(centre.get(address(wish)).content.decode(), visit, send="1")
    arranged(wish, visit, by=decider, first_day=dt.date(2026, 3, 12))

    answer = centre.post(address(wish), form, follow=True).content.decode()

    assert "もう調整されたか、取り下げられています。" in answer
    assert "この希望の調整は終わっています。" in answer
    assert Booking.objects.count() == 1


def test_midwife_visit__on_a_vaccination_day__is_refused_with_the_rule(
    centre: Client, kodaira: Municipality, entitlement: Entitlement
) -> None:
    """K14"""
    wish = wished(entitlement, service="midwife_visit", words="3月", first_days=[], vaccination_days=[WEDNESDAY])
    offering = midwives(kodaira)
    page = centre.get(address(wish)).content.decode()

    for send in ({}, {"send": "1"}):
        answer = centre.post(address(wish), chosen(page, offering, **send)).content.decode()
        assert "3月11日(水)は予約できません。予防接種の当日は助産師による訪問を使えません。" in answer
        assert "予防接種当日、年末年始" in answer
        assert "この日程で依頼する" not in answer
    assert not Booking.objects.exists()

    answer = centre.post(address(wish), chosen(page, offering, day_day="12", send="1"), follow=True).content.decode()
    assert "見本助産師会に依頼しました。" in answer


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day_month": ""}, "月を入力してください。"),
        ({"offering": "99999"}, "依頼する先を選び直してください。"),
        ({"hours": "9"}, "長さを選び直してください。"),
        ({"arrival": "03:00:00"}, "はじまる時刻を選び直してください。"),
    ],
)
def test_form__that_cannot_be_understood__is_asked_again(
    centre: Client, wish: Wish, visit: Offering, changes: dict[str, str], sentence: str
) -> None:
    page = centre.get(address(wish)).content.decode()

    answer = centre.post(address(wish), chosen(page, visit, send="1", **changes)).content.decode()

    assert "1か所を直してください" in answer
    assert sentence in answer
    assert not Booking.objects.exists()


def test_page__of_what_nobody_gives__says_so(centre: Client, entitlement: Entitlement) -> None:
    """Kodaira's page names no organisation of midwives."""
    wish = wished(entitlement, service="midwife_visit")

    assert "依頼する先がありません。" in centre.get(address(wish)).content.decode()


def test_page__after_a_decline__shows_who_could_not_and_why(
    centre: Client, wish: Wish, visit: Offering, nurse: Any
) -> None:
    supporter = factories.StaffMembershipFactory(facility=visit.facility).user
    decline(arranged(wish, visit, by=nurse), reason="この日は休みます。", by=supporter, at=clock.now())

    page = centre.get(address(wish)).content.decode()

    assert "この日は休みます。" in page
    assert "日程を選ぶ" in page
    assert address(wish) in centre.get(LIST).content.decode()


def test_visit__arranged_and_confirmed__is_hers(centre: Client, signed_in: Client, wish: Wish, visit: Offering) -> None:
    """From the wish to the confirmed visit, each on their own pages."""
    centre.post(address(wish), chosen(centre.get(address(wish)).content.decode(), visit, send="1"))
    booking = Booking.objects.get()
    supporter = Client()
    supporter.force_login(factories.StaffMembershipFactory(facility=visit.facility).user)

    supporter.post(f"/facility/requests/{booking.number}/confirm/")

    page = signed_in.get(f"/kodaira/my/bookings/{booking.number}/").content.decode()
    for words in ("確定", "NPO法人子育てサポートきらら", "回数が戻る取り消しは", "3月10日(火) 16:00 より前"):
        assert words in page


def test_wish__of_another_municipality__does_not_exist(kodaira: Municipality, wish: Wish) -> None:
    elsewhere = Municipality.objects.create(code="000000", slug="elsewhere", name="見本市")
    stranger = Client()
    stranger.force_login(factories.MembershipFactory(municipality=elsewhere).user)

    assert stranger.get(address(wish)).status_code == 404
    assert stranger.get(reverse("facilities:arrange", args=["elsewhere", wish.pk])).status_code == 404
    assert stranger.post(reverse("facilities:arrange", args=["elsewhere", wish.pk])).status_code == 404


def test_mother_and_auditor__cannot_arrange(
    signed_in: Client, kodaira: Municipality, wish: Wish, visit: Offering
) -> None:
    auditor = Client()
    auditor.force_login(factories.MembershipFactory(municipality=kodaira, role="auditor").user)

    assert signed_in.get(address(wish)).status_code == 404
    assert signed_in.post(address(wish), {"send": "1"}).status_code == 404
    assert "日程を選ぶ" not in auditor.get(address(wish)).content.decode()
    assert auditor.post(address(wish), {"send": "1"}).status_code == 404


def test_wish_of_ones_own__is_for_a_colleague(
    signed_in: Client, kodaira: Municipality, mother: Any, wish: Wish, visit: Offering
) -> None:
    factories.MembershipFactory(municipality=kodaira, user=mother)

    page = signed_in.get(address(wish)).content.decode()
    assert "自分の希望です。" in page
    answer = signed_in.post(address(wish), chosen(page, visit, token="x" * 20, send="1"), follow=True)
    assert "自分の希望は、ほかの職員が調整します。" in answer.content.decode()
    with scopes_disabled():
        assert not Booking.objects.exists()
