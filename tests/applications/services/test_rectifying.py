"""What the centre puts right of what a mother wrote: kept before and after, told without values, judged anew."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Amendment, Application, Birth, Household, Pool, Rectification
from applications.selectors.case import case_of
from applications.selectors.handed_in import handed_in as rows_of
from applications.selectors.rectifications import rectified, stands
from applications.services.deciding import approve
from applications.services.rectifying import ChangedMeanwhile, NothingRectified, NotRectifiable, rectify
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.cases import again, full_grant, handed_in, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


@pytest.fixture
def application(kodaira):
    return handed_in(kodaira)


def puts_right(application: Any, by: Any, *, stood: dict[str, Any] | None = None, **after: Any) -> Rectification:
    row = again(application)
    shown = stands(row, rows_of(row).terms)
    return rectify(
        row, {**shown, **after}, stood={**shown, **(stood or {})}, reason="電話で聞いた", by=by, at=clock.now()
    )


def test_rectify__keeps_before_and_after_and_lets_the_new_hold(application, nurse):
    before = application.birth.household.name
    puts_right(application, nurse, name="髙橋 﨑子", services=["day_service"], birth_date="1994-02-03")

    row = again(application)
    household = Household.objects.get()
    assert (household.name, household.birth_date) == ("髙橋 﨑子", dt.date(1994, 2, 3))
    assert row.answers["person"]["clean"]["name"] == "髙橋 﨑子"
    assert row.answers["wishes"]["clean"]["services"] == ["day_service"]
    (told,) = rectified(row, rows_of(row).terms)
    assert told.changes[0].before == before
    assert [change.label for change in told.changes] == ["氏名", "生年月日", "使いたいもの"]
    assert [change.after for change in told.changes] == ["髙橋 﨑子", "平成6年2月3日", "日帰り型"]


def test_rectify__tells_her_without_saying_what(application, nurse):
    puts_right(application, nurse, phone="090-1111-2222")
    mail, event = Mail.objects.get(kind="rectified"), Event.objects.get(verb="application.rectified")
    assert mail.to == application.citizen.email
    assert "090-1111-2222" not in str(vars(mail)) + str(event.data)
    assert event.data == {"fields": ["phone"]}


def test_rectify__judges_anew(application, nurse):
    found = case_of(application.number, on=clock.today())
    puts_right(application, nurse, due_date="2026-08-30")
    anew = case_of(application.number, on=clock.today())
    assert found
    assert anew
    assert found.assessment.opens_on != anew.assessment.opens_on


def test_rectify__after_the_decision_moves_limits_and_drafts_a_change(request):
    okayama = request.getfixturevalue("okayama")
    staff = factories.MembershipFactory(municipality=okayama, role="centre").user
    lead = factories.MembershipFactory(municipality=okayama, role="decider").user
    application = heard(okayama, staff)
    approve(application, by=lead, at=clock.now(), **full_grant(okayama))
    before = dict(Pool.objects.values_list("code", "limit"))
    assert "services" not in stands(again(application), rows_of(again(application)).terms)
    puts_right(application, staff, children=2)
    assert Birth.objects.get().children == 2
    assert dict(Pool.objects.values_list("code", "limit")) != before
    assert Amendment.objects.filter(issued_at=None).exists()


def test_rectify__of_nothing_or_of_what_changed_meanwhile_is_refused(application, nurse):
    with pytest.raises(NothingRectified):
        puts_right(application, nurse)
    puts_right(application, nurse, kana="たかはし")
    with pytest.raises(ChangedMeanwhile):
        puts_right(application, nurse, stood={"kana": "ふるい"}, kana="べつの")
    puts_right(application, nurse, stood={"kana": "ふるい"}, phone="090-1111-2222")  # another field is no conflict
    assert Rectification.objects.count() == 2


@pytest.mark.parametrize("status", ["returned", "refused", "withdrawn"])
def test_rectify__is_not_for_what_is_with_her_or_closed(kodaira, nurse, status):
    application = handed_in(kodaira)
    Application.objects.filter(pk=application.pk).update(status=status)
    with pytest.raises(NotRectifiable):
        puts_right(application, nurse, kana="たかはし")


def test_rectify__is_not_for_her_own_application(kodaira, nurse):
    with pytest.raises(PermissionDenied):
        puts_right(handed_in(kodaira, household__citizen=nurse), nurse, kana="たかはし")


def test_rectify__after_a_loss_shows_nothing_of_a_child(kodaira, nurse):
    application = handed_in(kodaira)
    puts_right(application, nurse, children=2, kana="たかはし")
    Birth.objects.update(outcome="lost", ended_on=dt.date(2026, 3, 1))
    row = again(application)
    assert {"children", "due_date"}.isdisjoint(stands(row, rows_of(row).terms))
    assert [change.label for told in rectified(row, rows_of(row).terms) for change in told.changes] == ["ふりがな"]
