"""W3: every job and every planner, three times in a row or eight times at once, leaves what once leaves.

All that are registered are done on one world in which each has something to do; whoever adds a handler or a planner
adds to that world (`doubled_world.prepare`), or the first test fails. Controls that do double must be caught.
"""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import Lease, enqueue, registry, runner
from postpartum_portal.shared.models import Job
from tests.processes import doubled_world, doubling

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]


@pytest.fixture
def world(published: Any, clock_at: Any) -> Iterator[doubling.World]:
    doubled_world.prepare(published, clock_at)
    with scopes_disabled():
        yield doubling.World()


def test_every_job_and_planner__doubled__leaves_the_same_rows_and_mails(world: doubling.World) -> None:
    wrote = doubling.once()
    expected = {planner.__qualname__ for planner in registry.planners()} | registry._handlers.keys()
    assert sorted(name for name in expected if not wrote.get(name)) == [], "each has something to do in this world"
    assert not list(
        Job.objects.exclude(status="done").filter(run_after__lte=clock.now()).values_list("key", "last_error")
    )
    rows, mails = doubling.rows(), doubling.sent()
    assert mails
    assert set(mails.values()) == {1}

    ways = [doubling.thrice] + [doubling.at_once] * (connection.vendor == "postgresql")
    for way in ways:
        world.restore()
        way()
        assert doubling.rows() - rows == rows - doubling.rows(), way.__name__
        assert doubling.sent() == mails, way.__name__


# the controls: what does double is caught


@pytest.fixture
def no_planners(monkeypatch: Any) -> Iterator[None]:
    monkeypatch.setattr(registry, "_planners", [])
    with scopes_disabled():
        yield


def test_control__a_planner_that_writes_anew_each_time__is_caught(no_planners: None) -> None:
    def doubles(now: Any) -> None:
        mail.post("account/login_code", "a@example.jp", key=secrets.token_hex(), at=now, code="1")

    registry._planners.append(doubles)
    nothing = doubling.World()
    for way, count in ((doubling.once, 1), (doubling.thrice, 3), (doubling.at_once, doubling.AT_ONCE)):
        if way is not doubling.at_once or connection.vendor == "postgresql":
            nothing.restore()
            way()
            assert sum(doubling.sent().values()) == count


def test_control__a_job_that_writes_anew_each_time__is_caught(no_planners: None) -> None:
    def doubles(lease: Lease) -> None:
        mail.post("account/login_code", "a@example.jp", key=secrets.token_hex(), at=clock.now(), code="1")

    enqueue("doubles", 1, at=clock.now())
    twice = doubling.World()
    with doubling.registered("doubles", doubles):
        doubling.once()
        rows = doubling.rows()
        twice.restore()
        doubling.thrice()

    assert doubling.rows() - rows
    assert sum(doubling.sent().values()) == 3


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__claims_that_everybody_gets__are_caught(no_planners: None, monkeypatch: Any) -> None:
    """Without the condition of the claim, eight workers send a mail more than once."""

    def careless(job_id: int, *, now: Any) -> Lease | None:
        job = Job.objects.filter(pk=job_id, status__in=["queued", "running"]).first()
        if job is None:
            return None
        Job.objects.filter(pk=job_id).update(status="running", lease_until=now, done_at=None)
        return Lease(job.pk, job.token, job.kind, job.subject_id, job.municipality_id)

    for number in range(20):
        mail.post("account/login_code", f"{number}@example.jp", key=f"{number}", at=clock.now(), code="1")
    monkeypatch.setattr(runner, "claim", careless)
    doubling.at_once()

    assert max(doubling.sent().values()) > 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__what_one_of_eight_raises__is_said_at_once(no_planners: None) -> None:
    """And not that the seven others waited for it in vain."""
    only_one = iter([RuntimeError("in one of them")])

    def fails(now: Any) -> None:
        for error in only_one:
            raise error

    registry._planners.append(fails)
    with pytest.raises(RuntimeError, match="in one of them"):
        doubling.at_once()
