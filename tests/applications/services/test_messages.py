"""A message is one row, tells nobody but its reader what it says, and waits until the centre has dealt with it."""

import itertools
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.forms.message import AnswerForm
from applications.models import Household, Message
from applications.public import messages_to_answer, record_loss, unread_by_her
from applications.selectors.losses import acted_on
from applications.selectors.messages import thread_of
from applications.services import messages
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.cases import handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants")]
TOKENS = itertools.count()


@pytest.fixture
def application(kodaira: Municipality) -> Any:
    return handed_in(kodaira)


@pytest.fixture
def household(application: Any) -> Any:
    return application.birth.household


def writes(household: Household, text: str = "乳腺炎です", **more: Any) -> Message:
    usual = {"form_token": f"hers-{next(TOKENS)}", "by": household.citizen, "at": clock.now()}
    return messages.write_message(household, text, **{**usual, **more})


def answers(household: Household, nurse: Any, text: str = "受診してください", **more: Any) -> Message:
    usual = {"form_token": f"ours-{next(TOKENS)}", "seen": thread_of(household).seen, "by": nurse, "at": clock.now()}
    return messages.answer_message(household, text, **{**usual, **more})


def test_message__sent_twice_is_one_row_on_either_side(household: Any, nurse: Any) -> None:
    for _ in range(2):
        writes(household, form_token="hers")
        answers(household, nurse, form_token="ours")

    assert [message.from_centre for message in thread_of(household).messages] == [False, True]


def test_words__stand_in_no_mail_and_no_event(household: Any, nurse: Any) -> None:
    writes(household)
    answers(household, nurse)

    told = [f"{mail.subject}{mail.text}" for mail in Mail.objects.all()]
    told += [str(event.data) for event in Event.objects.all()]
    assert not [words for words in told if "乳腺炎" in words or "受診" in words]
    assert "/kodaira/my/messages/" in Mail.objects.get().text


def test_mail__goes_out_once_for_all_that_she_has_not_read(household: Any, nurse: Any) -> None:
    for _ in range(2):
        answers(household, nurse)
    assert Mail.objects.filter(kind="message_received").count() == 1
    assert unread_by_her(household.citizen, household.municipality) == 2

    messages.read_thread(household, by=household.citizen, at=clock.now())
    assert unread_by_her(household.citizen, household.municipality) == 0
    answers(household, nurse)
    assert Mail.objects.filter(kind="message_received").count() == 2


def test_answer__settles_what_stood_on_the_page_and_nothing_after_it(household: Any, nurse: Any) -> None:
    first = writes(household)
    writes(household, "もうひとつあります")

    answers(household, nurse, seen=first.pk)
    (waits,) = messages_to_answer()
    assert waits.oldest.text == "もうひとつあります"

    messages.settle_messages(household, seen=waits.oldest.pk, by=nurse, at=clock.now())
    assert messages_to_answer() == ()
    assert Event.objects.filter(verb="message.settled").count() == 1


def test_thread__is_of_her_and_her_own_centre(household: Any, kawasaki: Municipality, nurse: Any) -> None:
    elsewhere = factories.MembershipFactory(municipality=kawasaki).user
    auditor = factories.MembershipFactory(municipality=household.municipality, role="auditor").user
    her_own = factories.MembershipFactory(municipality=household.municipality, user=household.citizen).user
    message = writes(household)

    for somebody in (nurse, elsewhere, factories.UserFactory()):
        with pytest.raises(PermissionDenied):
            writes(household, by=somebody)
    for somebody in (elsewhere, auditor, her_own):
        with pytest.raises(PermissionDenied):
            answers(household, somebody)
        with pytest.raises(PermissionDenied):
            messages.settle_messages(household, seen=message.pk, by=somebody, at=clock.now())
    messages.read_thread(household, by=auditor, at=clock.now())
    assert Message.objects.get().read_at is None


def test_after_a_loss__what_was_written_before_is_put_away_and_no_answer_speaks_of_a_child(
    household: Any, application: Any, nurse: Any, clock_at: Any
) -> None:
    writes(household, "赤ちゃんの服は何がいりますか")
    answers(household, nurse, "赤ちゃんの服は5枚です")
    clock_at.shift(60)
    loss = record_loss(application.birth, ended_on=clock.today(), by=household.citizen, at=clock.now())
    hers = writes(household, "まだ使えますか")

    shown = thread_of(household, whole=False)
    assert (shown.messages, shown.earlier) == ((hers,), 2)
    assert unread_by_her(household.citizen, household.municipality) == 0
    sent = {"token": "a" * 20, "seen": shown.seen}
    assert AnswerForm({**sent, "text": "赤ちゃんの分は"}, thread=shown).errors["text"]
    assert AnswerForm({**sent, "text": "訪問を使えます"}, thread=shown).is_valid()
    assert not acted_on(loss), "to write to the centre is not to act on the loss"
    answers(household, nurse)
    assert unread_by_her(household.citizen, household.municipality) == 1
    assert Mail.objects.filter(kind="message_received").count() == 2, "the one from before is not waited for"


def test_only_her_message__waits_for_an_answer(household: Any, nurse: Any) -> None:
    answer = answers(household, nurse)
    with pytest.raises(IntegrityError, match="only_her_message_waits_for_an_answer"), transaction.atomic():
        Message.objects.filter(pk=answer.pk).update(settled_at=clock.now())
