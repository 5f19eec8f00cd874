"""Many clients at once, each with a connection of its own: for five places, one mother's days, a day with room."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import TypeVar

from django.db import connection, connections
from django_scopes import scopes_disabled

from applications.models import Pool
from applications.public import Entitlement
from bench.rounds import ROUNDS
from facilities.models import Booking, DayCapacity
from facilities.public import DayFull, NotBookable
from postpartum_portal.shared import clock

from .world import ASKED_FOR, BUSY, CLIENTS, PLACES, World, request_by_service

Client = TypeVar("Client")
TABS = range(16)


def booked_by_service(world: World) -> int:
    """How many of the crowd got a place on a day that has five."""
    day = _narrow()

    def ask(entitlement: Entitlement) -> None:
        try:
            request_by_service(world, entitlement, day, days=2)
        except DayFull:
            return

    _let_go(world.mothers(CLIENTS), ask)
    return Booking.objects.filter(first_day=day).count()


def booked_by_check_then_insert(world: World) -> int:
    """The control: whoever sees a free place takes it."""
    day = _narrow()

    def ask(entitlement: Entitlement) -> None:
        if Booking.objects.filter(first_day=day).count() < PLACES:
            Booking.objects.create(
                municipality=entitlement.municipality,
                facility=world.stay.facility,
                entitlement=entitlement,
                number=f"control-{entitlement.pk}",
                form_token=f"control-{entitlement.pk}",
                service=world.stay.service,
                first_day=day,
                last_day=day,
                units={},
                quote={},
            )

    _let_go(world.mothers(CLIENTS), ask)
    return Booking.objects.filter(first_day=day).count()


def units_beyond(world: World) -> int:
    """What one mother got beyond her units in as many tabs as there are days, each asking for another day."""
    (entitlement,) = world.mothers(1)

    def ask(tab: int) -> None:
        try:
            request_by_service(world, entitlement, clock.today() + dt.timedelta(days=5 + 3 * tab), days=2, tab=tab)
        except NotBookable:
            return

    _let_go(TABS, ask)
    booked = Counter(
        code for row in Booking.objects.filter(entitlement=entitlement) for code in Counter(row.units).elements()
    )
    limits = dict(Pool.objects.filter(entitlement=entitlement).values_list("code", "limit"))
    assert booked, "nothing was booked, so nothing is shown"
    return sum(max(0, number - limits[code]) for code, number in booked.items())


def crowd_vs_one(world: World) -> float:
    """The throughput of many clients on one day with room for all, against that of one client; in turns."""
    return median(_seconds(world, 1) / _seconds(world, BUSY) for _ in range(ROUNDS))


def _seconds(world: World, clients: int) -> float:
    """From the first question to the last answer; connections stand before."""
    day, spans = world.some_day(), []

    def ask(mothers: list[Entitlement]) -> None:
        began = perf_counter()
        for entitlement in mothers:
            request_by_service(world, entitlement, day, days=2)
        spans.append((began, perf_counter()))

    asked = world.mothers(ASKED_FOR)
    _let_go([asked[number::clients] for number in range(clients)], ask)
    return max(end for _, end in spans) - min(began for began, _ in spans)


def _narrow() -> dt.date:
    """A day that nobody has asked for yet, with five places, as has the day after it."""
    booked = Booking.objects.order_by("-last_day").values_list("last_day", flat=True).first()
    day = max(booked or clock.today(), clock.today()) + dt.timedelta(days=1)
    DayCapacity.objects.filter(day__range=(day, day + dt.timedelta(days=1))).update(limit=PLACES)
    return day


def _let_go(clients: Sequence[Client], ask: Callable[[Client], None]) -> None:
    start = threading.Barrier(len(clients))

    def run(client: Client) -> None:
        try:
            with scopes_disabled():
                connection.ensure_connection()
                start.wait(60)
                ask(client)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(run, clients))
