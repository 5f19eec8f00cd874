import json
from typing import Any

from django.core.management.base import BaseCommand

from eligibility.programmes.json_schema import json_schema


class Command(BaseCommand):
    help = "Print the JSON Schema of programme files, as docs/programme.schema.json holds it for editors."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2))
