"""The ceiling: a server function (function.sql) that writes the rows of a request in one call."""

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

from applications.models import LedgerEntry
from applications.public import Entitlement
from facilities.models import Booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Job, Mail

from .world import World

WRITTEN: tuple[type[Model], ...] = (LedgerEntry, Booking, Event, Mail, Job)
UNITS = {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
LINE = {"label": "宿泊型", "arithmetic": "5月12日→13日", "amount": 5000}
QUOTE = {"lines": [LINE, LINE], "total": 10000, "class": "general", "version": 1}
MAIL = ("予約の申しこみを受けつけました", "施設が確かめて、メールとマイページでお知らせします。\n" * 6)


def install() -> None:
    """Columns that function.sql does not name get their model's default, as the service writes it."""
    text = (Path(__file__).parent / "function.sql").read_text()
    with connection.cursor() as cursor:
        for model in WRITTEN:
            table = model._meta.db_table
            for field in _left_out(model, text):
                alter = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}")
                names = (sql.Identifier(table), sql.Identifier(str(field.column)))
                cursor.execute(alter.format(*names, sql.Literal(_default(field))))
        cursor.execute(text)


def request_by_function(world: World, entitlement: Entitlement, day: dt.date, *, days: int) -> None:
    """The same rows as the service writes for a stay of three days."""
    assert entitlement.citizen is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bench_request(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                entitlement.municipality_id,
                entitlement.citizen_id,
                world.stay.facility_id,
                entitlement.pk,
                f"bench-{entitlement.pk}",
                f"function-{entitlement.pk}",
                world.stay.place,
                day,
                day + dt.timedelta(days=days - 1),
                json.dumps(UNITS),
                json.dumps(QUOTE),
                clock.now(),
                entitlement.citizen.email,
                *MAIL,
            ],
        )


def _left_out(model: type[Model], text: str) -> list["Field[Any, Any]"]:
    """The columns that must have a value and get none in the text."""
    table = model._meta.db_table
    (named,) = re.findall(rf"INSERT INTO {table}\s*\(([^)]*)\)", text)
    columns = set(re.findall(r"\w+", named))
    fields = model._meta.concrete_fields
    return [row for row in fields if not (row.primary_key or row.null or str(row.column) in columns)]


def _default(field: "Field[Any, Any]") -> Any:
    value = field.get_default()
    if value is None:
        table = field.model._meta.db_table
        sys.exit(f"{table}.{field.column} has no default: write it in bench/booking/function.sql, as the service does.")
    return field.get_db_prep_save(value, connection)
