"""The demo's people reach their states by the portal's own services; the shortcuts exist in the demo only."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, reverse

from applications.models import Application
from eligibility.public import Municipality
from facilities.models import Booking
from postpartum_portal.accounts.models import User
from postpartum_portal.pages.demo.loading import load
from postpartum_portal.pages.demo.mailbox import newest_mails
from postpartum_portal.pages.demo.people import PEOPLE
from postpartum_portal.pages.demo.samples import read_samples
from postpartum_portal.pages.demo.second_factor import digits_now
from postpartum_portal.shared import clock

SAMPLES = Path("fixtures/demo/kodaira.yaml")


@pytest.fixture
def demo(kodaira: Municipality, media: Path) -> None:
    load(read_samples(SAMPLES), today=clock.today())


@pytest.mark.usefixtures("demo", "all_tenants")
def test_load__walks_every_case_to_its_state() -> None:
    states = {
        email.split("@")[0]: status for email, status in Application.objects.values_list("citizen__email", "status")
    }

    assert states == {
        "misaki": "approved",
        "yuko": "screening",
        "sakura": "recommended",
        "maho": "submitted",
        "lan": "submitted",
        "rina": "approved",
    }
    assert sorted(Booking.objects.values_list("status", flat=True)) == ["attended", "confirmed", "requested"]


@pytest.mark.usefixtures("demo", "all_tenants")
def test_load__a_second_time_adds_nothing() -> None:
    before = Application.objects.count(), Booking.objects.count(), User.objects.count()

    load(read_samples(SAMPLES), today=clock.today() + dt.timedelta(days=1))

    assert (Application.objects.count(), Booking.objects.count(), User.objects.count()) == before


@pytest.mark.usefixtures("demo")
def test_people__of_the_staff_are_enrolled_with_digits_that_the_page_shows() -> None:
    digits = {person.role: digits_now(User.objects.get(email=person.email)) for person in PEOPLE}

    assert digits["citizen"] == ""
    assert all(len(digits[role]) == 6 for role in ("centre", "decider", "facility"))


@pytest.mark.django_db
def test_load_demo__is_refused_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="demo only"):
        call_command("load_demo")


def test_shortcuts__have_no_address_outside_the_demo() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo:index")


def test_mailbox__reads_what_the_file_backend_wrote(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    assert newest_mails(tmp_path / "none") == []

    EmailMessage("予約が確定しました", "3月11日(水)です。\n", to=["a@example.jp"]).send()

    assert [(mail.subject, mail.text.strip(), mail.to) for mail in newest_mails(tmp_path)] == [
        ("予約が確定しました", "3月11日(水)です。", "a@example.jp")
    ]
