"""She corrects what was returned: nothing typed is lost, and the centre sees it when she hands it in."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, Birth, Document, Household, HouseholdClass, Letter
from applications.selectors.case import case_of
from applications.services import correcting
from applications.services.returning import take_return_back
from applications.services.submission import Incomplete, withdraw
from applications.steps import Step
from postpartum_portal.accounts.unsent import whose_page
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests.applications.apply.posts import COMPLETE, photo
from tests.factories import UserFactory

from .conftest import MESSAGE, Corrector, changes, returned

pytestmark = pytest.mark.usefixtures("all_tenants")

ADDRESS = "小平市小川町9-9"


def test_step__comes_back_as_typed_when_the_session_had_ended(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse)
    corrector.client.logout()

    sent = {**COMPLETE[Step.PERSON], "address": ADDRESS, "phone": "12", "whose": whose_page(corrector.user.pk)}
    corrector.client.post(corrector.correct_url(Step.PERSON), sent)
    corrector.client.force_login(corrector.user)
    page = corrector.client.get(corrector.correct_url(Step.PERSON), follow=True).content.decode()

    assert "ログインが切れる前に書いたものを、もどしました。" in page
    assert f'value="{ADDRESS}"' in page
    assert corrector.correction.answers["person"]["typed"]["phone"] == ["12"]


def test_pages__lead_from_my_page_to_the_marked_answer(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse, person=["postcode"], condition=["trouble"])

    home = corrector.client.get(reverse("pages:my_page", kwargs={"slug": "kodaira"})).content.decode()
    assert "直してほしいところがあります" in home
    assert corrector.correct_url() in home
    page = corrector.page()
    for words in (MESSAGE, "住所", "困っていること", f"{corrector.correct_url(Step.PERSON)}#id_postcode"):
        assert words in page
    step = corrector.page(Step.PERSON)
    assert MESSAGE in step
    assert step.count("直してほしいところ</b>") == 2  # the postcode, and the address in the same line
    assert 'value="髙橋 﨑子"' in step
    assert corrector.client.get(corrector.correct_url(Step.WISHES)).status_code == 404
    assert corrector.client.get(corrector.url("correct_review", number=corrector.number)).url == corrector.correct_url()


def test_what_she_types__is_kept_and_seen_by_nobody_else(corrector: Corrector, nurse: Any) -> None:
    application = corrector.application
    returned(application, nurse)

    wrong = corrector.corrects(Step.PERSON, address=ADDRESS, phone="12")
    assert "数字が足りません" in wrong.content.decode()
    other_device = Corrector(corrector.user, "kodaira").page(Step.PERSON)
    assert f'value="{ADDRESS}"' in other_device
    assert 'value="12"' in other_device
    corrector.corrects(Step.PERSON, address=ADDRESS)

    asked = corrector.page()
    assert asked.index("直す前") < asked.index("𠮷田荘") < asked.index("直したあと") < asked.index(ADDRESS)
    assert corrector.application.answers == application.answers
    assert Household.objects.get().address != ADDRESS
    case = case_of(application.number, on=clock.today())
    assert case
    assert ADDRESS not in str(case.sections)


def test_resubmit__writes_what_changed_once_and_keeps_number_and_place(corrector: Corrector, nurse: Any) -> None:
    first = corrector.application
    returned(first, nurse)
    corrector.corrects(Step.PERSON, address=ADDRESS)

    review = corrector.client.get(corrector.url("correct_review", number=corrector.number)).content.decode()
    assert review.index("直す前") < review.index("小平市学園東町") < review.index("直したあと") < review.index(ADDRESS)
    for _ in range(2):
        corrector.hands_in_again()

    row = corrector.application
    assert (row.status, row.number, row.submitted_at) == ("resubmitted", first.number, first.submitted_at)
    assert Household.objects.get().address == ADDRESS
    assert changes(corrector) == [
        ("住所", "〒187-0043 小平市学園東町１－２－３ 𠮷田荘", f"〒187-0043 {ADDRESS}"),
    ]
    assert (corrector.correction.answers, corrector.correction.stood) == ({}, first.answers)
    assert Mail.objects.filter(kind="application_resubmitted").count() == 1
    assert Event.objects.filter(verb="application.resubmitted").count() == 1
    status = corrector.client.get(corrector.url("done", number=row.number)).content.decode()
    assert "直したものを受け付けました" in status


def test_case_page__shows_what_changed_with_its_times(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse)
    corrector.corrects(Step.PERSON, address=ADDRESS)
    corrector.hands_in_again()

    staff = Client()
    staff.force_login(nurse)
    page = staff.get(reverse("pages:case", kwargs={"slug": "kodaira", "number": corrector.number})).content.decode()
    assert "再提出" in page
    assert "1回目・" in page
    told = page.partition("直したところ")[2]
    assert told.index(MESSAGE) < told.index("𠮷田荘") < told.index(ADDRESS)
    assert "直したものが届きました" in page


def test_resubmit__wants_every_marked_step(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse, person=["postcode"], wishes=["services_0"])
    corrector.corrects(Step.PERSON)
    with pytest.raises(Incomplete) as refused:
        correcting.resubmit(corrector.application, by=corrector.user, at=clock.now())
    assert refused.value.steps == (Step.WISHES,)


def test_a_return_taken_back__leaves_nothing_to_answer_and_keeps_what_she_wrote_for_her(
    corrector: Corrector, nurse: Any
) -> None:
    returned(corrector.application, nurse, person=["postcode"], condition=["trouble"])
    corrector.corrects(Step.PERSON, address=ADDRESS, phone="12")  # not complete
    take_return_back(corrector.application, by=nurse, at=clock.now())

    mail = Mail.objects.get(kind="correction_dropped")
    assert corrector.url("done", number=corrector.number) in mail.text
    assert ADDRESS not in mail.text
    late = corrector.corrects(Step.CONDITION, trouble="腰がいたいです。")
    for answer in (late, corrector.client.get(corrector.correct_url())):
        assert answer.url == corrector.url("done", number=corrector.number)
    page = corrector.hands_in_again().content.decode()
    for words in ("直していただくことは、いまはありません。", ADDRESS, "腰がいたいです。", "届いていません"):
        assert words in page
    box = corrector.client.get(f"{corrector.url('messages')}?unsent={corrector.number}").content.decode()
    assert "直したいです。\n住所: " in box  # her name is the same, in whatever width its reading was typed
    assert ADDRESS in box

    case = case_of(corrector.number, on=clock.today())
    assert case
    assert ADDRESS not in str((case.sections, case.corrections, Household.objects.get().address))
    withdraw(corrector.application, by=corrector.user, at=clock.now())
    assert corrector.correction.changes == []


# papers

PAPER = "tax_exemption_certificate"
WAIVED = {"household_class": "tax_exempt", "members": "2"}


@pytest.fixture
def with_papers(mother: Any, media: Any) -> Corrector:
    """She asked for the exemption with two pages, and the class has its proof."""
    found = Corrector(mother, "kodaira")
    papers = [photo("夫.jpg", shade=10), photo("妻.jpg", shade=20)]
    found.fill_in(household={**WAIVED, "proof_tax_exempt": papers})
    found.submit()
    assert [row.proof for row in HouseholdClass.objects.all()] == [PAPER]
    return found


def test_papers__are_replaced_when_she_hands_in_again(with_papers: Corrector, nurse: Any) -> None:
    returned(with_papers.application, nurse, household=["proof_tax_exempt"])
    old = Document.objects.get(original_name="妻.jpg")
    with_papers.corrects(Step.HOUSEHOLD, **WAIVED, remove=str(old.pk))
    with_papers.corrects(Step.HOUSEHOLD, **WAIVED, proof_tax_exempt=photo("妻2.jpg", shade=30))
    page = with_papers.page(Step.HOUSEHOLD)
    assert ("妻2.jpg" in page, "妻.jpg" in page) == (True, False)

    case = case_of(with_papers.number, on=clock.today())
    assert case
    assert [paper.original_name for paper in case.documents] == ["夫.jpg", "妻.jpg"]
    staff = Client()
    staff.force_login(nurse)
    held = Document.objects.get(status="held")
    assert staff.get(reverse("applications:document", args=["kodaira", held.pk, 1])).status_code == 404

    with_papers.hands_in_again()
    case = case_of(with_papers.number, on=clock.today())
    assert case
    assert [paper.original_name for paper in case.documents] == ["夫.jpg", "妻2.jpg"]
    assert changes(with_papers) == [("出した書類", "妻.jpg", "妻2.jpg")]
    assert Document.objects.get(pk=old.pk).status == "replaced"
    assert [row.proof for row in HouseholdClass.objects.all()] == [PAPER]


def test_papers__taken_out_are_proof_no_more(with_papers: Corrector, nurse: Any) -> None:
    returned(with_papers.application, nurse, household=["proof_tax_exempt"])
    old = Document.objects.get(original_name="妻.jpg")
    with_papers.corrects(Step.HOUSEHOLD, **WAIVED, remove=str(old.pk))
    with_papers.corrects(Step.HOUSEHOLD, **WAIVED, proof_tax_exempt_later="yes")
    with_papers.hands_in_again()

    assert [(row.code, row.proof) for row in HouseholdClass.objects.all()] == [("tax_exempt", "")]
    case = case_of(with_papers.number, on=clock.today())
    assert case
    assert case.proof
    assert case.proof.missing == 1


def test_papers__added_for_a_return_taken_back_are_handed_in(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse, household=["household_class_0"])
    corrector.corrects(Step.HOUSEHOLD, **WAIVED, proof_tax_exempt=photo(), go="add")
    assert Document.objects.get().status == "held"
    take_return_back(corrector.application, by=nurse, at=clock.now())
    assert Document.objects.get().status == "filed"


# after a loss


def test_after_a_loss__what_was_asked_before_it_is_not_shown(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse, birth=["due_date_year"])
    Birth.objects.update(outcome="lost", ended_on=dt.date(2026, 3, 4))

    assert corrector.client.get(corrector.correct_url()).url == corrector.url("done", number=corrector.number)
    home = corrector.client.get(reverse("pages:my_page", kwargs={"slug": "kodaira"})).content.decode()
    assert "直してほしいところ" not in home
    staff = Client()
    staff.force_login(nurse)
    page = staff.get(reverse("pages:case", kwargs={"slug": "kodaira", "number": corrector.number})).content.decode()
    assert MESSAGE not in page
    assert "お知らせの前に差し戻したので、いまは本人に見せていません。" in page


# applying again


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_applying_again__offers_what_she_told_before(corrector: Corrector, status: str) -> None:
    Application.objects.update(status=status)
    assert corrector.url("start") in corrector.client.get(corrector.url("done", number="R7-0001")).content.decode()

    again = Corrector(corrector.user, "kodaira")
    person, condition, wishes = (again.get(step).content.decode() for step in ("person", "condition", "wishes"))
    assert 'value="髙橋 﨑子"' in person
    assert 'name="call_times" value="morning" id="id_call_times_0" checked' in person
    assert "夜に眠れません。" in condition
    assert 'name="lacks_support" value="yes" id="id_lacks_support_0" checked' in condition
    assert 'value="midwife_visit" id="id_services_2" checked' in wishes
    assert "checked" not in again.get("consent").content.decode()
    again.post(Step.PERSON)
    assert Application.objects.filter(status="draft").count() == 1


def test_a_stranger__finds_no_correction(corrector: Corrector, nurse: Any) -> None:
    returned(corrector.application, nurse)
    stranger = Corrector(UserFactory(), "kodaira")
    for address in (corrector.correct_url(), corrector.correct_url(Step.PERSON)):
        assert stranger.client.get(address).status_code == 404
    assert not Letter.objects.exists()
