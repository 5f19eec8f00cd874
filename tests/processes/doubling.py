"""Doing work once, three times in a row or eight times at once on the same rows, and comparing what it leaves.

`rows()` is every row of the database but for what a try leaves by itself: its number, its lease, a random file name.
"""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core import mail as outbox_of_tests
from django.db import connection, connections, transaction
from django.db.models import Model
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import registry, runner
from postpartum_portal.shared.mail import SEND_MAIL
from postpartum_portal.shared.models import Job, Mail
from tests.plugins.emptying import STAY, empty
from tests.plugins.rights import as_owner

AT_ONCE = 8
TRIES = {"shared.job": {"token", "attempts", "lease_until", "cursor", "run_after", "key"}}
"""Of a job its key too, which may be random; that there is one more of a kind is seen all the same."""
TELL_OF_INSTANTS = {"shared.clockoffset.ahead_by", "shared.event.data", "shared.mail.text"}
MADE_OF_INSTANTS = {"shared.eventseal"}
"""Digests of rows with their instants; whether they hold, `check_audit` tells."""
RANDOM = {"password", "storage_name", "sha256", "session_key", "report_file", "claim_file", "file"}
LONGEST = 120
"""Seconds that the quickest of eight waits for the slowest: all of it takes four on an idle machine."""
PATIENCE = 30
"""Seconds that one waits for what another holds, before it fails and says for what."""


class World:
    """Rows as they stood when it was made; `restore` brings back these and no others."""

    def __init__(self) -> None:
        self._kept = [list(model._base_manager.order_by("pk")) for model in _models()]
        self._sequences = _sequences()
        self.sent = list(Mail.objects.exclude(sent_at=None).order_by("pk").values_list("pk", flat=True))
        outbox_of_tests.outbox.clear()

    def restore(self) -> None:
        empty()
        with transaction.atomic():
            for rows in self._kept:
                if rows and rows[0]._meta.db_table not in STAY:
                    type(rows[0])._base_manager.bulk_create(rows)
        with as_owner(), connection.cursor() as cursor:  # to where they stood: rows that other tests keep are later
            cursor.executemany("SELECT setval(%s::regclass, %s, %s)", self._sequences)
        outbox_of_tests.outbox.clear()


def _sequences() -> list[tuple[str, int, bool]]:
    """Of each its name, the last number, and whether that was given out."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, 1), last_value IS NOT NULL"
            " FROM pg_sequences"
        )
        return list(cursor.fetchall())


def rows(*, timed: bool = True) -> Counter[str]:
    """Each row of the database as a line, without its key where that hangs on who was first.

    Where no clock stands still (`timed` is False), without instants and what tells of one.
    """
    mails = dict(Mail.objects.values_list("pk", "key"))
    found: Counter[str] = Counter()
    for model in _models():
        label = model._meta.label_lower
        if not timed and label in MADE_OF_INSTANTS:
            continue
        left_out = RANDOM | TRIES.get(label, set()) | {model._meta.pk.name}
        for row in model._base_manager.order_by("pk").values():
            said = {name: value for name, value in row.items() if name not in left_out}
            if label == "shared.job" and row["kind"] == SEND_MAIL:
                said |= {"subject_id": mails.get(row["subject_id"])}
            if not timed:
                said = {
                    name: value
                    for name, value in said.items()
                    if not isinstance(value, dt.datetime) and f"{label}.{name}" not in TELL_OF_INSTANTS
                }
            found[f"{label} {said}"] += 1
    return found


def sent() -> Counter[str]:
    """The mailbox: each mail by address, subject and Message-ID."""
    return Counter(
        f"{message.to} {message.subject} {message.extra_headers['Message-ID']}" for message in outbox_of_tests.outbox
    )


def once() -> dict[str, int]:
    """Do all there is; answer of each planner and kind of job how many statements of it wrote anything but a try."""
    wrote: Counter[str] = Counter()
    for planner in registry.planners():
        with _counting(wrote, planner.__qualname__, but=()):
            planner(clock.now())
    for job_id in _until_nothing_is_due():
        with _counting(wrote, Job.objects.values_list("kind", flat=True).get(pk=job_id), but=("shared_job",)):
            runner.run(job_id)
    return dict(wrote)


def thrice() -> None:
    """As `once`, each planner and each job three times in a row, as if the worker died before its last line."""
    for planner in registry.planners():
        for _ in range(3):
            planner(clock.now())
    for job_id in _until_nothing_is_due():
        for _ in range(3):
            Job.objects.filter(pk=job_id, status=Job.Status.DONE).update(
                status=Job.Status.QUEUED, done_at=None, run_after=clock.now(), cursor=0
            )
            runner.run(job_id)


def at_once() -> None:
    """As `once`, by eight workers with a connection of their own, each of which does all of it.

    Raises what the first of them raised; the others do not wait for one that is gone.
    """
    start = threading.Barrier(AT_ONCE, timeout=LONGEST)

    def work() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
            with scopes_disabled():
                start.wait()
                for planner in registry.planners():
                    planner(clock.now())
                start.wait()
                while due := runner.due(clock.now(), limit=500):
                    for job_id in due:
                        runner.run(job_id)
        except BaseException:
            start.abort()
            raise
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        working = [pool.submit(work) for _ in range(AT_ONCE)]
    raised = [error for each in working if (error := each.exception())]
    if raised:
        raise min(raised, key=lambda error: isinstance(error, threading.BrokenBarrierError))


@contextmanager
def registered(kind: str, function: registry.Handler) -> Iterator[None]:
    """A handler for the block only."""
    registry._handlers[kind] = function
    try:
        yield
    finally:
        del registry._handlers[kind]


def _until_nothing_is_due() -> Iterator[int]:
    done: set[int] = set()
    while due := [job_id for job_id in runner.due(clock.now(), limit=500) if job_id not in done]:
        for job_id in due:
            done.add(job_id)
            yield job_id


@contextmanager
def _counting(wrote: Counter[str], name: str, *, but: Iterable[str]) -> Iterator[None]:
    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        verb, _, rest = sql.partition(" ")
        changed = verb in ("INSERT", "UPDATE", "DELETE") and not any(f'"{table}"' in rest[:40] for table in but)
        wrote[name] += int(changed and context["cursor"].rowcount > 0)
        return answer

    with connection.execute_wrapper(look):
        yield


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
