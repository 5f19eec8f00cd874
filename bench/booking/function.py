"""The ceiling: a server function (function.sql) that writes the rows of a request in one call."""

import datetime as dt
import json
from pathlib import Path

from django.db import connection

from applications.public import Entitlement
from postpartum_portal.shared import clock

from .world import World

UNITS = {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
LINE = {"label": "宿泊型", "arithmetic": "5月12日→13日", "amount": 5000}
QUOTE = {"lines": [LINE, LINE], "total": 10000, "class": "general", "version": 1}
MAIL = ("予約の申しこみを受けつけました", "施設が確かめて、メールとマイページでお知らせします。\n" * 6)


def install() -> None:
    with connection.cursor() as cursor:
        cursor.execute((Path(__file__).parent / "function.sql").read_text())


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
