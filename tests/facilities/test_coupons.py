"""Coupons: each one's day on her page, and what a facility is told that looks up her number."""

import re
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Application, Coupon, Hearing
from eligibility.public import Municipality
from facilities.forms.staff.coupon import CouponForm
from facilities.services.coupons import PAUSE, TRIES
from postpartum_portal.shared.models import Event
from tests import factories
from tests.facilities.walking import MAY_CHILD, Family, desk, family, offering, proved, sample_facilities
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

SECRET = "ひみつ"
FORBIDDEN = [
    SECRET,
    "999-9999",
    "090-9999-9999",
    "1994",
    "平成6年",
    "@example.jp",
    "非課税",
    "減免",
    "5月1日",
    "うみかぜ",
]


@pytest.fixture
def household(zushi: Municipality) -> Family:
    """A family of a reduced class that has told the centre a lot."""
    secret = {"name": "髙橋 美咲", "postcode": "999-9999", "address": f"{SECRET}町1-2-3", "emergency_name": SECRET}
    found = family(zushi, **MAY_CHILD, **{f"household__{field}": value for field, value in secret.items()})
    proved(found, "tax_exempt", proof="reduction_request")
    with scopes_disabled():
        tenant = {"municipality": zushi, "citizen": found.mother}
        application = Application.objects.create(
            birth=found.entitlement.birth, answers={"circumstances": {"story": SECRET}}, **tenant
        )
        nurse = factories.MembershipFactory(municipality=zushi, role="centre").user
        Hearing.objects.create(application=application, told={}, note=SECRET, by=nurse, **tenant)
    return found


def page(household: Family) -> str:
    household.browser.force_login(household.mother)
    return household.browser.get(reverse("pages:coupons", args=[household.municipality.slug])).content.decode()


def code_of(household: Family) -> str:
    """The number as it stands on her page."""
    found = re.search(r"(\d{4}) (\d{4}) (\d{4})", page(household))
    assert found
    return "".join(found.groups())


def reception(municipality: Municipality, facility: str = "maruyama-sanfujinka") -> Client:
    client = Client()
    at = offering(municipality, "day_service", facility).facility
    client.force_login(factories.StaffMembershipFactory(facility=at).user)
    return client


def checks(verb: str = "coupon.checked") -> int:
    return Event.objects.filter(verb=verb).count()


def test_page__of_zushi__tells_each_coupon_with_its_day(household: Family, clock_at: Any) -> None:
    stay = household.books("short_stay", "2026-06-10", days=2, at="maruyama-sanfujinka", arrival="09:00:00")
    household.books("day_service", "2026-06-20", at="umikaze-josanin", arrival="09:00:00")
    clock_at.move_to("2026-06-10T09:30:00+09:00")
    desk(stay).post(reverse("facility:attend", args=[stay.number]))

    shown = text(page(household))

    assert "逗子市利用券" in shown
    assert "1枚目利用ずみ6月10日(水)宿泊型・丸山産婦人科2枚目利用ずみ6月11日(木)宿泊型・丸山産婦人科" in shown
    assert "3枚目確定6月20日(土)通所型・うみかぜ助産院4枚目のこり" in shown
    assert "あと4枚" in shown
    assert "令和9年4月30日(金)まで使えます。5月1日から1年→翌年5月1日の前日" in shown


def test_page__of_okayama__counts_the_days_of_one_coupon(okayama: Municipality) -> None:
    sample_facilities()
    household = family(okayama, **MAY_CHILD, children=2)

    shown = text(page(household))

    assert "岡山市クーポン" in shown
    assert "宿泊・日帰りあと10日" in shown
    assert "訪問あと5回" in shown
    assert "10日目のこり" in shown


def test_page__of_a_programme_without_coupons__does_not_exist(kodaira: Municipality) -> None:
    household = family(kodaira, **MAY_CHILD)
    household.browser.force_login(household.mother)
    assert household.browser.get(reverse("pages:coupons", args=["kodaira"])).status_code == 404


def test_page__after_a_loss__offers_visits_alone_and_speaks_of_no_child(zushi: Municipality) -> None:
    household = family(zushi, outcome="lost", ended_on="2026-05-20", due_date="2026-09-01")

    shown = text(page(household).partition("<main")[2].partition("</main>")[0])

    assert "あと7枚" in shown
    assert "まで使えます" in shown
    assert not [word for word in ("赤ちゃん", "生まれ", "お子さん", "宿泊型", "予定日") if word in shown]


def test_check__tells_what_a_reception_needs_and_nothing_else(household: Family) -> None:
    household.books("day_service", "2026-06-20", at="maruyama-sanfujinka", arrival="09:00:00")
    household.books("day_service", "2026-06-22", at="umikaze-josanin", arrival="09:00:00")
    code = code_of(household)
    client = reception(household.municipality)

    found = client.post("/facility/coupons/", {"code": f"{code[:4]} {code[4:8]}-{code[8:]}"}, follow=True)
    client.get(f"/facility/coupons/{code}/")

    shown = text(found)
    assert "髙橋美咲様の利用券" in shown
    assert "あと5枚7枚のうち" in shown
    assert "令和9年4月30日(金)" in shown
    assert "きょうの予約はありません" in shown
    assert "6月20日(土)通所型" in shown
    assert not [word for word in FORBIDDEN if word in found.content.decode()]
    event = Event.objects.get(verb="coupon.checked")
    assert (event.citizen_id, event.municipality_id) == (household.mother.pk, household.municipality.pk)
    assert event.facility_id


def test_camera__is_offered_where_a_number_is_typed_and_nowhere_else(household: Family) -> None:
    client = reception(household.municipality)
    pages = {
        path: client.get(f"/facility/{path}").content.decode() for path in ("coupons/", "find/", "", "days/2026-06-02/")
    }

    offered = {path: "js/camera.js" in page and "<template data-camera=" in page for path, page in pages.items()}
    assert offered == {"coupons/": True, "find/": True, "": True, "days/2026-06-02/": False}


def test_check__by_whom_it_does_not_concern__cannot_be_told_from_an_unknown_number(
    household: Family, kodaira: Municipality
) -> None:
    code, unknown = code_of(household), "0" * 12
    neighbour = Client()
    clinic = offering(kodaira, "short_stay").facility
    neighbour.force_login(factories.StaffMembershipFactory(facility=clinic).user)

    answers = [neighbour.get(f"/facility/coupons/{number}/") for number in (code, unknown)]
    typed = [text(neighbour.post("/facility/coupons/", {"code": number})) for number in (code, unknown)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "見つかりません" in typed[0]
    assert typed[0].replace(code, "") == typed[1].replace(unknown, "")
    assert (checks(), checks("coupon.missed")) == (0, 4)
    household.browser.force_login(household.mother)
    assert household.browser.get(f"/facility/coupons/{code}/").status_code == 404


def test_check__is_refused_after_many_wrong_numbers__even_for_a_right_one(household: Family, clock_at: Any) -> None:
    code, client = code_of(household), reception(household.municipality)
    for number in range(TRIES):
        client.get(f"/facility/coupons/{number:012}/")

    refused = client.get(f"/facility/coupons/{code}/", follow=True)
    assert "いまは確かめられません" in text(refused)
    assert checks() == 0

    clock_at.shift(PAUSE.total_seconds() + 1)
    assert client.get(f"/facility/coupons/{code}/").status_code == 200


def test_number__that_was_replaced__opens_nothing(household: Family) -> None:
    old, client = code_of(household), reception(household.municipality)
    page = reverse("pages:coupons", args=["zushi"])
    assert f'name="lost" value="{old}"' in household.browser.get(page).content.decode()
    for _ in range(2):  # sent twice, it is one: what is lost is lost already
        household.browser.post(page, {"lost": old})

    with scopes_disabled():
        assert Coupon.objects.exclude(withdrawn_at=None).count() == 1
    assert client.get(f"/facility/coupons/{old}/").status_code == 404
    assert client.get(f"/facility/coupons/{code_of(household)}/").status_code == 200
    with scopes_disabled():
        row = Coupon.objects.get(withdrawn_at=None)
        row.pk, row.code = None, "1" * 12
        with pytest.raises(IntegrityError, match="coupon"):
            row.save()


@pytest.mark.parametrize(
    ("typed", "read"), [("１２３４　５６７８　９０１２", "123456789012"), ("1234-5678-9012", "123456789012")]
)
def test_form__takes_the_number_in_any_spelling(typed: str, read: str) -> None:
    form = CouponForm({"code": typed})
    assert form.is_valid()
    assert form.cleaned_data["code"] == read


@pytest.mark.parametrize("typed", ["1234", "12345678901a", "१" * 12])
def test_form__refuses_what_is_no_number(typed: str) -> None:
    form = CouponForm({"code": typed})
    assert not form.is_valid()
