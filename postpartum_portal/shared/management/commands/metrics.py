import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.shared.metrics.counting import AVAILABLE


class Command(BaseCommand):
    help = (
        "Serve figures for Prometheus on a port of their own: one process on each machine that runs web servers, with"
        " their PROMETHEUS_MULTIPROC_DIR. No personal data; let only your own watchers reach the port all the same."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="Where to listen; only this machine by default.")
        parser.add_argument("--port", type=int, default=9464)

    def handle(self, *args: Any, **options: Any) -> None:
        if not AVAILABLE:
            raise CommandError("The extra is not installed: pip install '.[metrics]', or requirements-extras.txt.")
        from postpartum_portal.shared.metrics.serving import serve  # noqa: PLC0415 - needs the library

        where, folder = f"{options['address']}:{options['port']}", os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        try:
            server, thread = serve(options["address"], options["port"], folder=folder)
        except (OSError, OverflowError) as refused:
            raise CommandError(f"Nobody can listen at {where}: {refused}") from None
        self.stdout.write(f"Figures on http://{options['address']}:{server.server_port}/metrics")
        try:
            thread.join()
        except KeyboardInterrupt:
            server.shutdown()
