"""One key, one row, in one statement, whoever comes first."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import enqueue, wake
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.once import insert_once
from tests.processes.racing import needs_a_shared_database, race

CLIENTS = 8


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
