"""A mother in Kodaira at her application."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Application
from applications.steps import Step

from .posts import COMPLETE


def seen(answer: Any) -> tuple[int, str]:
    """Status and page as a person sees them: without the token that every form carries."""
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


class Applicant:
    """Presses the buttons of the application in one browser."""

    def __init__(self, user: Any, slug: str) -> None:
        self.user, self.slug = user, slug
        self.client: Any = Client()
        self.client.force_login(user)

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"applications:{name}", kwargs={"slug": self.slug, **kwargs})

    def get(self, step: str) -> Any:
        return self.client.get(self.url("step", step=step))

    def post(self, step: Step, *, go: str = "next", query: str = "", **changes: Any) -> Any:
        """Send a step, complete but for `changes`; a change to None leaves the box out."""
        sent = {name: value for name, value in {**COMPLETE[step], **changes}.items() if value is not None}
        return self.client.post(self.url("step", step=step.value) + query, {**sent, "go": go})

    def fill_in(self, **changes: dict[str, Any]) -> None:
        """Complete every step; `changes` by the step's code."""
        for step in Step:
            self.post(step, **changes.get(step.value, {}))

    def submit(self) -> Any:
        return self.client.post(self.url("review"), {"application": self.application.pk})

    @property
    def application(self) -> Application:
        with scopes_disabled():
            return Application.objects.select_related("municipality").get(citizen=self.user)


@pytest.fixture
def applicant(mother: Any, media: Any) -> Applicant:
    return Applicant(mother, "kodaira")
