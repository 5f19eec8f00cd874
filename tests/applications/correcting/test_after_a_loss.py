"""After a loss an application may be returned too: neither side's page speaks of a child, nor may the message."""

from typing import Any

import pytest

from applications.models import Application, Birth
from applications.services.returning import return_for_correction
from applications.steps import Step
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests.applications import test_words_after_a_loss as words
from tests.cases import handed_in
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]


@pytest.fixture(params=words.OPEN_TO_HER)
def application(request: Any) -> Application:
    """Handed in after the loss."""
    town = request.getfixturevalue(request.param)
    services = list(words.OPEN_TO_HER[request.param])
    lost: dict[str, Any] = {f"birth__{name}": value for name, value in words.LOST.items()}
    found: Application = handed_in(town, services=services, **lost)
    found.answers["birth"]["clean"] = {"stage": f"earlier-{found.birth_id}"}
    found.answers["condition"]["clean"]["trouble"] = "夜に眠れません。"
    Application.objects.filter(pk=found.pk).update(answers=found.answers)
    return found


@pytest.fixture
def staff(application: Application) -> Any:
    return MembershipFactory(municipality=application.municipality, role="centre").user


def test_correction__speaks_of_no_child_on_any_page(application: Application, staff: Any) -> None:
    town, birth = application.municipality, Birth.objects.get()
    marks = {"person": ["postcode"], "condition": ["trouble"], "wishes": ["services_0"]}
    return_for_correction(application, marks=marks, message="住所を直してください。", by=staff, at=clock.now())
    mother, number = words.Mother(birth), application.number
    found = {"home": mother.reads("pages:my_page"), "list": mother.reads("applications:correct", number=number)}
    for step in marks:
        where = mother.address("applications:correct_step", number=number, step=step)
        found[f"{step} wrong"] = words.page(mother.browser.post(where, {"go": "next"}))
        sent = {**words.answers(birth)[step], "trouble": "夜に眠れません。", "go": "next"}
        answer = mother.browser.post(where, sent)
        assert answer.status_code == 302, answer.context["form"].errors
        found[step] = mother.reads("applications:correct_step", number=number, step=step)
    found["review"] = mother.reads("applications:correct_review", number=number)
    done = mother.browser.post(mother.address("applications:correct_review", number=number), follow=True)
    found |= {
        "done": words.page(done),
        "mails": "\n".join(f"{mail.subject}\n{mail.text}" for mail in Mail.objects.all()),
    }

    assert "直してほしいところがあります" in found["home"]
    assert "直したものを受け付けました" in found["done"]
    spoken = {name: words.about_children(town, text) for name, text in found.items()}
    assert not any(spoken.values()), spoken


def test_return__of_it_leaves_the_birth_alone_and_refuses_a_childs_word(application: Application, staff: Any) -> None:
    centre = words.Mother(Birth.objects.get())
    centre.browser.force_login(staff)
    where = centre.address("applications:return_case", number=application.number)
    form = centre.browser.get(where).content.decode()
    assert f"mark_{Step.PERSON}" in form
    assert f"mark_{Step.BIRTH}" not in form

    sent = {"mark_person": ["postcode"], "message": "赤ちゃんの名前を書いてください。"}
    answer = centre.browser.post(where, sent).content.decode()
    assert "「赤ちゃん」という言葉を使わずに書いてください。" in answer
    assert Application.objects.get().status == "submitted"
