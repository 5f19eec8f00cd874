from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from facilities.public import load_facility_files
from postpartum_portal.pages.demo.loading import load
from postpartum_portal.pages.demo.samples import FOLDER, all_samples
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = "Load the demo's invented facilities, and people placed relative to today. A second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The sample people are for the demo only.")
        now = clock.now()
        load_facility_files(directory=FOLDER, on=clock.day_of(now))
        for samples in all_samples():
            with transaction.atomic():
                load(samples, now=now)
            self.stdout.write(f"{samples.municipality}: loaded")
