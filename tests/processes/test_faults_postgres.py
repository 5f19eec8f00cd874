"""X2: PostgreSQL restarted, killed, frozen, or out of connections while people send something.

Everybody has an answer within ten seconds that says whether to send again; sent again, there is one of each.
"""

import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Any

import psycopg
import pytest
from django.db import connection

from postpartum_portal.shared.models import Event
from tests.processes.fault_deeds import WITHIN, Deed, People, Told, all_at_once
from tests.processes.faults import Site
from tests.scripts.waiting import eventually

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
FEW = ("apply", "book", "confirm")
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
EVERY = pytest.param((), marks=pytest.mark.soak)
MOST_CONNECTIONS = 24


@pytest.mark.parametrize(
    ("how", "names"),
    [(FAST, FEW), *(pytest.param(how, names, marks=pytest.mark.soak) for how, names in ((IMMEDIATE, FEW), (FAST, ())))],
)
def test_restarted_in_mid_submit__each_is_told_to_send_again_and_then_there_is_one(
    site: Site, people: People, how: int, names: Sequence[str]
) -> None:
    deeds = people.deeds(*names)
    with _in_mid_submit(site, deeds) as told:
        site.postgres.restart(how)
    _assert_told_to_send_again([each.result() for each in told])
    connection.close()
    for deed in deeds:
        deed.assert_nothing()
        deed.assert_done()
    site.assert_all_work_is_done()


def test_restarted_between_two_pages__nobody_notices(site: Site, people: People) -> None:
    """But where connections are not looked at before they are used: that is the control."""
    kept, fresh = people.deeds("message", "book")
    first, second = people.visit(site.unguarded).deeds("message", "message")
    kept.assert_done()
    _assert_done_at_last(first)

    site.postgres.restart()
    connection.close()

    for deed in (kept, fresh):
        deed.assert_done()
    told = second.send()
    assert (told.answer.status, told.says_send_again) == (500, False), "the control"


@pytest.mark.parametrize("names", [FEW, EVERY])
def test_frozen_in_mid_submit__each_is_told_in_time_and_then_there_is_one(
    site: Site, people: People, names: Sequence[str]
) -> None:
    """The control stands beside them: a web server without the deadline has not answered by then."""
    deeds = people.deeds(*names)
    before, control = people.visit(site.unguarded).deeds("message", "message")
    _assert_done_at_last(before)
    control.session.seconds = WITHIN
    with _in_mid_submit(site, [*deeds, control]) as told, site.postgres.frozen():
        *answers, without = [each.exception(60) or each.result() for each in told]
    _assert_told_to_send_again(answers)
    assert isinstance(without, TimeoutError), "the control"
    for deed in deeds:
        deed.assert_done()
    _assert_done_at_last(control)
    site.assert_all_work_is_done()


@pytest.mark.soak
def test_frozen_before__all_who_come_are_told_in_time(site: Site, people: People) -> None:
    """More than there are threads: those who queue do not wait once more."""
    deeds = people.deeds(*["message"] * 40)
    began = monotonic()
    with site.postgres.frozen(), all_at_once(deeds) as told:
        _assert_told_to_send_again([each.result() for each in told])
    assert monotonic() - began < WITHIN
    deeds[0].assert_nothing()
    _assert_done_at_last(deeds[0])


@pytest.mark.parametrize("names", [("message",), EVERY])
def test_without_a_free_connection__each_is_told_and_then_there_is_one(
    site: Site, people: People, names: Sequence[str]
) -> None:
    deeds = people.deeds(*names)
    (control,) = people.visit(site.unguarded).deeds("message")
    with _all_connections_taken(site):
        _assert_told_to_send_again([deed.send() for deed in deeds])
        told = control.send()
        assert (told.answer.status, told.says_send_again) == (500, False), "the control"
    for deed in deeds:
        deed.assert_nothing()
        deed.assert_done()
    site.assert_all_work_is_done()


def _assert_done_at_last(deed: Deed) -> None:
    """At the first or another try."""
    assert eventually(lambda: deed.send().is_done), deed.told
    deed.assert_once()


def _assert_told_to_send_again(told: Sequence[Any]) -> None:
    assert all(isinstance(each, Told) for each in told), told
    assert {each.says_send_again for each in told} == {True}, [each.answer for each in told]
    assert {each.answer.retry_after for each in told} == {"60"}
    assert max(each.seconds for each in told) < WITHIN


@contextmanager
def _in_mid_submit(site: Site, deeds: Sequence[Deed]) -> Iterator[list[Future[Told]]]:
    """Everybody's transaction has begun, and waits for somebody who holds what all of them write.

    No mail is under way then: of one that was taken while its row went away there may be a second.
    """
    site.assert_all_work_is_done()
    connect = partial(psycopg.connect, site.postgres.url)
    with connect() as holder, connect(autocommit=True) as looker, ExitStack() as stack:
        holder.execute(f'LOCK TABLE "{Event._meta.db_table}" IN SHARE MODE')
        told = stack.enter_context(all_at_once(deeds))
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"

        def all_wait() -> bool:
            found = looker.execute(waiting, [Event._meta.db_table]).fetchone()
            return bool(found and found[0] >= len(deeds))

        try:
            assert eventually(all_wait, seconds=6), [(deed.name, deed.told) for deed in deeds]
            yield told
        finally:
            for each in (holder, looker):
                each.close()


@contextmanager
def _all_connections_taken(site: Site) -> Iterator[None]:
    site.postgres.end(FAST)
    site.postgres.start(max_connections=str(MOST_CONNECTIONS))
    connection.close()
    over = threading.Event()
    with ThreadPoolExecutor(1) as pool, ExitStack() as stack:
        taking = pool.submit(_take_all, site, stack, over)
        try:
            assert eventually(lambda: _refused(site))
            yield
        finally:
            over.set()
            taking.result()
    site.postgres.restart()
    connection.close()


def _take_all(site: Site, stack: ExitStack, over: threading.Event) -> None:
    """And whatever is given back meanwhile."""
    while not over.wait(0.01):
        with suppress(psycopg.OperationalError):
            stack.enter_context(psycopg.connect(site.postgres.url))


def _refused(site: Site) -> bool:
    try:
        psycopg.connect(site.postgres.url).close()
    except psycopg.OperationalError as refusal:
        return "too many clients" in str(refusal)
    return False
