from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scopes_disabled

from facilities.services.forgetting import StillOpen, forget_person, kept_by_account
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.forgetting import StillStaff
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = (
        "Forget a person who asked for it: list what is kept and until when; with --yes drafts, mails, sessions, the"
        " sign-in and every record whose time is over go at once. Takes the number of the account. Shows no name."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("account", type=int, help="the account's number")
        parser.add_argument("--yes", action="store_true", help="do it; without it only list")

    def handle(self, *args: Any, account: int, yes: bool, **options: Any) -> None:
        user = User.objects.filter(pk=account).first()
        if user is None:
            raise CommandError("no such account")
        with scopes_disabled():
            for kept in kept_by_account(user, on=clock.today()):
                until = kept.until.isoformat() if kept.until else "no time is set"
                self.stdout.write("\t".join((kept.municipality, kept.record, until, "; ".join(kept.held) or "-")))
        if not yes:
            self.stdout.write("Nothing was erased. Add --yes.")
            return
        try:
            done = forget_person(user, by_id=None, at=clock.now())
        except StillOpen:
            raise CommandError("An application, a booking or a wish goes on; end that first.") from None
        except StillStaff:
            raise CommandError("This account works at a centre or a facility; end that first.") from None
        gone = "gone" if done.gone else "without name and address, kept records point to it"
        self.stdout.write(f"records erased {done.erased}, unsent {done.unsent}, account {gone}")
