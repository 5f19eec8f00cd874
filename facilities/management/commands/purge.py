from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from eligibility.public import Municipality, keeping_on
from facilities.selectors.keeping import due_ones
from facilities.services.leftovers import remove_leftovers
from facilities.services.purging import purge
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = (
        "Erase what has been kept long enough, as the daily job does; with --dry-run list it: municipality, kind, id,"
        " record, the day it was closed, the last day it is kept, case number, and what holds it back. No names."
        " Without --municipality also drafts, mails, jobs and accounts that no office keeps."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list only")
        parser.add_argument("--municipality", default="", help="only this one, by the name in its address")

    def handle(self, *args: Any, dry_run: bool, municipality: str, **options: Any) -> None:
        chosen = Municipality.objects.filter(**({"slug": municipality} if municipality else {})).order_by("code")
        if not chosen:
            raise CommandError("no such municipality")
        with scopes_disabled():
            for town in chosen:
                self._list(town)
                if not dry_run:
                    purge(town, at=clock.now())
        if not dry_run and not municipality:
            for name, number in remove_leftovers(at=clock.now()).items():
                self.stdout.write(f"{name}\t{number}")

    def _list(self, town: Municipality) -> None:
        on = clock.today()
        if not keeping_on(town, on):
            self.stdout.write(f"{town.slug}\tno time is set: nothing is erased")
        for due in due_ones(town, on=on):
            told = (due.subject_kind, due.subject_id, due.record, due.closed_on, due.until, due.case or "-")
            held = "; ".join(due.held) or "over"
            self.stdout.write("\t".join(map(str, (town.slug, *told, held))))
