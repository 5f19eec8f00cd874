from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from postpartum_portal.shared import rights


class Command(BaseCommand):
    help = (
        "Let the portal's own database role work with rows, and not change what is kept for good (events, ledger,"
        " number register). Run it after each migrate, as the owner of the tables. PostgreSQL only."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--to", required=True, metavar="ROLE", help="The role that web and worker connect as.")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL knows roles.")
        try:
            rights.grant(to)
        except rights.RoleHasMore:
            raise CommandError(
                f"{to} is a superuser, makes roles or owns the tables, so no right binds it: name another role."
            ) from None
        self.stdout.write(f"{to} may work with the rows, and may not change what is kept.")
