"""A loss is told once, quiets what waits to go out, and can be taken back until somebody has acted on it."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application, Birth, Letter, Loss
from applications.selectors.losses import acted_on, told_losses
from applications.services import deciding, losses
from eligibility.engine.bereaved import OF_CHILDREN
from eligibility.public import Municipality
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.models import Event, Job, Mail
from postpartum_portal.shared.tenancy import tenant
from tests import cases, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

TOLD_ON = dt.date(2026, 3, 4)


def application_of(municipality: Municipality, **exceptions: Any) -> Any:
    return cases.handed_in(municipality, **exceptions)


def tell(birth: Birth, **exceptions: Any) -> Loss:
    return losses.record_loss(birth, **{"ended_on": TOLD_ON, "by": birth.citizen, "at": clock.now(), **exceptions})


def take_back(birth: Birth) -> None:
    assert birth.citizen
    losses.take_back_loss(birth, by=birth.citizen, at=clock.now())


def stands(birth: Birth) -> tuple[Any, ...]:
    row = Birth.objects.get(pk=birth.pk)
    return row.outcome, row.born_on, row.due_date, row.ended_on, row.children


@pytest.fixture
def approved(kodaira: Municipality, nurse: Any, decider: Any) -> Any:
    """An approval whose letter waits for a worker, of an application in which every service was wished for."""
    application = cases.heard(kodaira, nurse)
    deciding.approve(application, by=decider, at=clock.now(), **cases.FULL_GRANT)
    return cases.again(application)


@pytest.mark.parametrize("born", [{}, {"expected": False}], ids=["expected", "born"])
def test_a_loss__taken_back__leaves_the_birth_as_it_stood(kodaira: Municipality, born: dict[str, Any]) -> None:
    birth = application_of(kodaira, **{f"birth__{name}": value for name, value in born.items()}).birth
    before = stands(birth)

    loss = tell(birth)
    assert stands(birth)[0] == "lost"
    assert stands(birth)[3] == TOLD_ON
    assert not acted_on(loss)
    take_back(birth)

    assert stands(birth) == before
    assert Event.objects.filter(verb__in=["birth.lost", "birth.loss_taken_back"]).count() == 2


def test_a_loss__is_hers_or_the_centres_to_tell_and_not_of_a_day_to_come(kodaira: Municipality, nurse: Any) -> None:
    birth = application_of(kodaira).birth
    with pytest.raises(PermissionDenied):
        tell(birth, by=factories.UserFactory())
    with pytest.raises(losses.LossNotRecordable):
        tell(birth, ended_on=clock.today() + dt.timedelta(days=1))
    tell(birth, by=nurse)
    with pytest.raises(losses.LossNotRecordable):
        tell(birth)


def test_a_loss__once_somebody_has_acted_on_it__is_not_taken_back(kodaira: Municipality, nurse: Any) -> None:
    first, second = application_of(kodaira).birth, application_of(kodaira, household__kana="べつ").birth
    looked_at = application_of(kodaira)
    told = [tell(birth) for birth in (first, second, looked_at.birth)]
    losses.settle_loss(told[0], by=nurse, at=clock.now())
    events.record("call.recorded", second.applications.get(), at=clock.now(), by_id=nurse.pk)
    events.record("case.read", looked_at, at=clock.now(), by_id=nurse.pk)
    events.record("coupon.issued", looked_at, at=clock.now(), by_id=looked_at.citizen_id)

    for birth in (first, second):
        with pytest.raises(losses.LossActedOn):
            take_back(birth)
    take_back(looked_at.birth)


def test_the_centre__reads_who_told_what_until_it_has_settled_it(kodaira: Municipality, nurse: Any) -> None:
    application = application_of(kodaira)
    quiet = application_of(kodaira)
    tell(application.birth, wants_call=True)
    tell(quiet.birth, at=clock.now() + dt.timedelta(minutes=1))

    with tenant(municipality=kodaira.pk):
        lines = told_losses()
        assert [(line.application.number, line.call) for line in lines if line.application] == [
            (application.number, "お電話をご希望"),
            (quiet.number, "電話は不要"),
        ]
        losses.settle_loss(lines[0].loss, by=nurse, at=clock.now())
        assert [line.loss.pk for line in told_losses()] == [lines[1].loss.pk]


def test_mails__that_wait_and_speak_of_a_child__are_held_until_it_is_taken_back(kodaira: Municipality) -> None:
    birth = application_of(kodaira).birth
    assert birth.citizen
    told = mail.post("age_settled", birth.citizen.email, key="of a child", at=clock.now(), municipality=kodaira)
    plain = mail.post("decision_ready", birth.citizen.email, key="plain", at=clock.now(), municipality=kodaira)

    def waiting() -> set[int]:
        return set(Job.objects.filter(kind="send_mail", status="queued").values_list("subject_id", flat=True))

    assert {told.pk, plain.pk} <= waiting()
    tell(birth)
    assert plain.pk in waiting()
    assert told.pk not in waiting()
    take_back(birth)
    assert {told.pk, plain.pk} <= waiting()


def test_an_approval__whose_letter_waits__goes_out_without_a_word_of_a_child(approved: Application) -> None:
    letter = Letter.objects.get()
    before = letter.snapshot
    assert approved.birth
    assert OF_CHILDREN.search(str(before["facts"]))

    tell(approved.birth)
    letter.refresh_from_db()
    assert not OF_CHILDREN.search(str([letter.snapshot[part] for part in ("facts", "grants", "instructions")][1:]))
    assert [fact["label"] for fact in letter.snapshot["facts"]] == ["利用する方", "利用できる期間", "利用者負担の区分"]
    assert letter.snapshot["number"] == letter.label
    take_back(approved.birth)
    letter.refresh_from_db()
    assert letter.snapshot == before


def test_an_approval__of_what_is_closed_to_her_now__is_held(zushi: Municipality) -> None:
    nurse = factories.MembershipFactory(municipality=zushi, role="centre").user
    decider = factories.MembershipFactory(municipality=zushi, role="decider").user
    application = cases.heard(zushi, nurse)
    grant: dict[str, Any] = {"services": ["day_service"], "limits": {"all": 7}, "class_code": "general"}
    deciding.approve(application, by=decider, at=clock.now(), **grant)
    birth = cases.again(application).birth

    tell(birth)
    assert Job.objects.get(kind="issue_letter").status == Job.Status.HELD
    take_back(birth)
    assert Job.objects.get(kind="issue_letter").status == Job.Status.QUEUED


def test_a_draft__goes_on_after_the_loss_and_knows_no_other_birth(kodaira: Municipality) -> None:
    application = application_of(kodaira)
    draft = factories.ApplicationFactory(
        municipality=kodaira,
        citizen=factories.UserFactory(),
        birth=None,
        status="draft",
        number="",
        submitted_at=None,
        programme_version=None,
        answers=application.answers,
    )
    before = dict(draft.answers)

    loss = losses.record_loss_of_draft(draft, ended_on=TOLD_ON, by=draft.citizen, at=clock.now())
    assert stands(loss.birth)[:3] == ("lost", None, dt.date(2026, 4, 30))
    assert cases.again(draft).answers["birth"]["clean"] == {"stage": f"earlier-{loss.birth_id}"}
    take_back(loss.birth)
    assert cases.again(draft).answers == before
    assert not Birth.objects.filter(citizen=draft.citizen).exists()


def test_mails__are_written_to_nobody_because_of_it(kodaira: Municipality) -> None:
    birth = application_of(kodaira).birth
    tell(birth)
    take_back(birth)
    assert not Mail.objects.exists()
