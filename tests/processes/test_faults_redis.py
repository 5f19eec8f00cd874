"""X2, W1, W2: Redis frozen, killed or full while people send something: nobody waits for it, and nothing is lost.

What could not be called is found by the sweep. Codes to sign in with are still counted, by each web process for itself.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from time import monotonic
from typing import Any

import pytest

from postpartum_portal.shared import clock
from postpartum_portal.shared.away import Away
from postpartum_portal.shared.jobs import enqueue, wake
from postpartum_portal.shared.jobs.tasks import run_job
from postpartum_portal.shared.models import Mail
from tests.plugins.counted import Counted
from tests.processes.fault_deeds import WITHIN, People, all_at_once
from tests.processes.faults import Site
from tests.processes.support.faulty import Redis

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
Fault = Callable[[Redis], AbstractContextManager[None]]
FEW = ("book", "decide", "confirm")
EVERY = pytest.param((), marks=pytest.mark.soak)
LIMIT = 6
"""Codes for an address within an hour, asked for from one source; twice as many while each of two processes counts."""
MAILS = 12


@pytest.mark.parametrize("names", [FEW, EVERY])
@pytest.mark.parametrize(
    "fault", [Redis.frozen, *(pytest.param(each, marks=pytest.mark.soak) for each in (Redis.killed, Redis.full))]
)
def test_redis_away__all_is_done_in_time_and_its_work_comes_later(
    site: Site, people: People, fault: Fault, names: tuple[str, ...]
) -> None:
    deeds = people.deeds(*names)
    with fault(site.redis), all_at_once(deeds) as told:
        answers = [each.result() for each in told]
    assert {each.is_done for each in answers} == {True}, [each.answer for each in answers]
    assert max(each.seconds for each in answers) < WITHIN
    for deed in deeds:
        deed.assert_done()
    site.assert_all_work_is_done()


def test_redis_frozen__a_code_to_sign_in_with_is_sent_and_asking_is_still_limited(
    site: Site, people: People, counted: Counted
) -> None:
    asks = people.asks_for_a_code()
    with site.redis.frozen():
        told = [asks.send() for _ in range(4 * LIMIT)]
    assert max(each.seconds for each in told) < WITHIN
    counted("asking for a code of a frozen Redis", f"{max(each.seconds for each in told):.2f} s at most")
    assert told[0].is_done, told[0].answer
    refused = [each.answer for each in told if not each.is_done]  # not always the last: the other process may have room
    assert len(told) - len(refused) <= 2 * LIMIT
    assert all("から、もういちど" in answer.text for answer in refused), "it says when"
    assert 1 <= Mail.objects.filter(to=asks.form["login"]).count() <= 2 * LIMIT
    site.assert_all_work_is_done()


@pytest.mark.soak
def test_redis_frozen__a_deed_with_many_mails_waits_once(
    site: Site, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
    app: Any = run_job.app
    send: Any = run_job.apply_async
    with app.connection_for_write(site.redis.url) as line, site.redis.frozen():
        monkeypatch.setattr(run_job, "apply_async", partial(send, connection=line))
        assert _seconds_for_mails() < WITHIN
        monkeypatch.setattr(wake, "REDIS", Away(seconds=0))
        assert _seconds_for_mails() >= WITHIN, "the control: asked anew for each mail"


def _seconds_for_mails() -> float:
    began = monotonic()
    for number in range(MAILS):
        enqueue("clear_sessions", number, at=clock.now(), key=f"{began}-{number}")
    return monotonic() - began
