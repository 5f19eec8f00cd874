"""C4 over real HTTP: of all who decide one application at once one does, and the others read who was first.

The control answers by the same pages without the conditional step, and must fail.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from applications.models import Application, Decision, Letter, NumberSeries
from applications.services import deciding
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import cases, factories
from tests.pages.centre.desk import APPROVAL
from tests.processes.racing import race
from tests.processes.support.sessions import Answer, Session

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_settings"),
]

REFUSAL = {"outcome": "refuse", "reason": "小平市に住民登録がありません。要綱第3条に当たりません。"}
FORMS: list[dict[str, Any]] = [{**APPROVAL, "looked": "on"}, REFUSAL] * 2
DECIDED, UNUSED = "決定しました。通知書は数秒でできます。", "この画面の内容は使っていません。"
TOAST = re.compile(r'<div class="toast" role="status">.*?<span>(.*?)</span>', re.DOTALL)


@pytest.fixture
def people(town: Municipality) -> list[User]:
    names = [f"決定者{number}" for number in range(len(FORMS))]
    role = {"municipality": town, "role": "decider"}
    return [factories.MembershipFactory(**role, user__display_name=name).user for name in names]


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_four_deciders_at_once__one_decides_and_the_others_are_told_who(
    town: Municipality, nurse: User, people: list[User], origin: str, rounds: int
) -> None:
    sessions = [Session(origin, person) for person in people]
    for _ in range(rounds):
        application = _waiting(town, nurse)

        told = _told_to_each(sessions, application)

        decision = Decision.objects.get(application=application)
        winner = people.index(decision.by)
        assert told.pop(winner) == DECIDED, told
        assert all(words.startswith(f"{decision.by}さんが") and words.endswith(UNUSED) for words in told), told
        asked = "refused" if FORMS[winner] is REFUSAL else "approved"
        assert decision.outcome == Application.objects.get(pk=application.pk).status == asked
    numbers = Letter.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, rounds + 1))
    assert NumberSeries.objects.get(series="decision").last == rounds


def test_control__without_the_conditional_step_the_others_meet_an_error(
    town: Municipality, nurse: User, people: list[User], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server in this process, in which all have read the case before the first one writes."""
    read, prepared = Barrier(len(people), timeout=20), []

    def after_all_have_read(prepare: Callable[..., Any]) -> Callable[..., Any]:
        def waits(*args: Any, **said: Any) -> Any:
            content = prepare(*args, **said)
            prepared.append(read.wait())
            return content

        return waits

    def unconditional(transition: Any) -> None:
        row = transition.__self__
        transition()
        type(row).objects.filter(pk=row.pk).update(status=row.status)

    for step in ("prepare_approval", "prepare_refusal"):
        monkeypatch.setattr(deciding, step, after_all_have_read(getattr(deciding, step)))
    monkeypatch.setattr(deciding, "pass_transition", unconditional)
    sessions = [Session(live_server.url, person) for person in people]

    told = _told_to_each(sessions, _waiting(town, nurse))

    assert len(prepared) == len(people)
    assert Counter(told) == {DECIDED: 1, "500": len(people) - 1}


def _waiting(town: Municipality, nurse: User) -> Application:
    found: Application = cases.heard(town, nurse, birth__due_date=clock.today() + dt.timedelta(days=50))
    return found


def _told_to_each(sessions: list[Session], application: Application) -> list[str]:
    """What each is told on the case's page, to which a decision leads; the status of whatever leads nowhere."""
    address = f"/kodaira/centre/cases/{application.number}/decide/"
    clients = [partial(session.post, address, form) for session, form in zip(sessions, FORMS, strict=True)]
    answers = race(clients, municipality=application.municipality_id)
    return [_words(session, answer) for session, answer in zip(sessions, answers, strict=True)]


def _words(session: Session, answer: Answer | Exception) -> str:
    if isinstance(answer, Exception):
        return repr(answer)
    if answer.status != 302:
        return str(answer.status)
    (toast,) = TOAST.findall(session.follow(answer).text)
    return str(toast)
