from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from eligibility.public import Municipality
from postpartum_portal.accounts.services.beginning import HasDecider, begin_centre
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = (
        "Let the first decider of a municipality in: she signs in with a code that is mailed to her, sets up a second"
        " factor, and invites all others. Refused where somebody decides already."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("municipality", help="Its slug, such as kodaira.")
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="As her colleagues see it.")

    def handle(self, *args: Any, municipality: str, email: str, name: str, **options: Any) -> None:
        found = Municipality.objects.filter(slug=municipality).first()
        if found is None:
            known = ", ".join(Municipality.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"No municipality {municipality}; there are: {known or 'none, see load_programmes'}.")
        try:
            validate_email(email)
            membership = begin_centre(found, email, display_name=name, at=clock.now())
        except ValidationError:
            raise CommandError("That is no mail address.") from None
        except HasDecider:
            raise CommandError("Somebody decides there already, and invites the others (事務 › 職員).") from None
        self.stdout.write(f"account {membership.user_id} decides for {municipality}: she signs in at /accounts/login/")
