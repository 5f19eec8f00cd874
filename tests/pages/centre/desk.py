"""Staff of the centre at a case: what they press, and what they read."""

import re

from django.test import Client

APPROVAL = {
    "outcome": "approve",
    "services": ["short_stay", "midwife_visit"],
    "limit_stay_and_day": "7",
    "limit_stay": "6",
    "limit_stay_nights": "5",
    "limit_day": "5",
    "limit_midwife": "2",
    "limit_supporter": "5",
    "class_code": "general",
    "extension_reason": "",
}


class Desk:
    """One member of staff at one case."""

    def __init__(self, user, application) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.url = f"/kodaira/centre/cases/{application.number}/"

    def page(self) -> str:
        return self.client.get(self.url).content.decode()

    def send(self, form: str, data, **headers):
        return self.client.post(f"{self.url}{form}/", data, headers=headers)

    def told(self, form: str, data) -> str:
        """The page that the form led to."""
        return self.client.post(f"{self.url}{form}/", data, follow=True).content.decode()


def checked(page: str, name: str) -> list[str]:
    """The values of the boxes that are ticked."""
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in box and " checked" in box]
    return [value for box in boxes for value in re.findall(r'value="(\w+)"', box)]
