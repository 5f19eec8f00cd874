"""Booking: the whole service against one server function that writes the same rows; history; a crowd; one mother.

It needs PostgreSQL (DATABASE_URL names a server) and works in scratch databases that it takes away again.
"""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Sum
from django.test.utils import CaptureQueriesContext

from applications.models import Pool
from bench.rounds import Figure, times_faster
from facilities.models import DayCapacity

from .crowd import booked_by_check_then_insert, booked_by_service, crowd_vs_one, units_beyond
from .function import WRITTEN, install, request_by_function
from .history import growth
from .world import BATCH, BUSY, CROWDS, PLACES, World, request_by_service, scratch_world


def measure() -> Iterator[Figure]:
    with scratch_world() as world:
        install()
        _write_alike(world)
        yield Figure("service_vs_function", _service_vs_function(world), "x", promised="at least 0.03")
        for name, days in (("statements", 3), ("statements_2_days", 2), ("statements_7_days", 7)):
            yield Figure(name, _statements(world, days), "", places=0, promised="at most 16, and the same for all days")
        yield Figure("growth_100000_vs_0", growth(world), "x", promised="at most 2.5")
        yield Figure(f"hot_{BUSY}_vs_1", crowd_vs_one(world), "x", promised="at least 0.3")
        beyond = sum(max(0, booked_by_service(world) - PLACES) for _ in range(CROWDS))
        yield Figure("over_capacity", beyond, "bookings", places=0, promised="0")
        over = sum(units_beyond(world) for _ in range(CROWDS))
        yield Figure("over_entitlement", over, "units", places=0, promised="0")
        oversold = booked_by_check_then_insert(world) - PLACES
        yield Figure(
            "control_oversold", oversold, "bookings", places=0, promised="more than 0, or 0 above proves nothing"
        )


def _service_vs_function(world: World) -> float:
    """What share of the function's speed the service reaches: 1 would be as fast."""

    def ours() -> None:
        for entitlement in world.mothers(BATCH):
            request_by_service(world, entitlement, world.some_day(), days=3)

    def function() -> None:
        for entitlement in world.mothers(BATCH):
            request_by_function(world, entitlement, world.some_day(), days=3)

    return times_faster(ours, than=function)


def _write_alike(world: World) -> None:
    """The ceiling is one only as long as the function writes what the service writes."""
    before = _written()
    (mother, other) = world.mothers(2)
    request_by_service(world, mother, world.some_day(), days=3)
    between = _written()
    request_by_function(world, other, world.some_day(), days=3)
    ours, its = (
        [new - old for old, new in zip(*pair, strict=True)] for pair in ((before, between), (between, _written()))
    )
    assert ours == its, (
        f"function.sql writes {its} of {[model.__name__ for model in WRITTEN]}, units, places; not {ours}"
    )


def _written() -> list[int]:
    counters = (model.objects.aggregate(total=Sum(F("used")))["total"] for model in (Pool, DayCapacity))
    return [*(model._default_manager.count() for model in WRITTEN), *counters]


def _statements(world: World, days: int) -> int:
    """All that is sent to the database for one request, beginning and commit included."""
    (entitlement,) = world.mothers(1)
    with CaptureQueriesContext(connection) as statements:
        request_by_service(world, entitlement, world.some_day(), days=days)
    return len(statements)
