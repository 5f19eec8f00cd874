from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from facilities.services.integrity import check


class Command(BaseCommand):
    help = "Recount units and places. Reports what differs; --repair sets the counters to what was recounted."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--repair", action="store_true", help="set wrong counters to what was recounted")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        with scopes_disabled():
            found = check(repair=repair)
            left = check() if repair else found
        for discrepancy in found:
            self.stdout.write(str(discrepancy))
        if left:
            raise CommandError(f"{len(left)} discrepancies")
        self.stdout.write("counters and rows agree")
