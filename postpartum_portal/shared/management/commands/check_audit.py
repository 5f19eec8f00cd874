import re
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.shared import audit

SHOWN = 100
DIGEST = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    help = (
        "Recompute the seals of the event log and name every event that was changed, removed or inserted since."
        " Prints the newest digest: keep it outside this machine, and give it to --expect some other day. Shows no"
        " personal data; exits with 1 when something is found."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--expect", default="", help="A digest printed or logged earlier that must still be there.")

    def handle(self, *args: Any, expect: str, **options: Any) -> None:
        if expect and not DIGEST.fullmatch(expect):
            raise CommandError("A digest is 64 characters of 0-9 and a-f, as this command prints it.")
        found = list(islice(audit.findings(expect=expect), SHOWN + 1))
        for finding in found[:SHOWN]:
            self.stdout.write(str(finding))
        now = audit.summary()
        self.stdout.write(
            f"{now.seals} seals up to event {now.last_event}, {now.unsealed} events not sealed yet\ndigest {now.digest}"
        )
        if found:
            more = ", and more" if len(found) > SHOWN else ""
            raise CommandError(f"{len(found[:SHOWN])} findings{more}: the event log is not as it was written.")
