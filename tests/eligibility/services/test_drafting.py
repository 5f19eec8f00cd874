"""Uploading a draft: what is kept, what is told line by line, and who may."""

import random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from eligibility.models import ProgrammeDraft
from eligibility.public import Municipality, ProgrammeVersion, Unreadable, readable
from eligibility.services.drafting import MAX_KILOBYTES, discard, replay_again
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Job
from tests import factories
from tests.eligibility.drafted import CHEAPER, NAME, RULES, TEXT, WRONG, again, replayed, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def test_upload__keeps_a_good_file_and_asks_for_its_replay(kodaira: Municipality, nurse: Any) -> None:
    draft = uploaded(kodaira, nurse)
    assert (draft.status, draft.problems, draft.text, draft.file_name) == ("checked", [], CHEAPER, NAME)
    job = Job.objects.get(kind="replay_programme")
    assert (job.subject_id, job.municipality_id) == (draft.pk, kodaira.pk)
    event = Event.objects.get(verb="programme.draft_uploaded")
    assert (event.actor_id, event.subject_id, event.data) == (nurse.pk, draft.pk, {"status": "checked"})
    assert ProgrammeVersion.objects.filter(municipality=kodaira).count() == 1


def test_upload__keeps_a_wrong_file_as_it_was_typed_with_every_problem(kodaira: Municipality, nurse: Any) -> None:
    text = WRONG.replace("phone: 042-346-3701", "phone: 四二-346")
    draft = uploaded(kodaira, nurse, text)
    assert (draft.status, draft.text) == ("refused", text)
    assert [(item["key"], text.splitlines()[item["line"] - 1].strip()) for item in draft.problems] == [
        ("offices[0].phone", "phone: 四二-346"),
        ("services[0].price.amount", "amount: 五千円"),
    ]
    assert not Job.objects.filter(kind="replay_programme").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("これは文章です", "「項目: 値」の並びではありません。"),
        ("a: [", "YAMLとして読めません"),
        (RULES.replace('code: "132110"', 'code: "142085"'), "小平市の団体コードは 132110 です。"),
        (RULES.replace("slug: kodaira", "slug: zushi"), "小平市のアドレスは kodaira です。"),
        (TEXT, "同じ内容の版がもうあります。"),
    ],
)
def test_upload__of_another_file_says_so(kodaira: Municipality, nurse: Any, text: str, sentence: str) -> None:
    draft = uploaded(kodaira, nurse, text)
    assert draft.status == "refused"
    assert sentence in draft.problems[0]["sentence"]


def test_upload__holds_the_file_to_its_own_examples(kodaira: Municipality, nurse: Any) -> None:
    draft = uploaded(kodaira, nurse, TEXT.replace("amount: 5000", "amount: 4500", 1))
    assert (draft.status, draft.problems) == ("refused", [])
    wrong = [example for example in draft.examples if not example["ok"]]
    assert len(draft.examples) > len(wrong) >= 1
    failed = [check for example in wrong for check in example["checks"] if not check["ok"]]
    assert {"key", "expected", "got", "ok"} == set(failed[0])


def test_upload__is_for_staff_of_this_centre(kodaira: Municipality, mother: Any) -> None:
    auditor = factories.MembershipFactory(municipality=kodaira, role="auditor").user
    for person in (mother, auditor):
        with pytest.raises(PermissionDenied):
            uploaded(kodaira, person)
    assert not ProgrammeDraft.objects.exists()


def test_upload__of_a_file_with_any_line_gone_never_fails_to_answer(kodaira: Municipality, nurse: Any) -> None:
    """Whatever line is lost, the draft is kept and, where it cannot be used, says why."""
    lines = RULES.splitlines(keepends=True)
    for number in random.Random(1).sample(range(len(lines)), 40):  # noqa: S311 - which lines does not matter
        draft = uploaded(kodaira, nurse, "".join(lines[:number] + lines[number + 1 :]))
        assert draft.status == "checked" or draft.problems


def test_readable__puts_marks_and_line_ends_aside() -> None:
    assert readable("\ufeffa: 1\r\nb: 2\r\n".encode()) == "a: 1\nb: 2\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"  \n", "中身がありません"),
        ("小平市".encode("cp932"), "UTF-8"),
        (b"a: \x00", "文字のファイルではありません"),
        (b"a" * (MAX_KILOBYTES * 1024 + 1), "KBまで"),
    ],
)
def test_readable__says_what_to_do_with_a_file_that_is_no_text(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        readable(content)


def test_discard__takes_a_draft_off_the_table_once(kodaira: Municipality, nurse: Any) -> None:
    draft = uploaded(kodaira, nurse)
    same = again(draft)
    discard(draft, by=nurse, at=clock.now())
    assert again(draft).status == "discarded"
    with pytest.raises(Overtaken):
        discard(same, by=nurse, at=clock.now())
    with pytest.raises(TransitionNotAllowed):
        discard(again(draft), by=nurse, at=clock.now())
    assert Event.objects.filter(verb="programme.draft_discarded").count() == 1


def test_replay_again__asks_with_a_new_job(kodaira: Municipality, nurse: Any, clock_at: Any) -> None:
    draft = replayed(kodaira, nurse)
    clock_at.shift(60)
    replay_again(draft, by=nurse, at=clock.now())
    assert again(draft).status == "checked"
    assert Job.objects.filter(kind="replay_programme", subject_id=draft.pk).count() == 2


def test_replay_again__is_not_for_a_draft_that_is_wrong(kodaira: Municipality, nurse: Any) -> None:
    with pytest.raises(TransitionNotAllowed):
        replay_again(uploaded(kodaira, nurse, WRONG), by=nurse, at=clock.now())
