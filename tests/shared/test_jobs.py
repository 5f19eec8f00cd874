"""One row is the job: claimed once, tried again with growing pauses, stopped after the last try, never lost."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import Lease, LeaseLost, enqueue, handler, registry, runner, tasks
from postpartum_portal.shared.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def deeds() -> Iterator[list[int]]:
    """Register a handler `note` that writes down which subject it was called for."""
    done: list[int] = []
    handler("note")(lambda lease: done.append(lease.subject_id))
    yield done
    registry._handlers.pop("note")


@pytest.fixture
def poison() -> Iterator[None]:
    def fail(_lease: Lease) -> None:
        raise RuntimeError("a name that must not be kept: 髙橋 美咲")

    handler("poison")(fail)
    yield
    registry._handlers.pop("poison")


@pytest.fixture
def five_rows() -> Iterator[list[int]]:
    """Register a handler `rows` that is done with five rows in its time, and writes down which."""
    done: list[int] = []

    def go_through(lease: Lease) -> None:
        for row in range(lease.cursor + 1, 6):
            with transaction.atomic():
                lease.advance(row)
            done.append(row)
            if lease.pause():
                return

    handler("rows")(go_through)
    yield done
    registry._handlers.pop("rows")


def test_enqueue__twice_under_one_key_makes_one_row() -> None:
    first = enqueue("note", 7, at=clock.now())
    second = enqueue("note", 7, at=clock.now())

    assert first == second
    assert Job.objects.count() == 1


def test_enqueue__leaves_nothing_when_the_deed_is_rolled_back() -> None:
    with transaction.atomic():
        enqueue("note", 7, at=clock.now())
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_sweep__does_what_was_never_announced(deeds: list[int]) -> None:
    enqueue("note", 7, at=clock.now())

    assert tasks.sweep() == 1
    assert deeds == [7]
    assert Job.objects.get().status == Job.Status.DONE


def test_sweep__leaves_what_is_not_due_yet(deeds: list[int], clock_at: Any) -> None:
    enqueue("note", 7, at=clock.now() + dt.timedelta(hours=1))
    assert tasks.sweep() == 0

    clock_at.shift(dt.timedelta(hours=1))
    assert tasks.sweep() == 1


def test_run__three_times_in_a_row_does_it_once(deeds: list[int]) -> None:
    job = enqueue("note", 7, at=clock.now())

    assert [runner.run(job.pk) for _ in range(3)] == [True, False, False]
    assert deeds == [7]


def test_claim__is_given_to_one_of_two() -> None:
    job = enqueue("note", 7, at=clock.now())

    assert runner.claim(job.pk, now=clock.now()) is not None
    assert runner.claim(job.pk, now=clock.now()) is None


def test_claim__passes_on_when_the_lease_ran_out(clock_at: Any) -> None:
    job = enqueue("note", 7, at=clock.now())
    dead = runner.claim(job.pk, now=clock.now())
    clock_at.shift(dt.timedelta(minutes=10))
    assert runner.due(clock.now(), limit=5) == [job.pk]

    alive = runner.claim(job.pk, now=clock.now())

    assert dead is not None
    assert alive is not None
    with transaction.atomic():
        alive.hold()
    with pytest.raises(LeaseLost), transaction.atomic():
        dead.hold()


def test_claim__that_advances__does_not_run_out(clock_at: Any) -> None:
    job = enqueue("note", 7, at=clock.now())
    lease = runner.claim(job.pk, now=clock.now())
    assert lease is not None
    for row in (11, 12, 13):
        clock_at.shift(dt.timedelta(seconds=settings.JOB_LEASE_SECONDS - 1))
        with transaction.atomic():
            lease.advance(row)

    assert runner.due(clock.now(), limit=5) == []


def test_job__whose_time_is_over__goes_on_where_it_was(five_rows: list[int], settings: Any) -> None:
    """Of five rows each claim is done with one; the job is finished when none is left, and no claim was a failure."""
    settings.JOB_PAUSES_AFTER_SECONDS = 0
    job = enqueue("rows", 1, at=clock.now())
    for number in range(1, 6):
        assert runner.run(job.pk)
        job.refresh_from_db()
        assert (job.status, job.cursor, job.attempts) == (Job.Status.QUEUED, number, 0)
    assert runner.run(job.pk)

    job.refresh_from_db()
    assert five_rows == [1, 2, 3, 4, 5]
    assert job.status == Job.Status.DONE


def test_poison__is_tried_five_times_with_growing_pauses_and_stops(poison: None, clock_at: Any) -> None:
    job = enqueue("poison", 1, at=clock.now())
    pauses = []
    for _ in range(4):
        runner.run(job.pk)
        job.refresh_from_db()
        pauses.append(int((job.run_after - clock.now()).total_seconds()))
        clock_at.move_to(job.run_after)
    runner.run(job.pk)

    job.refresh_from_db()
    assert pauses == [5, 20, 80, 320]
    assert (job.status, job.attempts) == (Job.Status.FAILED, 5)


def test_control__poison_without_a_last_pause__is_tried_for_ever(poison: None, clock_at: Any, settings: Any) -> None:
    settings.JOB_PAUSES = {queue: pauses * 5 for queue, pauses in settings.JOB_PAUSES.items()}
    job = enqueue("poison", 1, at=clock.now())
    for _ in range(6):
        runner.run(job.pk)
        job.refresh_from_db()
        clock_at.move_to(job.run_after)

    assert (job.status, job.attempts) == (Job.Status.QUEUED, 6)


def test_poison__keeps_no_words_of_the_error(poison: None) -> None:
    job = enqueue("poison", 1, at=clock.now())
    runner.run(job.pk)

    job.refresh_from_db()
    assert job.last_error == "RuntimeError"


def test_poison__does_not_hold_up_others(poison: None, deeds: list[int]) -> None:
    enqueue("poison", 1, at=clock.now())
    enqueue("note", 2, at=clock.now())

    tasks.sweep()

    assert deeds == [2]


def test_retry__lets_a_stopped_job_start_over(deeds: list[int]) -> None:
    job = enqueue("note", 7, at=clock.now())
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED, attempts=5)
    job.refresh_from_db()

    assert runner.retry(job, now=clock.now())

    assert runner.run(job.pk)
    assert deeds == [7]
    assert not runner.retry(job, now=clock.now())


def test_a_job_that_ends_each_worker__stops_after_five_too(clock_at: Any) -> None:
    """W6: nobody was left to say what went wrong, so the next claim says that."""
    job = enqueue("note", 7, at=clock.now())
    for _ in range(5):
        assert runner.claim(job.pk, now=clock.now())  # and the worker dies
        clock_at.shift(dt.timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))

    assert not runner.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.attempts, job.last_error) == (Job.Status.FAILED, 5, "WorkerDied")
    assert runner.due(clock.now(), limit=5) == []


def test_a_job_that_is_held_while_it_fails__stays_held(clock_at: Any) -> None:
    def hold_and_fail(lease: Lease) -> None:
        Job.objects.filter(pk=lease.job_id).update(status=Job.Status.HELD)
        raise RuntimeError

    handler("held")(hold_and_fail)
    try:
        job = enqueue("held", 1, at=clock.now())
        runner.run(job.pk)
    finally:
        registry._handlers.pop("held")
    assert Job.objects.get().status == Job.Status.HELD


def test_drop__lets_go_of_a_failed_job_alone() -> None:
    job = enqueue("note", 7, at=clock.now())
    assert not runner.drop(job, Job.DropReason.PHONED, now=clock.now())
    Job.objects.update(status=Job.Status.FAILED)

    assert runner.drop(job, Job.DropReason.PHONED, now=clock.now())
    assert not runner.retry(job, now=clock.now())
    assert runner.due(clock.now(), limit=5) == []
