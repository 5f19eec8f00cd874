"""Coupons come back when a family moves away; what their QR says to anybody, and to a facility."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.letters.content import Fact, LetterContent, Sheet
from applications.letters.rendering import render
from applications.models import (
    Application,
    Birth,
    Coupon,
    CouponReturn,
    Entitlement,
    Grant,
    Household,
    Letter,
    Pool,
)
from applications.services.posting_coupons import send_coupons_anew
from eligibility.public import Municipality
from postpartum_portal.pages.coupon_check import TRIES
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.test_coupons import code_of, household, page, reception
from tests.facilities.test_later_certificates import approved
from tests.facilities.walking import Family
from tests.walks.person import Person

__all__ = ["household"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def told(municipality: Municipality, code: str) -> Any:
    return Client().get(reverse("pages:check_coupon", args=[municipality.slug, code]))


def test_the_qr__tells_anybody_what_is_left_and_nobodys_name(
    household: Family, zushi: Municipality, okayama: Municipality
) -> None:
    household.books("short_stay", "2026-06-10", days=2, at="maruyama-sanfujinka", arrival="09:00:00")
    code = code_of(household)

    shown = told(zushi, code).content.decode()

    assert "使えます" in shown
    assert "あと5枚" in shown
    assert "令和9年4月30日(金)" in shown
    assert not [word for word in ("髙橋", "美咲", "ひみつ", "非課税", "丸山", "6月10日") if word in shown]
    assert told(okayama, code).status_code == 404, "another municipality's number is unknown"
    at_desk = reception(zushi).get(reverse("pages:check_coupon", args=["zushi", code]), follow=True)
    assert "髙橋 美咲" in at_desk.content.decode(), "a facility is led on to its own page"


def test_wrong_numbers__are_answered_alike_and_soon_not_at_all(household: Family, zushi: Municipality) -> None:
    code = code_of(household)
    answers = {told(zushi, f"{number:012}").content for number in range(TRIES)}

    assert len(answers) == 1, "whatever is wrong with them"
    paused = told(zushi, code)
    assert paused.status_code == 429
    assert "あと" not in paused.content.decode()


def test_a_return__withdraws_the_code_and_leaves_nothing_until_it_is_undone(zushi: Municipality) -> None:
    household, number = approved(zushi)
    household.books("short_stay", "2026-06-10", days=2, at="maruyama-sanfujinka", arrival="09:00:00")
    code = code_of(household)
    staff = Person(factories.MembershipFactory(municipality=zushi, role="centre").user)
    staff.opens(f"/zushi/centre/cases/{number}/")
    staff.writes("返された枚数", "5")
    staff.chooses("ご家族", to="だれから")
    staff.presses("返されたと記録する")
    staff.sees("利用券が返されたと記録しました", "5枚", "のこりは0です", "利用券が5枚返されました")

    assert "この番号は使えません" in told(zushi, code).content.decode()
    assert reception(zushi).get(f"/facility/coupons/{code}/").status_code == 404
    assert "お返しいただきました" in page(household)
    with scopes_disabled():
        assert not Coupon.objects.filter(withdrawn_at=None).exists(), "her page makes no new one"
        assert {pool.left for pool in Pool.objects.all()} == {0}
        assert CouponReturn.objects.get().units

    staff.presses("返却の記録を取り消す")
    staff.sees("もとにもどりました")
    assert code_of(household) != code
    assert "あと5枚" in told(zushi, code_of(household)).content.decode()


def test_a_mother_on_paper__gets_her_coupons_by_post_on_one_sheet(zushi: Municipality) -> None:
    household, number = approved(zushi)
    with scopes_disabled():
        for model in (Household, Birth, Application, Entitlement, Pool, Grant):
            model.objects.update(citizen=None)
    staff = Person(factories.MembershipFactory(municipality=zushi, role="centre").user)
    staff.opens(f"/zushi/centre/cases/{number}/")
    staff.presses("紙の利用券を作る")
    staff.sees("産後ケア事業利用券を作ります", "台帳を見る")

    with scopes_disabled():
        letter, coupon = Letter.objects.get(kind="coupons"), Coupon.objects.get()
    assert (letter.subject_kind, letter.subject_id) == ("entitlement", household.entitlement.pk)
    content = LetterContent.from_snapshot(letter.snapshot)
    assert content.sheet == Sheet(coupon.grouped, f"{settings.PORTAL_ORIGIN}/zushi/coupons/{coupon.code}/")
    assert Fact("使える数", ("宿泊型・通所型・訪問型 7日",)) in content.facts
    assert not content.appeal, "it is no decision"
    assert render(content).pages == 1

    staff.opens(f"/zushi/centre/cases/{number}/")
    staff.presses("前の番号を使えなくして、新しい紙を作る")
    staff.sees("産後ケア事業利用券を作ります")
    clerk = factories.MembershipFactory(municipality=zushi, role="centre").user
    with tenant(municipality=zushi.pk):
        application = Application.objects.get(number=number)
        anew = send_coupons_anew(application, lost=letter.pk, by=clerk, at=clock.now())  # pressed a second time
        assert list(Letter.objects.filter(kind="coupons").values_list("status", "replaces")) == [
            ("void", None),
            ("queued", letter.pk),
        ]
        assert LetterContent.from_snapshot(anew.snapshot).sheet != content.sheet
    assert "この番号は使えません" in told(zushi, coupon.code).content.decode()
