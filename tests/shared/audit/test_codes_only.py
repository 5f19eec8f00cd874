"""The controls of D4's reader: what events, ledger and queue must not hold is found, however it is written."""

import datetime as dt
from typing import Any

import pytest

from postpartum_portal.shared import clock, events
from postpartum_portal.shared.models import Event, Job
from tests.plugins.codes import look_at_tables, reading, words_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said", ["髙橋", "お電話は夕方に", "misaki@example.jp", "090-1234-5678", "09012345678", "call her again"]
)
def test_control__words_in_an_event_are_found(said: str, kodaira: Any) -> None:
    with reading() as found:
        events.record("note.written", kodaira, at=clock.now(), by_id=None, reason=said)
    assert len(found) == 1

    row = Event(at=clock.now(), verb="note.written", subject_kind="note", subject_id=1, data={"a": [{said: 1}]})
    with reading() as found:
        Event.objects.bulk_create([row])
    assert len(found) == 1


def test_control__words_in_a_job_that_fails_are_found() -> None:
    job = Job.objects.create(kind="mail", subject_id=1, key="mail:1", run_after=clock.now(), created_at=clock.now())
    with reading() as found:
        Job.objects.filter(pk=job.pk).update(last_error="Key (name)=(髙橋) already exists")
    assert len(found) == 1

    with reading() as found:
        job.last_error = "misaki@example.jp"
        job.save()
    assert len(found) == 1

    with reading() as found:
        look_at_tables()
    assert len(found) == 1, "also what another process wrote"


def test_codes__are_no_words() -> None:
    now = dt.datetime(2026, 3, 5, tzinfo=dt.UTC).isoformat()
    assert not list(
        words_in({"number": "0231-5312-2864", "days": ["2026-03-05"], "at": now, "units": 3, "why": "full"})
    )
    assert not list(words_in("<0123456789abcdef@portal.example.jp>"))
