from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from facilities.services.integrity import check_all
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = (
        "Recount units and places; compare letters with numbers, closed months with their lines, files with their"
        " hashes, mails with their jobs. Reports what differs, by ids and codes. --repair sets counters to what was"
        " recounted, notes hashes that nobody noted, and deletes files that no row names; nothing else."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--repair", action="store_true", help="set wrong counters to what was recounted")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        with scopes_disabled():
            left = found = self._told(repair=repair)
            if repair and found:
                left = sum(1 for _ in check_all(now=clock.now()))
        if left:
            raise CommandError(f"{left} discrepancies")
        self.stdout.write("counters, rows and files agree")

    def _told(self, *, repair: bool) -> int:
        number = 0
        for discrepancy in check_all(now=clock.now(), repair=repair):
            self.stdout.write(str(discrepancy))
            number += 1
        return number
