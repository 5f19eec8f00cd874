"""Who is in charge: several cases at once, told who was faster. And the views of the list that somebody keeps."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from applications.models import Application, SavedView
from applications.services.assigning import NotTheirWork, TakenByAnother, give_back, hand_over, take_on
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.cases import again, handed_in, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
URL = "/kodaira/centre/"


@pytest.fixture
def staff(nurse) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


def picks(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="pick" value="')[1:]]


def assign(client: Client, pick: list[str], **data: object) -> str:
    sent = {"pick": pick, "narrowed": "state=open&charge=-", **data}
    return client.post(f"{URL}assign/", sent, follow=True).content.decode()


def test_take_on_and_give_back__change_all_that_are_ticked_and_lead_back_to_the_same_list(kodaira, nurse, staff):
    handed_in(kodaira)
    handed_in(kodaira)
    ticked = picks(staff.get(URL).content.decode())
    page = assign(staff, ticked, deed="take_on")
    assert "2件の担当になりました。" in page
    assert '<option value="-" selected>未定</option>' in page
    assert {row.assignee for row in Application.objects.all()} == {nurse}

    assert "2件の担当をはずしました。" in assign(staff, picks(staff.get(URL).content.decode()), deed="give_back")
    assert {row.assignee for row in Application.objects.all()} == {None}
    verbs = Event.objects.filter(verb__startswith="application.").values_list("verb", flat=True)
    assert sorted(verbs) == ["application.given_back"] * 2 + ["application.taken_on"] * 2


def test_assign__tells_who_was_faster_and_does_the_others(kodaira, nurse, decider, staff):
    first, second, closed = handed_in(kodaira), handed_in(kodaira), handed_in(kodaira)
    ticked = picks(staff.get(URL).content.decode())
    take_on(again(first), by=decider, at=clock.now())
    Application.objects.filter(pk=closed.pk).update(status="withdrawn")
    page = assign(staff, ticked, deed="take_on")
    assert f"{first.number}は、先に田中さんが担当になりました。" in page
    assert f"{closed.number}は、もう決定されたか、取り下げられています。" in page
    assert "1件の担当になりました。" in page
    assert (again(first).assignee, again(second).assignee) == (decider, nurse)


def test_hand_over__goes_to_colleagues_of_this_centre_who_work_here_and_to_nobody_else(
    kodaira, kumagaya, nurse, decider, staff
):
    application = heard(kodaira, nurse)
    elsewhere = factories.MembershipFactory(municipality=kumagaya, user__display_name="よその人").user
    auditor = factories.MembershipFactory(municipality=kodaira, role="auditor", user__display_name="監査の人").user
    gone = factories.MembershipFactory(municipality=kodaira, user__is_active=False, user__display_name="前の人").user
    page = staff.get(URL).content.decode()
    assert f'<option value="{decider.pk}">田中</option>' in page
    ticked = picks(page)
    for stranger in (elsewhere, auditor, gone, application.citizen):
        assert stranger.display_name not in page or stranger == application.citizen
        assign(staff, ticked, deed="hand_over", to=stranger.pk)
        with pytest.raises(NotTheirWork):
            hand_over(again(application), to=stranger, by=nurse, at=clock.now())
        assert again(application).assignee == nurse
    assert "渡す人を選んでください。" in assign(staff, ticked, deed="hand_over")
    assert "申請を選んでください。" in assign(staff, [], deed="take_on")
    assert "1件を田中さんに渡しました。" in assign(staff, ticked, deed="hand_over", to=decider.pk)
    assert again(application).assignee == decider
    assert Event.objects.get(verb="application.assigned").data == {"to": decider.pk}


def test_services__compare_who_was_in_charge_as_it_was_seen_and_let_nobody_touch_her_own(kodaira, nurse, decider):
    application = handed_in(kodaira)
    seen = again(application)
    take_on(again(application), by=nurse, at=clock.now())
    with pytest.raises(TakenByAnother) as faster:
        take_on(seen, by=decider, at=clock.now())
    assert faster.value.colleague == nurse
    with pytest.raises(TakenByAnother):
        give_back(_as_seen(application, decider), by=nurse, at=clock.now())
    take_on(seen, by=nurse, at=clock.now())  # sent twice: it is hers already
    assert Event.objects.filter(verb="application.taken_on").count() == 1

    own = handed_in(kodaira, household__citizen=nurse)
    with pytest.raises(PermissionDenied):
        take_on(again(own), by=nurse, at=clock.now())
    with pytest.raises(NotTheirWork):
        hand_over(again(own), to=nurse, by=decider, at=clock.now())


def test_auditor__sees_the_list_and_can_tick_nothing(kodaira, nurse):
    application = handed_in(kodaira)
    auditor = Client()
    auditor.force_login(factories.MembershipFactory(municipality=kodaira, role="auditor").user)
    page = auditor.get(URL).content.decode()
    assert application.number in page
    assert picks(page) == []
    assert "担当を渡す" not in page
    assert auditor.post(f"{URL}assign/", {"pick": f"{application.number}/", "deed": "take_on"}).status_code == 404


def test_decided_cases__that_were_found_offer_nothing_to_tick(kodaira, staff):
    handed_in(kodaira, status="withdrawn")
    page = staff.get(URL, {"q": "たかはし"}).content.decode()
    assert len(picks(page)) == 0 < page.count("取り下げ")
    assert "担当を渡す" not in page


def test_saved_view__opens_with_one_press_keeps_no_words_and_is_ones_own(kodaira, nurse, decider, staff):
    kept = {"name": "わたしの電話", "state": "call", "office": "", "charge": "mine", "narrowed": "", "words": "髙橋"}
    page = staff.post(f"{URL}views/", kept, follow=True).content.decode()
    assert '<a class="btn line tight" href="?state=call&amp;office=&amp;charge=mine#list">わたしの電話</a>' in page
    (view,) = SavedView.objects.values("user_id", "state", "office", "charge")
    assert view == {"user_id": nurse.pk, "state": "call", "office": "", "charge": "mine"}

    staff.post(f"{URL}views/", {**kept, "state": "new"})
    assert SavedView.objects.get().state == "new"
    other = Client()
    other.force_login(decider)
    assert "わたしの電話" not in other.get(URL).content.decode()
    other.post(f"{URL}views/{SavedView.objects.get().pk}/drop/")
    assert SavedView.objects.exists()
    staff.post(f"{URL}views/{SavedView.objects.get().pk}/drop/")
    assert not SavedView.objects.exists()


def test_saved_view__is_refused_beyond_the_most_and_with_a_name_too_long(staff):
    for number in range(SavedView.MOST):
        staff.post(f"{URL}views/", {"name": f"絞り込み{number}", "state": "open"})
    page = staff.post(f"{URL}views/", {"name": "もう一つ", "state": "open"}, follow=True).content.decode()
    assert "保存できるのは8個までです" in page
    assert "20字までにしてください" in staff.post(f"{URL}views/", {"name": "あ" * 21}, follow=True).content.decode()
    assert SavedView.objects.count() == SavedView.MOST


def _as_seen(application: Application, assignee) -> Application:
    row = again(application)
    row.assignee = assignee
    return row
