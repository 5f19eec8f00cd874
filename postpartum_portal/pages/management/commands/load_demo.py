from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from facilities.public import load_facility_files
from postpartum_portal.pages.demo.loading import load
from postpartum_portal.pages.demo.samples import read_samples
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = "Load the demo's invented facilities, and people placed relative to today. A second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The sample people are for the demo only.")
        today, samples = clock.today(), settings.ROOT / "fixtures" / "demo"
        load_facility_files(directory=samples, on=today)
        for file in sorted(samples.glob("*.yaml")):
            with transaction.atomic():
                load(read_samples(file), today=today)
            self.stdout.write(f"{file.name}: loaded")
