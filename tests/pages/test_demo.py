"""The demo's people reach their states by the portal's own services; the shortcuts exist in the demo only."""

import datetime as dt
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django_scopes import scopes_disabled

from applications.models import Application, Birth, Grant, Letter
from facilities.models import (
    Block,
    Booking,
    CareRecord,
    Contract,
    ContractPrice,
    Offering,
    Pattern,
    Payment,
    Preparation,
    Sounding,
    StaffInvitation,
    StaffMembership,
    VisitPlan,
    Waiting,
    Wish,
)
from facilities.public import load_facility_files
from postpartum_portal.accounts.models import User
from postpartum_portal.pages.demo.loading import load
from postpartum_portal.pages.demo.mailbox import newest_mails
from postpartum_portal.pages.demo.samples import FOLDER, all_samples, person_called
from postpartum_portal.pages.demo.second_factor import digits_now
from postpartum_portal.shared import clock
from tests.plugins.published import Rows, rows_left_by, write

NOW = "2026-11-20T09:00:00+09:00"
STATES = {
    "kodaira": {
        "misaki": "approved",
        "yuko": "screening",
        "sakura": "recommended",
        "maho": "submitted",
        "lan": "submitted",
        "miho": "returned",
        "rina": "approved",
        **dict.fromkeys(["madoka", "aya", "nana", "haruka", "hitomi"], "approved"),
    },
    "kumagaya": {"emi": "approved", "kana": "approved", "tomoko": "screening", "asuka": "approved"},
    "kawasaki": {
        **dict.fromkeys(["nao", "chie", "haruka.hamada", "yuka", "kotone"], "approved"),
        "mami": "submitted",
    },
    "zushi": {
        "shiori": "approved",
        "daichi": "screening",
        "aki": "recommended",
        "nagisa": "approved",
        **dict.fromkeys(["chiaki", "kaede", "mizuki"], "approved"),
    },
    "okayama": {
        **dict.fromkeys(["futaba", "haru", "ryoko", "sumire", "nozomi"], "approved"),
        "ichika": "submitted",
    },
}
BOOKINGS = {
    "kodaira": {"attended": 7, "confirmed": 4, "requested": 1},
    "kumagaya": {"attended": 2, "confirmed": 2},
    "kawasaki": {"attended": 8, "confirmed": 4, "requested": 1},
    "zushi": {"attended": 4, "confirmed": 4, "requested": 1},
    "okayama": {"attended": 4, "confirmed": 4},
}
TODAY = {
    "jun-ladies-clinic-kodaira": {"attended": 2, "confirmed": 1},
    "mihon-kodaira-josanshi": {"confirmed": 1},
    "kirara": {"confirmed": 1},
    "hirata-clinic": {"confirmed": 1},
    "mihon-kawasaki-clinic": {"attended": 2, "confirmed": 1},
    "mihon-kawasaki-josanin": {"confirmed": 1},
    "mihon-kawasaki-visits": {"confirmed": 1},
    "umikaze-josanin": {"confirmed": 1},
    "yamamoto-josanin": {"attended": 1},
    "mihon-okayama-clinic": {"attended": 1, "confirmed": 1},
    "mihon-okayama-visits": {"confirmed": 1},
}
"""Facility → who is there or expected on the day itself."""


@pytest.fixture(scope="module")
def _demo_rows(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("demo")):
        return rows_left_by(_load, at=NOW)


@pytest.fixture
def demo(db: None, _demo_rows: Rows, media: Path, clock_at: Any) -> None:
    """All five municipalities on a day on which every programme has run for a while."""
    clock_at.move_to(NOW)
    write(_demo_rows)


def _load() -> None:
    call_command("load_programmes", verbosity=0)
    load_facility_files(directory=FOLDER, on=clock.today())
    for samples in all_samples():
        load(samples, now=clock.now())


@pytest.mark.usefixtures("demo", "all_tenants")
def test_load__walks_every_case_to_its_state() -> None:
    states: dict[str, dict[str, str]] = {}
    own = Application.objects.filter(channel="online")
    rows = own.values_list("municipality__slug", "citizen__email", "status")
    for slug, email, status in rows:
        states.setdefault(slug, {})[email.split("@")[0]] = status
    bookings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for slug, status in Booking.objects.values_list("municipality__slug", "status"):
        bookings[slug][status] += 1

    assert states == STATES
    assert bookings == BOOKINGS
    waiting = Waiting.objects.filter(status="waiting").values_list("citizen__email", flat=True)
    assert set(waiting) == {"haruka@example.jp", "nagisa@example.jp"}
    asked = Sounding.objects.values_list("facility__code", "status")
    assert dict(asked) == {"hirata-clinic": "accepted", "samejima-bonding-clinic": "asked"}
    assert Wish.objects.get(status="open", municipality__slug="kodaira").service == "supporter_visit"
    hours = {at.astimezone(clock.TOKYO).hour for at in own.values_list("submitted_at", flat=True) if at}
    assert hours == {20}
    on_paper = Application.objects.filter(channel__in=Application.ON_PAPER).values_list("channel", "citizen", "status")
    assert set(on_paper) == {("counter", None, "submitted"), ("post", None, "approved")}
    assert Letter.objects.filter(citizen=None).count() == 1  # to be posted


@pytest.mark.usefixtures("demo", "all_tenants")
def test_load__gives_each_desk_a_day_to_work_on_and_a_month_to_close() -> None:
    today, first = clock.today(), clock.today().replace(day=1)
    here: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code, status in Booking.objects.filter(first_day__lte=today, last_day__gte=today).values_list(
        "facility__code", "status"
    ):
        here[code][status] += 1
    assert here == TODAY

    last_month = Booking.objects.filter(status="attended", last_day__gte=dt.date(2026, 10, 1), last_day__lt=first)
    assert set(last_month.values_list("facility__code", flat=True)) >= {*TODAY}
    prices = {(row.facility_id, row.service) for row in ContractPrice.objects.filter(key="use")}
    assert {(row.facility_id, row.service) for row in Booking.objects.all()} <= prices
    paid = Payment.objects.values_list("booking_id", flat=True)
    assert Booking.objects.filter(pk__in=paid).exists()
    assert last_month.exclude(pk__in=paid).exists()  # a difference for the desk to settle


@pytest.mark.usefixtures("demo", "all_tenants")
def test_load__hands_something_over_to_each_centre_and_sets_up_the_desks() -> None:
    waiting = CareRecord.objects.exclude(handover="", asks_call=False).filter(seen_at=None)
    assert set(waiting.values_list("municipality__slug", flat=True)) == set(STATES)
    assert Block.objects.count() == 4
    assert Pattern.objects.exists()
    assert VisitPlan.objects.count() == 5
    assert StaffInvitation.objects.get().facility.code == "jun-ladies-clinic-kodaira"
    assert dict(Preparation.objects.values_list("citizen__email", "status")) == {
        "hitomi@example.jp": "done",
        "rina@example.jp": "planned",
    }


@pytest.mark.usefixtures("demo", "all_tenants")
def test_load__a_second_time_adds_nothing() -> None:
    counted = (Application, Booking, User, Block, VisitPlan, StaffInvitation, Payment, Pattern)
    before = [model.objects.count() for model in counted]

    for samples in all_samples():
        load(samples, now=clock.now() + dt.timedelta(days=1))

    assert [model.objects.count() for model in counted] == before


@pytest.mark.usefixtures("media", "kodaira")
def test_load__of_a_programme_that_has_not_begun__brings_people_and_no_case(all_tenants: None) -> None:
    zushi = next(samples for samples in all_samples() if samples.municipality == "zushi")

    load(zushi, now=clock.now())  # 2026-03-05; its programme begins in April

    assert User.objects.filter(email="shiori@example.jp").exists()
    assert not Application.objects.exists()


@pytest.mark.usefixtures("demo")
def test_people__of_the_staff_are_enrolled_with_digits_that_the_page_shows() -> None:
    for samples in all_samples():
        digits = {person.role: digits_now(User.objects.get(email=person.email)) for person in samples.people}

        assert digits["citizen"] == ""
        assert all(len(digits[role]) == 6 for role in ("centre", "decider", "facility"))


def test_people__have_one_address_each_and_begin_where_their_work_is() -> None:
    emails = [person.email for samples in all_samples() for person in samples.people]

    assert len(set(emails)) == len(emails)
    homes = [
        found[1]
        for email in ("emi@example.jp", "oki@example.jp", "ladies@example.jp")
        if (found := person_called(email))
    ]
    assert homes == ["/kumagaya/my/", "/zushi/centre/", "/facility/"]
    assert person_called("nobody@example.jp") is None


@pytest.mark.usefixtures("demo", "all_tenants")
def test_people__answer_for_every_facility_that_anybody_can_book() -> None:
    staffed = set(StaffMembership.objects.values_list("facility__code", flat=True))
    associations = Contract.objects.filter(booked_through__isnull=False).values_list("booked_through__code", flat=True)
    assert {*Offering.objects.values_list("facility__code", flat=True), *associations} == staffed


def test_people__of_each_centre_are_two_deciders_so_that_either_may_upload_a_draft() -> None:
    for samples in all_samples():
        assert [person.role for person in samples.people].count("decider") == 2


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("email", "services"),
    [("chiaki", {"home_visit"}), ("ryoko", {"short_stay", "day_service", "home_visit"})],
)
def test_people__after_a_loss_were_granted_what_their_programme_gives_them(email: str, services: set[str]) -> None:
    mother = User.objects.get(email=f"{email}@example.jp")
    with scopes_disabled():
        birth = Birth.objects.get(citizen=mother)
        grants = [service for row in Grant.objects.filter(citizen=mother) for service in row.services]
    assert birth.outcome == "lost"
    assert set(grants) == services


@pytest.mark.usefixtures("demo")
@pytest.mark.urls("tests.pages.demo_urls")
def test_index__shows_who_is_needed_first_and_keeps_the_others_in_a_closed_list(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    shown, hidden = re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL), page
    for samples in all_samples():
        for person in samples.people:
            assert (f'value="{person.email}"' in shown) is not person.aside
            assert f'value="{person.email}"' in hidden


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
