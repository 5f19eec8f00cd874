"""Handing in: what is written, when it is refused, and that a second tap changes nothing."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scopes_disabled

from applications.models import Application, Birth, Household, HouseholdClass
from applications.selectors.answers import typed_in
from applications.services import submission
from applications.services.drafts import AlreadySubmitted, save_step
from applications.steps import Step
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Job, Mail
from tests.factories import BirthFactory, UserFactory

from .conftest import Applicant
from .posts import photo

pytestmark = pytest.mark.usefixtures("all_tenants")


def test_submit__writes_household_class_birth_number_event_and_mail(applicant: Applicant) -> None:
    applicant.fill_in()

    answer = applicant.submit()

    application = applicant.application
    assert answer.url == applicant.url("done", number="R7-0001")
    assert (application.number, application.status) == ("R7-0001", "submitted")
    assert application.submitted_at == clock.now()
    household = Household.objects.get()
    assert (household.name, household.address) == ("髙橋 﨑子", "小平市学園東町１－２－３ 𠮷田荘")
    assert (household.phone, household.emergency_relation) == ("090-1234-5678", "夫")
    assert HouseholdClass.objects.get().code == "general"
    birth = Birth.objects.get()
    assert (birth.outcome, birth.due_date, birth.household) == ("expected", dt.date(2026, 4, 30), household)
    assert application.birth == birth
    assert Event.objects.filter(verb="application.submitted", subject_id=application.pk).count() == 1
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("hanako@example.jp", "申請を受け付けました(受付番号 R7-0001)")
    assert "/kodaira/my/applications/R7-0001/" in mail.text
    assert "髙橋" not in mail.text
    assert Job.objects.filter(kind="send_mail", subject_id=mail.pk).exists()


def test_submit__twice_makes_one_application_and_both_lead_to_it(applicant: Applicant) -> None:
    applicant.fill_in()
    pk = applicant.application.pk

    answers = [applicant.client.post(applicant.url("review"), {"application": pk}) for _ in range(2)]

    assert {answer.url for answer in answers} == {applicant.url("done", number="R7-0001")}
    assert (Application.objects.count(), Mail.objects.count()) == (1, 1)


def test_submit__of_a_second_draft_leads_to_the_one_being_examined(applicant: Applicant) -> None:
    """Opened in another tab in the instant in which the first was handed in."""
    applicant.fill_in()
    first = submission.submit(applicant.application, by=applicant.user, at=clock.now())
    second = Application.objects.create(
        municipality=first.municipality, citizen=applicant.user, answers=dict(first.answers)
    )

    assert submission.submit(second, by=applicant.user, at=clock.now()) == first
    assert Mail.objects.count() == 1


def test_submit__service_returns_what_the_first_call_made(applicant: Applicant) -> None:
    applicant.fill_in()
    stale = applicant.application

    numbers = {submission.submit(stale, by=applicant.user, at=clock.now()).number for _ in range(2)}

    assert numbers == {"R7-0001"}


def test_submit__before_32_weeks_says_from_when_and_keeps_everything(applicant: Applicant, clock_at: Any) -> None:
    clock_at.move_to("2026-03-04T23:59:59+09:00")
    applicant.fill_in()

    page = applicant.client.get(applicant.url("review")).content.decode()
    assert "3月5日(木)から申請できます(予定日 4月30日の56日前(32週0日))。" in page
    assert "入力したものは残っています。" in page
    assert "この内容で申請する" not in page
    assert applicant.submit().url == applicant.url("review")
    assert applicant.application.status == "draft"
    with pytest.raises(submission.NotOpenYet) as refused:
        submission.submit(applicant.application, by=applicant.user, at=clock.now())
    assert refused.value.window.opens_on == dt.date(2026, 3, 5)

    clock_at.move_to("2026-03-05T00:00:00+09:00")
    assert applicant.submit().url == applicant.url("done", number="R7-0001")


def test_submit__with_an_open_step_names_it(applicant: Applicant) -> None:
    applicant.fill_in()
    applicant.post(Step.CONSENT, consent_screening=None)

    page = applicant.client.get(applicant.url("review")).content.decode()
    assert "まだ入力が終わっていないところがあります。" in page
    assert "「同意」へ進む" in page
    assert applicant.submit().url == applicant.url("review")
    with pytest.raises(submission.Incomplete) as refused:
        submission.submit(applicant.application, by=applicant.user, at=clock.now())
    assert refused.value.steps == (Step.CONSENT,)


def test_submit__what_a_rule_is_against_does_not_hold_her_back(applicant: Applicant) -> None:
    applicant.fill_in(person={"resident": "no"}, condition={"lacks_support": "no", "unwell_or_anxious": "no"})

    page = applicant.client.get(applicant.url("review")).content.decode()
    assert page.count("満たしていません") >= 2
    assert applicant.submit().url == applicant.url("done", number="R7-0001")


def test_submit__without_certificates_warns_that_the_general_price_holds(applicant: Applicant) -> None:
    applicant.fill_in(household={"household_class": "tax_exempt", "proof_tax_exempt_later": "yes"})

    page = applicant.client.get(applicant.url("review")).content.decode()
    assert "証明書がそろうまで、料金は「一般」の額です。" in page
    applicant.submit()
    row = HouseholdClass.objects.get()
    assert (row.code, row.proof, row.starts_on) == ("tax_exempt", "", dt.date(2026, 3, 5))


def test_submit__with_all_certificates_gives_the_class_its_proof(applicant: Applicant) -> None:
    files = [photo("a.jpg", shade=10), photo("b.jpg", shade=20)]
    applicant.fill_in(household={"household_class": "tax_exempt", "proof_tax_exempt": files})

    assert "証明書がそろうまで" not in applicant.client.get(applicant.url("review")).content.decode()
    applicant.submit()
    assert HouseholdClass.objects.get().proof == "tax_exemption_certificate"


def test_submit__forgets_what_was_only_typed(applicant: Applicant) -> None:
    applicant.fill_in()
    applicant.submit()

    assert typed_in(applicant.application, Step.CONDITION) == {}


def test_submit__is_hers_alone(applicant: Applicant) -> None:
    applicant.fill_in()
    stranger = UserFactory()

    with pytest.raises(PermissionDenied):
        submission.submit(applicant.application, by=stranger, at=clock.now())
    answer = Applicant(stranger, "kodaira").client.post(
        applicant.url("review"), {"application": applicant.application.pk}
    )
    assert answer.status_code == 404
    assert applicant.application.status == "draft"


def test_submit__numbers_count_up_in_the_fiscal_year(applicant: Applicant, clock_at: Any) -> None:
    applicant.fill_in()
    applicant.submit()
    clock_at.move_to("2026-04-01T00:00:00+09:00")
    other = Applicant(UserFactory(), "kodaira")
    other.fill_in()

    assert other.submit().url == other.url("done", number="R8-0001")


def test_second_application__finds_the_same_birth_and_updates_the_household(applicant: Applicant) -> None:
    applicant.fill_in()
    applicant.submit()
    Application.objects.update(status="approved")
    birth = Birth.objects.get()

    page = applicant.get("birth").content.decode()
    assert f'value="earlier-{birth.pk}" id="id_stage_0" checked' in page
    assert 'value="髙橋 﨑子"' in applicant.get("person").content.decode()
    applicant.fill_in(birth={"stage": f"earlier-{birth.pk}"}, person={"phone": "042-346-3701"})
    draft = Application.objects.get(status="draft")
    applicant.client.post(applicant.url("review"), {"application": draft.pk})

    assert Birth.objects.count() == 1
    assert Application.objects.filter(birth=birth).count() == 2
    assert Household.objects.get().phone == "042-346-3701"
    assert HouseholdClass.objects.count() == 1


def test_second_application__cannot_count_the_same_pregnancy_twice(applicant: Applicant) -> None:
    applicant.fill_in()
    applicant.submit()
    Application.objects.update(status="approved")

    answer = applicant.post(Step.BIRTH, due_date_day="29")

    assert "出産予定日が令和8年4月30日の赤ちゃんの申請があります。" in answer.content.decode()


def test_another_womans_birth_cannot_be_named(applicant: Applicant, kodaira: Any) -> None:
    foreign = BirthFactory(municipality=kodaira)
    applicant.post(Step.BIRTH, stage=f"earlier-{foreign.pk}")

    assert not applicant.application.answers["birth"]["clean"]


def test_steps__lead_to_the_status_once_it_is_handed_in(applicant: Applicant) -> None:
    applicant.fill_in()
    applicant.submit()

    assert applicant.post(Step.PERSON, name="別の名前").url == applicant.url("start")
    assert applicant.client.get(applicant.url("start")).url == applicant.url("done", number="R7-0001")
    assert Application.objects.count() == 1


def test_save_step__does_not_change_what_is_handed_in(applicant: Applicant) -> None:
    applicant.fill_in()
    stale = applicant.application
    applicant.submit()

    with pytest.raises(AlreadySubmitted):
        save_step(stale, Step.PERSON, {}, typed={}, by=applicant.user, at=clock.now())


def test_check_answers__are_offered_and_survive_a_change_of_device(applicant: Applicant) -> None:
    session = applicant.client.session
    session["check_answers"] = {
        "municipality": "kodaira",
        "due_date": "2026-04-30",
        "birth_date": None,
        "children": 2,
        "family": "mother",
        "household_class": "tax_exempt",
        "told": {"lacks_support": True},
    }
    session.save()

    assert 'name="due_date_month" value="4"' in applicant.get("birth").content.decode()
    applicant.post(Step.PERSON)
    assert "check_answers" not in applicant.client.session
    other = Applicant(applicant.user, "kodaira")
    assert 'value="2" id="id_children_1" checked' in other.get("birth").content.decode()
    assert 'value="yes" id="id_lacks_support_0" checked' in other.get("condition").content.decode()
    with scopes_disabled():
        assert not applicant.application.answers.get("birth")
