from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from applications.models import Application
from applications.seeding import NobodyWorksHere, seed_scale
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

MOST = 1_000_000
FOR_INVENTED_PEOPLE = {"postpartum_portal.settings.demo", "postpartum_portal.settings.test", "bench.settings"}


class Command(BaseCommand):
    help = "Fill a municipality with invented applications, years of decided and some open ones, to see it at scale."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--municipality", required=True, help="its slug, such as kodaira")
        parser.add_argument("--applications", type=int, default=100_000)
        parser.add_argument("--open", type=int, default=300, dest="open_ones", help="how many of them are undecided")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same people")
        parser.add_argument("--yes-i-know", action="store_true", help="even where real people may be on file")

    def handle(self, *args: Any, **asked: Any) -> None:
        if settings.SETTINGS_MODULE not in FOR_INVENTED_PEOPLE and not asked["yes_i_know"]:
            raise CommandError("Real people may be on file here. With --yes-i-know invented ones are added to them.")
        if not 0 <= asked["open_ones"] <= asked["applications"] <= MOST:
            raise CommandError(f"Between 0 and {MOST:,} applications, and no more open ones than there are.")
        municipality = Municipality.objects.filter(slug=asked["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {asked['municipality']}: load_programmes brings the five.")
        size = {name: asked[name] for name in ("applications", "open_ones", "seed")}
        try:
            with tenant(municipality=municipality.pk):
                for done in seed_scale(municipality, **size, at=clock.now()):
                    if asked["verbosity"]:
                        self.stdout.write(f"{done:,} of {asked['applications']:,}")
                if asked["verbosity"]:
                    self.stdout.write(_on_file(municipality))
        except NobodyWorksHere:
            raise CommandError(
                "The centre has no decider yet, so nobody can have decided anything: load_demo brings invented staff."
            ) from None


def _on_file(municipality: Municipality) -> str:
    rows = Application.objects.exclude(status=Application.Status.DRAFT)
    open_ones, approved = rows.filter(status__in=Application.OPEN), rows.filter(status=Application.Status.APPROVED)
    told = f"{rows.count():,} applications, {open_ones.count():,} of them open, {approved.count():,} approved"
    return f"{municipality.name} has {told} now. The invented ones are numbered from S0-0001 on."
