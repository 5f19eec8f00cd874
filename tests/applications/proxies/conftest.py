"""A father in Kodaira who writes for the mother."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Proxy
from applications.services.proxies import Told
from applications.steps import Step
from tests.applications.apply.conftest import Applicant
from tests.applications.apply.posts import COMPLETE
from tests.factories import UserFactory

HERS = "hanako@example.jp"
BABY = ("赤ちゃん", "出産", "お子さん", "妊娠", "母子")


def told(**changes: str) -> Told:
    """Who writes, and for whom."""
    said = {
        "relation": "partner",
        "name": "髙橋 健",
        "phone": "090-1234-5679",
        "mother_name": "髙橋 﨑子",
        "mother_email": HERS,
    }
    return Told(**{**said, **changes})


class Writer(Applicant):
    """Presses the same buttons, at the addresses of what is written for somebody else."""

    def begin(self, **changes: str) -> Any:
        said = told(**changes)
        return self.client.post(self.url("begin_proxy"), {name: getattr(said, name) for name in Told.__slots__})

    def write(self, step: Step, **changes: Any) -> Any:
        address = self.url("proxy_step", pk=self.proxy.pk, step=step.value)
        return self.client.post(address, {**COMPLETE[step], **changes, "go": "next"})

    def write_all(self) -> None:
        for step in Step:
            self.write(step)

    def hand_over(self) -> Any:
        return self.client.post(self.url("proxy_review", pk=self.proxy.pk))

    @property
    def proxy(self) -> Any:
        with scopes_disabled():
            rows = Proxy.objects.select_related("application", "municipality", "citizen")
            return rows.filter(writer=self.user).latest("pk")


@pytest.fixture
def father(kodaira: Any, mother: Any, media: Any) -> Writer:
    return Writer(UserFactory(email="ken@example.jp"), "kodaira")


@pytest.fixture
def handed_over(father: Writer) -> Writer:
    father.begin()
    father.write_all()
    father.hand_over()
    return father


def says(user: Any, proxy: Proxy, go: str) -> Any:
    """The mother presses a button of her page."""
    her = Applicant(user, "kodaira")
    return her.client.post(reverse("applications:proxy_for_me", args=["kodaira", proxy.pk]), {"go": go}, follow=True)
