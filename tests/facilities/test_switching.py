"""証明書の切りかわり: who needs the new year's certificate, asked once, and what the bookings cost without it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from applications.models import Birth, Household
from applications.public import ask_for_certificates, switches
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.test_later_certificates import answers, approved, colleague, exempt, hands_in, in_may, read
from tests.facilities.walking import Family, mails
from tests.walks.person import Person

__all__ = ["exempt", "in_may"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LIST = "/kawasaki/centre/office/proofs/"


def test_the_switch__is_listed_with_its_arithmetic_asked_for_once_and_followed_to_the_end(
    exempt: tuple[Family, str], kawasaki: Municipality
) -> None:
    """W5: the night of 1 July needs fiscal 2026: 5,000 with it, 7,500 without."""
    household, number = exempt
    staff = Person(factories.MembershipFactory(municipality=kawasaki, role="centre").user)
    staff.opens("/kawasaki/centre/office/")
    staff.follows("証明書の切りかわり")
    staff.sees("4月から6月に使う分は前の年度の、7月から翌年3月に使う分はその年度の非課税証明書")
    staff.sees("令和7年度のもの", "令和8年度の非課税証明書", "まだ頼んでいない", "から「一般」")
    staff.sees("6月30日の宿泊型は、5,000円から7,500円になります。")
    staff.presses("選んだ方にお願いのメールを送る")
    staff.sees("メールを送る方に印をつけてください。")
    staff.chooses("まだ頼んでいない方すべて(1件)")
    staff.presses("選んだ方にお願いのメールを送る")
    staff.sees("1件のお願いのメール", "メールで頼んだ")
    staff.misses("選んだ方にお願いのメールを送る")

    with tenant(municipality=kawasaki.pk):
        acting: dict[str, Any] = {"by": staff.user, "at": clock.now()}
        assert ask_for_certificates(kawasaki, {number}, **acting) == 0
    assert len(mails(household, "certificate_due")) == 1

    hands_in(household)
    assert "届いた(確かめる)" in read(colleague(kawasaki), LIST)
    answers(colleague(kawasaki), household, number, "accept")
    done = read(colleague(kawasaki), LIST)
    assert "確かめた" in done
    assert "5,000円から7,500円" in done, "what the certificate spares her"
    assert "から「一般」" not in done


def test_a_mother_on_paper__is_listed_to_be_written_to_in_as_many_queries(
    exempt: tuple[Family, str], kawasaki: Municipality
) -> None:
    browser = colleague(kawasaki)
    read(browser, LIST)
    with CaptureQueriesContext(connection) as alone:
        read(browser, LIST)
    with scopes_disabled():
        said = {"name": "別の 方", "kana": "べつの かた", "birth_date": dt.date(1990, 1, 1), "phone": "080-1111-1111"}
        Household.objects.update(**said)
        Birth.objects.update(due_date=dt.date(2026, 4, 20), born_on=dt.date(2026, 4, 20))
    other, number = approved(kawasaki, fiscal_year=2025, kind="tax_exemption_certificate")
    other.books("short_stay", "2026-07-07", days=2)
    read(browser, LIST)
    with CaptureQueriesContext(connection) as together:
        read(browser, LIST)
    assert len(together) == len(alone)

    with tenant(municipality=kawasaki.pk):
        paper = next(
            item.application for item in switches(kawasaki, on=clock.today()) if item.application.number == number
        )
        paper.citizen = None
        paper.save(update_fields=["citizen"])
        asked = ask_for_certificates(
            kawasaki, {number}, by=factories.MembershipFactory(municipality=kawasaki).user, at=clock.now()
        )
    assert asked == 0
    assert "郵送で知らせる" in read(browser, LIST)
    assert not Mail.objects.filter(kind="certificate_due").exists()
