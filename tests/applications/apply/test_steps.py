"""Filling in: every press saves, nothing typed is lost, and it goes on wherever she left."""

from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse

from applications.models import Application
from applications.selectors.answers import clean_in, is_complete, typed_in
from applications.steps import Step

from .conftest import Applicant
from .posts import COMPLETE


def test_start__leads_to_the_first_step_and_writes_nothing(applicant: Applicant, all_tenants: None) -> None:
    answer = applicant.client.get(applicant.url("start"))

    assert answer.url == applicant.url("step", step="person")
    assert applicant.get("person").status_code == 200
    assert not Application.objects.exists()


def test_start__asks_a_stranger_to_sign_in(client: Any, kodaira: Any) -> None:
    answer = client.get(reverse("applications:start", kwargs={"slug": "kodaira"}))

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=/kodaira/apply/")


def test_step__goes_on_to_the_next_one_when_complete(applicant: Applicant) -> None:
    for step, later in pairwise([*Step, None]):
        expected = applicant.url("step", step=later.value) if later else applicant.url("review")

        assert applicant.post(step).url == expected
        assert is_complete(applicant.application, step)


def test_step__keeps_names_as_typed_and_folds_what_is_only_spelling(applicant: Applicant) -> None:
    applicant.post(Step.PERSON, name="髙橋 﨑子", address="𠮷田町 槗1")

    person = clean_in(applicant.application, Step.PERSON)
    assert (person["name"], person["address"]) == ("髙橋 﨑子", "𠮷田町 槗1")
    assert (person["kana"], person["birth_date"]) == ("たかはし さきこ", "1994-08-01")
    assert (person["postcode"], person["phone"]) == ("187-0043", "090-1234-5678")


@pytest.mark.parametrize("name", ["髙橋\x00", "髙橋\u202e", "髙\u200b橋"])
def test_step__refuses_characters_nobody_can_see_with_a_sentence(applicant: Applicant, name: str) -> None:
    answer = applicant.post(Step.PERSON, name=name)

    assert answer.status_code == 200
    assert "使えない文字" in answer.content.decode()
    assert not is_complete(applicant.application, Step.PERSON)
    assert typed_in(applicant.application, Step.PERSON)["name"] == [name.replace("\x00", "")]


def test_step__keeps_what_was_typed_when_something_is_wrong(applicant: Applicant) -> None:
    answer = applicant.post(Step.BIRTH, due_date_day="31")

    page = answer.content.decode()
    assert "<title>エラー1件: 妊娠と出産について" in page
    assert 'href="#id_due_date_day"' in page
    assert not is_complete(applicant.application, Step.BIRTH)
    again = applicant.get("birth").content.decode()
    assert 'name="due_date_day" value="31"' in again
    assert "errsum" not in again


def test_step__later__keeps_a_half_typed_page_and_leaves(applicant: Applicant) -> None:
    answer = applicant.post(Step.PERSON, go="later", phone="", kana=None)

    assert answer.url == reverse("pages:my_page", kwargs={"slug": "kodaira"})
    assert typed_in(applicant.application, Step.PERSON)["name"] == ["髙橋 﨑子"]


def test_step__back__keeps_a_half_typed_page_and_goes_back(applicant: Applicant) -> None:
    answer = applicant.post(Step.BIRTH, go="back", children=None)

    assert answer.url == applicant.url("step", step="person")
    assert typed_in(applicant.application, Step.BIRTH)["due_date_year"] == ["2026"]


def test_step__is_resumed_on_another_device(applicant: Applicant) -> None:
    applicant.post(Step.PERSON)
    applicant.post(Step.BIRTH, go="later", children=None)
    other = Applicant(applicant.user, "kodaira")

    assert other.client.get(other.url("start")).url == other.url("step", step="birth")
    page = other.get("birth").content.decode()
    assert 'name="due_date_month" value="4"' in page
    assert 'value="expected" id="id_stage_0" checked' in page
    assert "に保存しました" in page


def test_step__two_devices_do_not_overwrite_each_others_pages(applicant: Applicant) -> None:
    applicant.post(Step.PERSON)
    other = Applicant(applicant.user, "kodaira")
    other.post(Step.CONDITION)
    applicant.post(Step.BIRTH)

    assert all(is_complete(applicant.application, step) for step in (Step.PERSON, Step.BIRTH, Step.CONDITION))


def test_step__becomes_open_again_when_it_is_changed_to_something_wrong(applicant: Applicant) -> None:
    applicant.post(Step.CONSENT)
    applicant.post(Step.CONSENT, consent_handover=None)

    assert not is_complete(applicant.application, Step.CONSENT)


def test_step__returns_to_the_review_when_she_came_from_it(applicant: Applicant) -> None:
    assert applicant.post(Step.PERSON, query="?from=review").url == applicant.url("review")


def test_step__keeps_nothing_that_is_no_box_of_the_page(applicant: Applicant) -> None:
    applicant.post(Step.PERSON, status="approved", citizen="1", due_date_year="2026")

    assert set(typed_in(applicant.application, Step.PERSON)) == set(COMPLETE[Step.PERSON])
    assert applicant.application.status == "draft"


def test_step__is_not_there_under_another_name(applicant: Applicant) -> None:
    assert applicant.get("admin").status_code == 404


def test_birth__opened_field_counts_only_under_its_choice(applicant: Applicant) -> None:
    applicant.post(Step.BIRTH, stage="born", born_on_year="2026", born_on_month="2", born_on_day="1")

    said = clean_in(applicant.application, Step.BIRTH)
    assert (said["due_date"], said["born_on"]) == (None, "2026-02-01")


@pytest.mark.parametrize(
    ("typed", "children"), [({"children": "2"}, 2), ({"children": "more", "children_more": "４"}, 4)]
)
def test_birth__counts_the_children(applicant: Applicant, typed: dict[str, str], children: int) -> None:
    applicant.post(Step.BIRTH, **typed)

    assert clean_in(applicant.application, Step.BIRTH)["children"] == children


def test_birth__asks_how_many_children_there_are_above_twins(applicant: Applicant) -> None:
    answer = applicant.post(Step.BIRTH, children="more")

    assert "人数を入力してください。" in answer.content.decode()
    assert not is_complete(applicant.application, Step.BIRTH)


def test_condition__every_sensitive_question_says_what_it_is_for(applicant: Applicant) -> None:
    page = applicant.get("condition").content.decode()

    assert page.count("ために聞きます。") == 4


def test_condition__not_sure_is_an_answer(applicant: Applicant) -> None:
    applicant.post(Step.CONDITION)

    assert clean_in(applicant.application, Step.CONDITION)["needs_medical_care"] is None


def test_condition__free_text_has_its_limit(applicant: Applicant) -> None:
    answer = applicant.post(Step.CONDITION, trouble="あ" * 201)

    assert "200字までにしてください。いまは201字です。" in answer.content.decode()
    assert typed_in(applicant.application, Step.CONDITION)["trouble"] == ["あ" * 201]


def test_wishes__emergency_contact_is_whole_or_absent(applicant: Applicant) -> None:
    assert applicant.post(Step.WISHES, emergency_phone="").status_code == 200
    absent = dict.fromkeys(["emergency_name", "emergency_relation", "emergency_phone"], "")
    assert applicant.post(Step.WISHES, **absent).status_code == 302


def test_wishes__at_least_one_service(applicant: Applicant) -> None:
    assert "使いたいものを1つ以上選んでください。" in applicant.post(Step.WISHES, services=None).content.decode()
