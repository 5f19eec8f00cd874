"""One key, one row, in one statement, whoever comes first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import enqueue, wake
from postpartum_portal.shared.models import Job, Mail
from postpartum_portal.shared.once import insert_once
from tests.processes.racing import needs_a_shared_database, race

CLIENTS = 8
ROUNDS, MAILS = 10, 40
"""Mails of one round: one after the other, so that the clients meet in the middle of each other's statement."""
ROUNDS_OF_THE_CONTROL = 100
"""At most. Of 40 rounds, 13 went wrong on two processors: the first that does is enough."""


def job(key: str) -> Job:
    now = clock.now()
    return Job(key=key, kind="note", subject_id=7, run_after=now, created_at=now)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_insert_once__writes_the_whole_row_in_one_statement() -> None:
    row = job("k")
    with CaptureQueriesContext(connection) as statements:
        assert insert_once(row)

    assert len(statements) == 1
    kept = Job.objects.get(key="k")
    assert (kept.pk, kept.status, kept.run_after, kept.done_at) == (row.pk, "queued", row.run_after, None)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_insert_once__leaves_what_is_there_as_it_is() -> None:
    insert_once(job("k"))
    second = job("k")
    second.subject_id = 8

    assert not insert_once(second)
    assert second.pk is None
    assert Job.objects.get().subject_id == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_enqueue__by_many_at_once__makes_one_row_and_wakes_once(kodaira: Municipality, monkeypatch: Any) -> None:
    needs_a_shared_database()
    woken: list[int] = []
    monkeypatch.setattr(wake, "by_nobody", lambda job_id, _queue: woken.append(job_id))

    answers = race([lambda: enqueue("note", 7, at=clock.now())] * CLIENTS, municipality=kodaira.pk)

    row = Job.objects.get()
    assert {getattr(answer, "pk", answer) for answer in answers} == {row.pk}
    assert woken == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_mails__by_many_at_once__are_one_row_each_and_nobody_is_refused(kodaira: Municipality) -> None:
    needs_a_shared_database()
    for round_ in range(ROUNDS):
        answers = race([writing_of(round_)] * CLIENTS, municipality=kodaira.pk)

        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        assert sum(sum(answer) for answer in answers if isinstance(answer, list)) == MAILS  # each has one winner
    assert Mail.objects.count() == ROUNDS * MAILS


@pytest.mark.django_db(transaction=True)
def test_control__told_of_the_key_alone__refuses_somebody(kodaira: Municipality) -> None:
    needs_a_shared_database()
    for round_ in range(ROUNDS_OF_THE_CONTROL):
        answers = race([telling_the_key_alone(writing_of(round_))] * CLIENTS, municipality=kodaira.pk)
        if any(isinstance(answer, IntegrityError) for answer in answers):
            return
    pytest.fail(f"{ROUNDS_OF_THE_CONTROL} rounds refused nobody: the race is no race")


def writing_of(round_: int) -> Callable[[], list[bool]]:
    """For each mail of the round, whether this client wrote it."""
    return lambda: [insert_once(mail(f"{round_}-{number}")) for number in range(MAILS)]


def mail(key: str) -> Mail:
    return Mail(key=key, kind="note", to="a@example.jp", message_id=f"<{key}@localhost>", created_at=clock.now())


def telling_the_key_alone(deed: Callable[[], list[bool]]) -> Callable[[], list[bool]]:
    def rewritten(execute: Any, sql: str, *rest: Any) -> Any:
        return execute(sql.replace("ON CONFLICT DO", 'ON CONFLICT ("key") DO'), *rest)

    def done() -> list[bool]:
        with connection.execute_wrapper(rewritten):
            return deed()

    return done
