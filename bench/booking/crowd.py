"""Sixty-four clients for five places, each with a connection of its own."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections
from django_scopes import scopes_disabled

from applications.public import Entitlement
from facilities.models import Booking, DayCapacity
from facilities.public import DayFull
from postpartum_portal.shared import clock

from .world import CLIENTS, PLACES, World, request_by_service


def booked_by_service(world: World) -> int:
    """How many of the crowd got a place on a day that has five."""
    day = _narrow()

    def ask(entitlement: Entitlement) -> None:
        try:
            request_by_service(world, entitlement, day, days=2)
        except DayFull:
            return

    _let_go(world, ask)
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

    _let_go(world, ask)
    return Booking.objects.filter(first_day=day).count()


def _narrow() -> dt.date:
    """A day that nobody has asked for yet, with five places, as has the day after it."""
    booked = Booking.objects.order_by("-last_day").values_list("last_day", flat=True).first()
    day = max(booked or clock.today(), clock.today()) + dt.timedelta(days=1)
    DayCapacity.objects.filter(day__range=(day, day + dt.timedelta(days=1))).update(limit=PLACES)
    return day


def _let_go(world: World, ask: Callable[[Entitlement], None]) -> None:
    start = threading.Barrier(CLIENTS)

    def run(entitlement: Entitlement) -> None:
        try:
            with scopes_disabled():
                connection.ensure_connection()
                start.wait(60)
                ask(entitlement)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(run, world.mothers(CLIENTS)))
