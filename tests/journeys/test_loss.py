"""A loss is told in one step, taken back, told again; her pages are quiet, and the centre reads before it phones."""

import datetime as dt
from typing import Any

import pytest

from eligibility.public import Municipality
from facilities.public import confirm, request_booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.walking import offering
from tests.processes.support.portal import Portal

from . import given
from .browser import DESK, PHONE, Window
from .conftest import Meet
from .person import Person
from .steps import signing_in

pytestmark = pytest.mark.journey

MOTHER = "shiori@example.jp"
NEVER = ("赤ちゃん", "お子さ", "出産", "妊娠", "生まれ", "授乳", "期限ものさし", "おめでとう")


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
def test_loss(portal: Portal, zushi: Municipality, meet: Meet, window: Window) -> None:
    portal.move_clock_to("2026-06-01 10:00")
    entitlement = factories.EntitlementFactory(
        municipality=zushi, birth__household__citizen__email=MOTHER, birth__born_on=dt.date(2026, 5, 1)
    )
    booked(entitlement, "day_service", dt.date(2026, 6, 2))
    booked(entitlement, "home_visit", dt.date(2026, 6, 10))
    oki = given.centre_colleague(zushi, "oki@example.jp", role="centre", name="沖")
    mother, nurse = meet("loss-mother", window), meet("loss-nurse", window)

    signing_in.has_signed_in(mother, MOTHER)
    tells_it(mother)
    mother.presses("お知らせを取り消す")
    mother.opens("/zushi/my/")
    mother.sees("期限ものさし", "生まれた日と使える期間")
    tells_it(mother)
    her_pages_are_quiet(mother)
    she_gives_up_what_is_closed(mother)

    signing_in.has_signed_in(nurse, oki.email)
    nurse.opens("/zushi/centre/")
    nurse.sees("お知らせ", "お電話をご希望")
    nurse.presses("電話をした")
    nurse.misses("お電話をご希望")
    mother.opens("/zushi/my/loss/")
    mother.sees("お知らせを読みました", "お電話ください")
    mother.misses("お知らせを取り消す")


def booked(entitlement: Any, service: str, day: dt.date) -> None:
    """Asked for, and taken by うみかぜ助産院."""
    at = dt.datetime(2026, 5, 25, 9, tzinfo=clock.TOKYO)
    chosen = offering(entitlement.municipality, service, "umikaze-josanin")
    by_facility = factories.StaffMembershipFactory(facility=chosen.facility).user
    with tenant(municipality=entitlement.municipality_id):
        booking = request_booking(
            entitlement,
            chosen,
            first_day=day,
            last_day=day,
            arrival=dt.time(10),
            hours=None,
            note="",
            form_token=f"journey-{entitlement.pk}-{service}",
            by=entitlement.citizen,
            at=at,
        )
        confirm(booking, by=by_facility, at=at)


def tells_it(mother: Person) -> None:
    """From the list of notices; a forgotten day is asked for once more, gently."""
    mother.opens("/zushi/my/")
    mother.follows("つらいできごとがあったとき")
    mother.presses("知らせる")
    mother.sees("だいたいの日を入れてください")
    mother.writes_day("いつのことでしたか", "R8", "5", "28")
    mother.chooses("電話がほしい")
    mother.presses("知らせる")
    mother.sees("お知らせを受け取りました", "センターから、お電話します", "訪問型")
    mother.misses("通所型", *NEVER)


def her_pages_are_quiet(mother: Person) -> None:
    for path in ("my/", "my/birth/", "my/bookings/", "my/letters/", "about/counselling/"):
        mother.opens(f"/zushi/{path}")
        mother.misses(*NEVER)
    mother.opens("/zushi/my/")
    mother.sees("6月2日(火)の予約は、お使いいただけなくなりました", "次の予定", "お使いいただけるもの")
    mother.follows("予約のページを見る")
    mother.sees("訪問型", "日を選ぶ")
    mother.misses("通所型", "宿泊型", *NEVER)


def she_gives_up_what_is_closed(mother: Person) -> None:
    """After the deadline of the day before, and free all the same."""
    mother.opens("/zushi/my/")
    mother.follows("予約を見る")
    mother.sees("お使いいただけなくなりました", "お金はかかりません")
    mother.follows("取り消す")
    mother.misses(*NEVER)
    mother.presses("取り消して1日分を戻す")
    mother.sees("取り消し")
    mother.misses(*NEVER)
