from typing import Any

from django.core.management.base import BaseCommand

from postpartum_portal.pages.demo.people import PEOPLE


class Command(BaseCommand):
    help = "Print the demo's ready-made sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:24} {person.who}")
