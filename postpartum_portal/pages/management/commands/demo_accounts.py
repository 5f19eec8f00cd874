from typing import Any

from django.core.management.base import BaseCommand

from postpartum_portal.pages.demo.samples import all_samples


class Command(BaseCommand):
    help = "Print the demo's ready-made sign-ins that one needs first."

    def handle(self, *args: Any, **options: Any) -> None:
        for samples in all_samples():
            for person in samples.people:
                if not person.aside:
                    self.stdout.write(f"  {person.email:24} {person.who}")
