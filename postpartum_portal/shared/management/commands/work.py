import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from postpartum_portal.shared.jobs import tasks

PLAN_EVERY = 30
SEAL_EVERY = 10


class Command(BaseCommand):
    help = "Run the embedded worker: sweep due job rows every second, plan, seal events, without a broker."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="Plan, sweep until nothing is due, and stop.")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        rounds = 0
        while not stop.is_set():
            if rounds % PLAN_EVERY == 0:
                tasks.plan()
            if rounds % SEAL_EVERY == 0:
                tasks.seal()
            ran = tasks.sweep()
            close_old_connections()
            rounds += 1
            if once and not ran:
                return
            if not ran:
                stop.wait(1)
