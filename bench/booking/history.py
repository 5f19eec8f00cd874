"""What a hundred thousand earlier bookings of the same facility and municipality cost the next one."""

from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

from applications.models import LedgerEntry, Pool
from bench.databases import copy_of, enter
from bench.rounds import ROUNDS
from facilities.models import Booking
from postpartum_portal.shared.models import Event, Job, Mail

from .world import BATCH, World, request_by_service

EARLIER = 100_000
MADE = "earlier-"
"""Begins what is unique of an earlier booking, as its number is added to it."""


def growth(world: World) -> float:
    """How many times as long a booking takes with them as without, in turns from two databases."""
    with copy_of(world.database) as full:
        enter(full)
        _fill()
        return median(_seconds(world, full) / _seconds(world, world.database) for _ in range(ROUNDS))


def _seconds(world: World, database: str) -> float:
    """Of as many bookings in a database; one before them opens the connection."""
    enter(database)
    first, *mothers = world.mothers(BATCH + 1)
    request_by_service(world, first, world.some_day(), days=3)
    started = perf_counter()
    for entitlement in mothers:
        request_by_service(world, entitlement, world.some_day(), days=3)
    return perf_counter() - started


def _fill() -> None:
    """The rows of one booking many times over, each family with a few of them: one statement a table.

    Whoever has booked here by now is a family of the past. Counters stay: what was used is over.
    """
    taken = LedgerEntry.objects.filter(move=LedgerEntry.Move.TAKE).order_by("pk")
    families = list(Pool.objects.filter(pk__in=taken.values("pool")).values_list("entitlement", flat=True).distinct())
    own, number = sql.Literal(MADE), sql.SQL("n")
    unique = sql.SQL("{} || {}").format(own, number)
    family = sql.SQL("({}::bigint[])[1 + n % {}]").format(sql.Literal(families), sql.Literal(len(families)))
    day = {name: sql.SQL("{} - 5 - n % 700").format(sql.Identifier(name)) for name in ("first_day", "last_day")}
    _repeat(Booking, {"number": unique, "form_token": unique, "entitlement_id": family, "status": "attended", **day})
    _repeat(LedgerEntry, {"booking_number": unique})
    _repeat(Event, {"subject_id": sql.SQL("1000000 + n")})
    _repeat(Mail, {"key": unique, "message_id": unique})
    _repeat(Job, {"key": unique, "status": "done", "done_at": sql.Identifier("run_after")})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _repeat(model: type[Model], other: dict[str, Any]) -> None:
    """Its newest row again and again, but for the columns in `other`: a value, or SQL that knows the number `n`."""
    table = sql.Identifier(model._meta.db_table)
    fields: list[Field[Any, Any]] = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = [str(field.column) for field in fields]
    values = (other.get(name, sql.SQL("row.{}").format(sql.Identifier(name))) for name in names)
    copy = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {count}) AS n, "
        "(SELECT * FROM {table} ORDER BY id DESC LIMIT 1) AS row"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            copy.format(
                table=table,
                names=sql.SQL(", ").join(map(sql.Identifier, names)),
                values=sql.SQL(", ").join(v if isinstance(v, sql.Composable) else sql.Literal(v) for v in values),
                count=sql.Literal(EARLIER),
            )
        )
