from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.sessions import end_sessions


class Command(BaseCommand):
    help = (
        "In an incident: end every open session, of some accounts or of all. With --block the accounts cannot sign in"
        " again until --unblock. Accounts are named by their id, as logs and 事務 › 記録 do."
    )

    def add_arguments(self, parser: Any) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("accounts", nargs="*", type=int, default=[], metavar="ID")
        whose.add_argument("--all", action="store_true", help="Everybody signs in anew.")
        after = parser.add_mutually_exclusive_group()
        after.add_argument("--block", action="store_true")
        after.add_argument("--unblock", action="store_true")

    def handle(self, *args: Any, accounts: list[int], **options: Any) -> None:
        if options["all"]:
            if options["block"] or options["unblock"]:
                raise CommandError("Name the accounts to block; nobody blocks all of them.")
            ended = Session.objects.count()
            Session.objects.all().delete()
            self.stdout.write(f"{ended} sessions ended")
            return
        found = User.objects.in_bulk(accounts)
        if missing := sorted(set(accounts) - set(found)):
            raise CommandError(f"No such account: {', '.join(map(str, missing))}. Nothing was changed.")
        for user in found.values():
            if options["block"] or options["unblock"]:
                user.is_active = options["unblock"]
                user.save(update_fields=["is_active"])
            end_sessions(user)
        then = "; no sign-in until --unblock" if options["block"] else "; they may sign in again" * options["unblock"]
        self.stdout.write(f"all sessions of {len(found)} accounts ended{then}")
