"""D4: the event log holds what was written. Whoever changes it, be it the database's owner, is found, with the event.

Beside each finding stands its control: the same log untouched gives none, and a log without seals gives none either.
"""

import datetime as dt
import threading
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from postpartum_portal.shared import audit, clock
from postpartum_portal.shared.audit import digests
from postpartum_portal.shared.audit.checking import What
from postpartum_portal.shared.models import Event, EventSeal
from tests.plugins.rights import as_owner
from tests.processes.racing import needs_a_shared_database
from tests.scripts.waiting import eventually

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

A_SEAL = 4


def write(number: int) -> list[int]:
    """So many events of all shapes; answers their ids."""
    rows = [
        Event(
            at=clock.now() + dt.timedelta(microseconds=step),
            verb="case.read",
            actor_id=step or None,
            subject_kind="application",
            subject_id=step,
            data={"b": step, "a": ["x", True, None]} if step % 2 else {},
        )
        for step in range(number)
    ]
    return [row.pk for row in Event.objects.bulk_create(rows)]


def sql(statement: str, *params: Any) -> None:
    """By whoever owns the database, past the models."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def found(**options: str) -> list[str]:
    return [str(finding) for finding in audit.findings(**options)]


@pytest.fixture
def ids() -> list[int]:
    """Ten events under three seals, and a number between them that was never used: its transaction failed."""
    made = write(11)
    sql("DELETE FROM shared_event WHERE id = %s", made.pop(3))
    assert audit.seal(at=clock.now(), at_once=A_SEAL) == 10
    assert found() == [], "untouched"
    return made


def change(ids: list[int]) -> list[str]:
    sql("UPDATE shared_event SET actor_id = 99 WHERE id = %s", ids[5])
    return [f"event changed {ids[5]}"]


def change_data(ids: list[int]) -> list[str]:
    sql("UPDATE shared_event SET data = %s WHERE id = %s", '{"a": ["x", true, null], "b": 2}', ids[1])
    return [f"event changed {ids[1]}"]


def remove(ids: list[int]) -> list[str]:
    sql("DELETE FROM shared_event WHERE id IN (%s, %s)", ids[0], ids[9])
    return [f"event removed {ids[0]}", f"event removed {ids[9]}"]


def swap(ids: list[int]) -> list[str]:
    """Two events change places: the later read becomes the earlier one."""
    one, other = Event.objects.get(pk=ids[4]), Event.objects.get(pk=ids[7])
    for row, pk in ((one, other.pk), (other, one.pk)):
        sql("UPDATE shared_event SET at = %s, actor_id = %s WHERE id = %s", row.at, row.actor_id, pk)
    return [f"event changed {ids[4]}", f"event changed {ids[7]}"]


def put_in(ids: list[int]) -> list[str]:
    """An event is back-dated into the number that is free."""
    sql(
        "INSERT INTO shared_event (id, at, verb, subject_kind, subject_id, data)"
        " SELECT id + 1, at, verb, subject_kind, subject_id, data FROM shared_event WHERE id = %s",
        ids[2],
    )
    return [f"event inserted {ids[2] + 1}"]


def remove_a_seal(ids: list[int]) -> list[str]:
    _, second, third = EventSeal.objects.order_by("pk")
    sql("DELETE FROM shared_eventseal WHERE id = %s", second.pk)
    return [f"seal removed before event {third.first_id}"]


def change_a_seal(ids: list[int]) -> list[str]:
    second = EventSeal.objects.order_by("pk")[1]
    sql("UPDATE shared_eventseal SET digest = %s WHERE id = %s", "0" * 64, second.pk)
    return [f"seal changed {second.first_id}"]


@pytest.mark.parametrize("deed", [change, change_data, remove, swap, put_in, remove_a_seal, change_a_seal])
def test_sealed_log__names_what_was_done_to_it(ids: list[int], deed: Callable[[list[int]], list[str]]) -> None:
    expected = deed(ids)

    assert found() == expected


@pytest.mark.parametrize("deed", [change, change_data, remove, swap])
def test_control__a_log_without_seals_says_nothing(deed: Callable[[list[int]], list[str]]) -> None:
    deed(write(10))

    assert found() == []


def test_removed_end__is_found_by_the_digest_that_was_noted(ids: list[int]) -> None:
    noted, last = audit.summary().digest, EventSeal.objects.order_by("-first_id")[0]
    write(3)
    audit.seal(at=clock.now(), at_once=A_SEAL)
    assert found(expect=noted) == [], "one that is not the newest any more counts as well"

    sql("DELETE FROM shared_eventseal WHERE first_id >= %s", last.first_id)
    sql("DELETE FROM shared_event WHERE id >= %s", last.first_id)
    assert found() == [], "the control: the chain alone cannot know how long it was"
    assert found(expect=noted) == [str(What.NOT_THERE)]


def test_rewritten_log__is_found_by_the_digest_that_was_noted(ids: list[int]) -> None:
    """With the owner's rights all seals can be made anew; nobody can make the old digest of other events."""
    noted = audit.summary().digest
    sql("DELETE FROM shared_eventseal")
    change(ids)
    audit.seal(at=clock.now(), at_once=A_SEAL)

    assert found() == []
    assert found(expect=noted) == [str(What.NOT_THERE)]


def test_command__tells_the_digest_and_fails_with_findings(ids: list[int]) -> None:
    told = StringIO()
    call_command("check_audit", stdout=told)
    assert told.getvalue() == (
        f"3 seals up to event {ids[9]}, 0 events not sealed yet\ndigest {audit.summary().digest}\n"
    )

    change(ids)
    with pytest.raises(CommandError, match="1 findings: the event log is not as it was written"):
        call_command("check_audit", stdout=told)


def test_seal__covers_every_field_of_an_event() -> None:
    assert set(digests.FIELDS) == {field.attname for field in Event._meta.concrete_fields}


def test_second_seal__goes_on_where_the_first_ended_and_a_third_has_nothing_to_do(ids: list[int]) -> None:
    more = write(2)

    assert audit.seal(at=clock.now()) == 2
    assert audit.seal(at=clock.now()) == 0
    newest = EventSeal.objects.order_by("-first_id")[0]
    assert (newest.first_id, newest.last_id) == (ids[9] + 1, more[1])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("waits", [True, False], ids=["waits", "control"])
def test_event_that_commits_late__is_sealed_too(waits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """6 is open while 7 is there: sealed without waiting, 6 would come in behind its seal, as one that was inserted."""
    needs_a_shared_database()
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    if not waits:
        monkeypatch.setattr("postpartum_portal.shared.audit.sealing._writers", set)
    holds, may_end = threading.Event(), threading.Event()
    early: list[int] = []

    def late() -> None:
        with transaction.atomic():
            early.extend(write(1))
            holds.set()
            may_end.wait(10)
        connections.close_all()

    sealed: list[int] = []

    def sealing() -> None:
        sealed.append(audit.seal(at=clock.now()))
        connections.close_all()

    writer, sealer = threading.Thread(target=late), threading.Thread(target=sealing)
    writer.start()
    holds.wait(10)
    (later,) = write(1)
    sealer.start()
    if not waits:
        sealer.join(10)
    assert sealed == ([] if waits else [1])
    may_end.set()
    writer.join(10)
    sealer.join(10)

    assert early[0] < later
    assert sealed == [2 if waits else 1]
    assert found() == ([] if waits else [f"event inserted {early[0]}"])


@pytest.mark.django_db(transaction=True)
def test_writer_that_does_not_end__is_left_to_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_a_shared_database()
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr("postpartum_portal.shared.audit.sealing.WAIT_SECONDS", 0.05)
    write(1)
    done: list[int] = []

    def sealing() -> None:
        done.append(audit.seal(at=clock.now()))
        connections.close_all()

    with transaction.atomic():
        write(1)
        sealer = threading.Thread(target=sealing)
        sealer.start()
        assert eventually(lambda: done == [0])
        sealer.join()
    assert audit.seal(at=clock.now()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once__make_one_chain() -> None:
    needs_a_shared_database()
    write(40)
    errors: list[BaseException] = []

    def sealing() -> None:
        try:
            audit.seal(at=clock.now(), at_once=A_SEAL)
        except BaseException as error:  # told by the assertion below
            errors.append(error)
        connections.close_all()

    sealers = [threading.Thread(target=sealing) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    audit.seal(at=clock.now(), at_once=A_SEAL)

    assert errors == []
    assert found() == []
    assert (EventSeal.objects.count(), audit.summary().unsealed) == (10, 0)
