from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from postpartum_portal.pages.demo.loading import load
from postpartum_portal.pages.demo.samples import read_samples
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = "Load the demo's invented people, placed relative to today. A second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The sample people are for the demo only.")
        for file in sorted((settings.ROOT / "fixtures" / "demo").glob("*.yaml")):
            with transaction.atomic():
                load(read_samples(file), today=clock.today())
            self.stdout.write(f"{file.name}: loaded")
