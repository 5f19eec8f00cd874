"""Two who move one application at once: one of them passes, and the rows say which."""

from functools import partial
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from applications.models import Application, Correction
from applications.services.correcting import NoLongerAsked, resubmit
from applications.services.returning import NotReturned, take_return_back
from applications.steps import Step
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests.cases import again, handed_in
from tests.facilities.at_once import at_once, needs_real_threads

from .conftest import Corrector, returned

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads, pytest.mark.usefixtures("all_tenants")]

ROUNDS = 4


def test_two_who_return_at_once__one_passes(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    for _ in range(ROUNDS):
        application = handed_in(kodaira)
        answers = at_once(
            partial(returned, again(application), nurse),
            partial(returned, again(application), decider),
            told=(TransitionNotAllowed,),
        )
        assert {type(answer) for answer in answers} == {Correction, TransitionNotAllowed}
        assert Correction.objects.filter(application=application).count() == 1
    assert Mail.objects.filter(kind="correction_asked").count() == ROUNDS


def test_an_answer_and_a_return_taken_back_at_once__one_passes(corrector: Corrector, nurse: Any) -> None:
    for _ in range(ROUNDS):
        returned(corrector.application, nurse)
        corrector.corrects(Step.PERSON, address="別の住所")
        acting: dict[str, Any] = {"at": clock.now()}
        answers = at_once(
            partial(resubmit, corrector.application, by=corrector.user, **acting),
            partial(take_return_back, corrector.application, by=nurse, **acting),
            told=(NoLongerAsked, NotReturned),
        )
        refused = [type(answer) for answer in answers if isinstance(answer, Exception)]
        status = Application.objects.get().status
        assert (status, refused) in [("resubmitted", [NotReturned]), ("screening", [NoLongerAsked])]
        latest = Correction.objects.order_by("number").last()
        assert latest
        assert bool(latest.answered_at) == (status == "resubmitted")
