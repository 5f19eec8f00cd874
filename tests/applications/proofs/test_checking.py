"""What the centre looked up: kept with who and when, asked for before a decision, told to her in plain words."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from applications.models import OfficialCheck
from applications.services.checking import record_check
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import cases, factories
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def test_a_look__is_kept_once_and_told_to_her_without_its_content(kodaira: Municipality, nurse: Any) -> None:
    application = cases.heard(kodaira, nurse)
    staff = Person(nurse)
    staff.opens(f"/kodaira/centre/cases/{application.number}/")
    staff.sees("決定の前に確かめること", "住所(住民基本台帳)")
    staff.chooses("住民基本台帳")
    staff.chooses("申請とちがう")
    staff.presses("確かめたことを記録する")
    staff.sees("何を見て、どうちがったか")
    staff.writes("見たこと", "番地が申請とちがう")
    staff.presses("確かめたことを記録する")
    staff.sees("確かめたことを記録しました", "番地が申請とちがう", "住所(住民基本台帳)")

    said = {"kind": "residence", "result": "confirmed", "by": nurse, "at": clock.now()}
    assert record_check(application, **said) == record_check(application, **said)
    staff.opens(f"/kodaira/centre/cases/{application.number}/")
    staff.misses("決定の前に確かめること")
    assert [row.result for row in OfficialCheck.objects.all()] == ["differs", "confirmed"]
    assert Event.objects.filter(verb="record.checked", citizen_id=application.citizen_id).count() == 2

    mother = Client()
    mother.force_login(application.citizen)
    page = mother.get("/kodaira/my/access/").content.decode()
    assert "住所や課税の記録を確かめました" in page
    assert "番地" not in page
    with pytest.raises(PermissionDenied):
        record_check(application, **{**said, "by": application.citizen})


def test_taxes__are_looked_up_only_with_the_consent_that_the_programme_asks_for(kumagaya: Municipality) -> None:
    clerk = factories.MembershipFactory(municipality=kumagaya, role="centre").user
    agreed, silent = (
        cases.heard(kumagaya, clerk, household_class="tax_exempt", agreed=consent)
        for consent in (["inquiry_consent"], [])
    )
    staff = Person(clerk)
    staff.opens(f"/kumagaya/centre/cases/{agreed.number}/")
    staff.sees("照会についての世帯全員の同意", "同意あり", "市民税非課税世帯であること")
    staff.opens(f"/kumagaya/centre/cases/{silent.number}/")
    staff.sees("同意なし(台帳は見ません)")
    staff.misses("市民税非課税世帯であること")
    staff.chooses("課税台帳")
    staff.picks("何年度の課税か", "令和7年度")
    staff.chooses("確かめられた")
    staff.presses("確かめたことを記録する")
    staff.sees("照会への同意がないので")
    assert not OfficialCheck.objects.exists()
