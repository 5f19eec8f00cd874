"""The centre gives an application back, and takes the return back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from applications.models import Application, Correction, Hearing
from applications.selectors.narrowing import Narrowing
from applications.selectors.worklist import STATES, Desk
from applications.services import assigning, deciding, screening
from applications.services.correcting import resubmit, save_correction
from applications.services.returning import NothingMarked, NotReturned, return_for_correction, take_return_back
from applications.services.submission import withdraw
from applications.steps import Step
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Mail
from tests.cases import FULL_GRANT, again, handed_in, heard

from .conftest import MESSAGE, Corrector, returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def case_page(application: Application, by: Any, name: str = "pages:case") -> tuple[Client, str]:
    client = Client()
    client.force_login(by)
    return client, reverse(name, kwargs={"slug": "kodaira", "number": application.number})


def test_return__tells_her_without_saying_what_is_marked(kodaira: Municipality, nurse: Any) -> None:
    application = handed_in(kodaira)

    correction = returned(application, nurse, condition=["needs_medical_care_0"])

    row = again(application)
    assert (row.status, row.assignee) == ("returned", nurse)
    assert (correction.number, correction.stood, correction.returned_from) == (1, row.answers, "submitted")
    mail = Mail.objects.get(kind="correction_asked")
    assert f"/kodaira/my/applications/{row.number}/correct/" in mail.text
    for told in (MESSAGE, "医療", "needs_medical_care"):
        assert told not in mail.text
    assert Event.objects.get(verb="application.returned").data == {"correction": correction.pk}


@pytest.mark.parametrize("status", ["submitted", "screening", "resubmitted", "recommended"])
def test_take_back__leads_to_where_the_case_stood(kodaira: Municipality, nurse: Any, status: str) -> None:
    application = handed_in(kodaira, status=status)
    returned(application, nurse)

    take_return_back(again(application), by=nurse, at=clock.now())
    assert again(application).status == ("recommended" if status == "recommended" else "screening")
    assert not Correction.objects.get().is_open
    with pytest.raises(NotReturned):
        take_return_back(again(application), by=nurse, at=clock.now())


def test_take_back__is_too_late_once_she_has_answered(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse)
    corrector.corrects(Step.PERSON)
    corrector.hands_in_again()

    with pytest.raises(NotReturned):
        take_return_back(corrector.application, by=nurse, at=clock.now())


@pytest.mark.parametrize("status", ["approved", "refused", "withdrawn", "returned"])
def test_return__is_for_what_is_open_and_not_returned(kodaira: Municipality, nurse: Any, status: str) -> None:
    application = handed_in(kodaira, status=status)
    with pytest.raises(TransitionNotAllowed):
        returned(application, nurse)


@pytest.mark.parametrize("marks", [{}, {"person": []}, {"person": ["shoe_size"]}, {"wishes": ["postcode"]}])
def test_return__marks_answers_that_she_has_given(kodaira: Municipality, nurse: Any, marks: Any) -> None:
    application = handed_in(kodaira)
    with pytest.raises(NothingMarked):
        return_for_correction(application, marks=marks, message=MESSAGE, by=nurse, at=clock.now())
    assert again(application).status == "submitted"


def test_return__is_nobodys_work_on_their_own_application(kodaira: Municipality, mother: Any, nurse: Any) -> None:
    with pytest.raises(PermissionDenied):
        returned(handed_in(kodaira), mother)
    with pytest.raises(PermissionDenied):
        returned(handed_in(kodaira, household__citizen=nurse), nurse)


def test_two_who_return_at_once__one_is_told_so(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    application = handed_in(kodaira)
    first, second = again(application), again(application)
    returned(first, nurse)
    with pytest.raises(TransitionNotAllowed):
        returned(second, decider)
    assert Correction.objects.count() == Mail.objects.filter(kind="correction_asked").count() == 1


def test_return_and_decision_at_once__the_first_stands(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    application = heard(kodaira, nurse)
    page = again(application)
    returned(application, decider)
    with pytest.raises(deciding.NotToBeDecided):
        deciding.approve(page, by=decider, at=clock.now(), **FULL_GRANT)

    decided = heard(kodaira, nurse)
    page = again(decided)
    deciding.approve(decided, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    with pytest.raises((TransitionNotAllowed, Overtaken)):
        returned(page, nurse)
    assert again(decided).status == "approved"


def test_constraints__one_open_answered_or_dropped_with_a_message(kodaira: Municipality, nurse: Any) -> None:
    application = handed_in(kodaira)
    one = returned(application, nurse)
    row = {"municipality": kodaira, "application": application, "marks": {}, "asked_at": clock.now(), "asked_by": nurse}
    broken: dict[str, dict[str, Any]] = {
        "one_open_correction_per_application": {"number": 2, "message": MESSAGE},
        "corrections_are_counted": {"number": 1, "message": MESSAGE, "dropped_at": clock.now()},
        "correction_is_answered_or_dropped": {
            "number": 2,
            "message": MESSAGE,
            "dropped_at": clock.now(),
            "answered_at": clock.now(),
        },
        "correction_says_why": {"number": 2, "message": "", "dropped_at": clock.now()},
    }
    sqlite = {
        "one_open_correction_per_application": "UNIQUE.*application_id",
        "corrections_are_counted": "UNIQUE.*number",
    }
    for name, exception in broken.items():
        with pytest.raises(IntegrityError, match=f"{name}|{sqlite.get(name, name)}"), transaction.atomic():
            Correction.objects.create(**{**row, **exception})
    assert one.is_open
    sentences = {item.name: str(item.get_violation_error_message()) for item in Correction._meta.constraints}
    assert sentences["one_open_correction_per_application"] == "この申請は、もう差し戻しています。"


def test_hearing__stays_and_waits_while_it_is_with_her(kodaira: Municipality, nurse: Any) -> None:
    application = heard(kodaira, nurse)
    returned(application, nurse)

    assert Hearing.objects.get(application=application).recommendation == "approve"
    client, address = case_page(application, nurse, "applications:hearing")
    sent = {"consent": "on", "recommendation": "approve"}
    answer = client.post(address, sent, follow=True).content.decode()
    assert "差し戻しています。本人が直して出すか、差し戻しをやめると進められます。" in answer
    screening.record_call(again(application), by=nurse, at=clock.now(), reached=True)
    assert again(application).status == "returned"


def test_case_page__returns_says_what_is_missing_and_takes_back(kodaira: Municipality, nurse: Any) -> None:
    application = handed_in(kodaira)
    client, address = case_page(application, nurse, "applications:return_case")

    emoji = client.post(address, {"mark_person": ["postcode"], "message": "住所を🦊書いてください"}).content.decode()
    assert "「🦊」(U+1F98A)は、表示できないことがあります。" in emoji
    unmarked = client.post(address, {"message": MESSAGE}).content.decode()
    assert "直してほしいところに、1つ以上印をつけてください" in unmarked
    assert MESSAGE in unmarked
    long = client.post(address, {"mark_person": ["postcode"], "message": "あ" * 501}).content.decode()
    assert "500字までにしてください。" in long
    assert not Correction.objects.exists()

    page = client.post(address, {"mark_person": ["postcode"], "message": MESSAGE}, follow=True).content.decode()
    for words in ("差し戻しています", MESSAGE, "直してほしいところ: 住所", "差し戻しをやめる"):
        assert words in page
    back = client.post(case_page(application, nurse, "applications:take_return_back")[1], follow=True)
    assert "差し戻しをやめました。" in back.content.decode()


def test_worklist__counts_what_is_with_her_and_what_came_back(corrector: Corrector, nurse: Any) -> None:
    def counted() -> dict[str, int]:
        return {tab.code: tab.count for tab in Desk(now=clock.now()).tabs(Narrowing()) if tab.count}

    returned(corrector.application, nurse)
    assert counted() == {"open": 1, "returned": 1}
    corrector.corrects(Step.PERSON)
    corrector.hands_in_again()
    assert counted() == {"open": 1, "back": 1}
    assert [entry.state for entry in Desk(now=clock.now()).page(Narrowing("back"))] == ["back"]
    assert {state.code for state in STATES} > {"back", "returned"}


def test_withdraw__of_what_was_returned_ends_the_correction(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse)
    corrector.corrects(Step.PERSON, address="別の住所")

    withdraw(corrector.application, by=corrector.user, at=clock.now())
    assert corrector.application.status == "withdrawn"
    assert (corrector.correction.is_open, corrector.correction.answers) == (False, {})
    assert Desk(now=clock.now()).tabs(Narrowing())[0].count == 0


@pytest.mark.parametrize("status", sorted(Application.OPEN))
def test_withdraw__is_possible_from_every_open_state(kodaira: Municipality, nurse: Any, status: str) -> None:
    application = handed_in(kodaira, status=status)
    mother = Client()
    mother.force_login(application.citizen)
    address = reverse("applications:withdraw", kwargs={"slug": "kodaira", "number": application.number})
    asked = mother.get(address).content.decode()
    assert "この申請の審査は終わります" in asked
    assert ("直している途中のものは消えます" in asked) == (status == "returned")

    page = mother.post(address, follow=True).content.decode()
    assert "もういちど申請する" in page
    assert "前に入力したものが入っています" in page
    home = mother.get(reverse("pages:my_page", kwargs={"slug": "kodaira"})).content.decode()
    assert "使いたくなったら、もういちど申請できます" in home
    assert "前に出した内容をもとに" in Mail.objects.get(kind="application_withdrawn").text
    with pytest.raises(screening.NotOpen):
        assigning.take_on(again(application), by=nurse, at=clock.now())


def test_services__know_whose_application_it_is(kodaira: Municipality, nurse: Any) -> None:
    application = handed_in(kodaira)
    returned(application, nurse)
    with pytest.raises(PermissionDenied):
        save_correction(again(application), Step.PERSON, {}, typed={}, by=nurse, at=clock.now())
    with pytest.raises(PermissionDenied):
        resubmit(again(application), by=nurse, at=clock.now())
