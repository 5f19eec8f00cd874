"""A planner that forgets to give what it writes a key of its own."""

import datetime as dt
import secrets

from django.apps import AppConfig


class Careless(AppConfig):
    name = "tests.processes"
    label = "careless"

    def ready(self) -> None:
        from postpartum_portal.shared.jobs import enqueue, planner  # noqa: PLC0415 - its models need the apps

        @planner
        def write_anew(now: dt.datetime) -> None:
            enqueue("clear_sessions", 0, at=now, key=f"careless:{secrets.token_hex(8)}")
