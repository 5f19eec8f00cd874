"""Booking: the whole service against one server function that writes the same rows, and a crowd against five places.

It needs PostgreSQL (DATABASE_URL names a server) and works in a scratch database that it takes away again.
"""

from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.rounds import Figure, times_faster

from .crowd import booked_by_check_then_insert, booked_by_service
from .function import install, request_by_function
from .world import BATCH, CROWDS, PLACES, World, request_by_service, scratch_world


def measure() -> Iterator[Figure]:
    with scratch_world() as world:
        install()
        yield Figure("service_vs_function", _service_vs_function(world), "x", places=3)
        for name, days in (("statements", 3), ("statements_2_days", 2), ("statements_7_days", 7)):
            yield Figure(name, _statements(world, days), "", places=0)
        beyond = sum(max(0, booked_by_service(world) - PLACES) for _ in range(CROWDS))
        yield Figure("over_capacity", beyond, "bookings", places=0)
        yield Figure("control_oversold", booked_by_check_then_insert(world) - PLACES, "bookings", places=0)


def _service_vs_function(world: World) -> float:
    """What share of the function's speed the service reaches: 1 would be as fast."""

    def ours() -> None:
        for entitlement in world.mothers(BATCH):
            request_by_service(world, entitlement, world.some_day(), days=3)

    def function() -> None:
        for entitlement in world.mothers(BATCH):
            request_by_function(world, entitlement, world.some_day(), days=3)

    return times_faster(ours, than=function)


def _statements(world: World, days: int) -> int:
    """All that is sent to the database for one request, beginning and commit included."""
    (entitlement,) = world.mothers(1)
    with CaptureQueriesContext(connection) as statements:
        request_by_service(world, entitlement, world.some_day(), days=days)
    return len(statements)
