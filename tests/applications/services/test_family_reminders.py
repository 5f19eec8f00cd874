"""What a family is reminded of: each thing once, in words that hurt nobody, and nothing after a loss."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from applications.models import Document, Entitlement, HouseholdClass, Message, PhoneCall
from applications.services.deciding import approve
from applications.services.losses import record_loss
from applications.services.quieting import UNFIT
from eligibility.engine.bereaved import OF_CHILDREN
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Job, Mail
from tests import factories
from tests.cases import certificate, full_grant, handed_in, heard
from tests.mornings import do_what_is_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

Mornings = Callable[..., list[str]]


@pytest.fixture
def mornings(clock_at: Any) -> Mornings:
    """Pass the nine o'clocks of some days, each as worker and beat do; answer the kinds of mail written by then."""

    def passed(*days: str) -> list[str]:
        for day in days:
            clock_at.move_to(f"{day}T09:00:00+09:00")
            tasks.plan()
            do_what_is_due()
        assert not Job.objects.exclude(last_error="").exists()
        kinds = ("after_due_date", "papers_missing", "certificate_due")
        return list(Mail.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True))

    return passed


# after the due date, 2026-04-30


def test_due_date__two_weeks_later__is_asked_about_once_in_neutral_words(
    kodaira: Municipality, mornings: Mornings
) -> None:
    handed_in(kodaira)

    assert mornings("2026-05-13") == []
    assert mornings("2026-05-14", "2026-05-15", "2026-05-28") == ["after_due_date"]
    mail = Mail.objects.get(kind="after_due_date")
    assert not OF_CHILDREN.search(mail.subject + mail.text)
    assert UNFIT.search(mail.text), "a loss that is told before it has gone out keeps it back"
    assert "042-346-3701" in mail.text
    assert mail.sent_at is not None


def test_due_date__asked_about_after_a_pause__not_any_more_when_long_past(
    kodaira: Municipality, mornings: Mornings
) -> None:
    handed_in(kodaira)
    assert mornings("2026-05-29") == []


@pytest.mark.parametrize("why", ["told", "taken back", "written", "unanswered", "spoken", "born", "no account"])
def test_due_date__is_not_asked_about(why: str, kodaira: Municipality, nurse: Any, mornings: Mornings) -> None:
    on_paper: dict[str, Any] = {"household__citizen": None} if why == "no account" else {}
    application = handed_in(kodaira, **on_paper)
    birth, now = application.birth, clock.now()
    said = {"household": birth.household, "municipality": kodaira, "from_centre": False, "at": now, "form_token": "a"}
    if why == "told":
        record_loss(birth, ended_on=clock.today(), by=nurse, at=now)
    elif why == "taken back":
        birth.losses.create(
            municipality=kodaira, citizen=birth.citizen, outcome_before="expected", wants_call=False, by=nurse,
            taken_back_at=now,
        )  # fmt: skip
    elif why == "written":
        Message.objects.create(**said, by=birth.citizen, text="先週、お別れをしました。", settled_at=now)
    elif why == "unanswered":
        Message.objects.create(**said, by=birth.citizen, text="電話をください。")
    elif why == "spoken":
        at = dt.datetime(2026, 5, 2, 10, tzinfo=clock.TOKYO)
        PhoneCall.objects.create(municipality=kodaira, application=application, at=at, by=nurse, reached=True)
    elif why == "born":
        type(birth).objects.filter(pk=birth.pk).update(outcome="born", born_on=dt.date(2026, 5, 1))

    assert "after_due_date" not in mornings("2026-05-14")


# papers


def test_paper__missing_a_week_after_she_applied__is_asked_for_once(kawasaki: Municipality, mornings: Mornings) -> None:
    late = handed_in(kawasaki, household_class="tax_exempt", members=1)
    complete = handed_in(kawasaki, household_class="tax_exempt", members=1)
    certificate(complete, "tax_exemption_certificate")
    Document.objects.update(fiscal_year=2025)
    handed_in(kawasaki, household_class="tax_exempt", members=1, status="returned")

    assert mornings("2026-03-11") == []
    assert mornings("2026-03-12", "2026-03-13", "2026-03-31") == ["papers_missing"]
    mail = Mail.objects.get(kind="papers_missing")
    assert mail.to == late.citizen.email
    assert late.number in mail.text
    assert not re.search("非課税|生活保護|所得", mail.subject + mail.text)


def test_certificate__that_grows_old__is_asked_for_before_the_day_on_which_the_new_one_counts(
    kawasaki: Municipality, clock_at: Any, mornings: Mornings
) -> None:
    """Approved in May with that of fiscal 2025; Kawasaki wants that of 2026 for uses from July on."""
    clock_at.move_to("2026-05-02T10:00:00+09:00")
    _approved(kawasaki, fiscal_year=2025)

    assert mornings("2026-05-31") == []
    assert mornings("2026-06-01", "2026-06-02", "2026-06-30") == ["certificate_due"]
    assert "7月1日(水)から使う分" in Mail.objects.get(kind="certificate_due").text
    assert mornings("2026-07-01", "2026-07-02") == ["certificate_due", "papers_missing"]


def test_papers__of_an_approved_family__are_not_asked_for_after_a_loss(
    kawasaki: Municipality, nurse: Any, clock_at: Any, mornings: Mornings
) -> None:
    clock_at.move_to("2026-05-02T10:00:00+09:00")
    birth = _approved(kawasaki, fiscal_year=2025).birth
    type(birth).objects.filter(pk=birth.pk).update(outcome="lost", ended_on=clock.today())

    assert mornings("2026-06-01", "2026-07-01") == []


def _approved(municipality: Municipality, *, fiscal_year: int) -> Entitlement:
    """A child of 27 April, tax-exempt by the certificate of a fiscal year."""
    nurse = factories.MembershipFactory(municipality=municipality, role="centre").user
    decider = factories.MembershipFactory(municipality=municipality, role="decider").user
    born: dict[str, Any] = {
        "birth__expected": False,
        "birth__born_on": dt.date(2026, 4, 27),
        "birth__due_date": dt.date(2026, 4, 27),
    }
    application = heard(municipality, nurse, household_class="tax_exempt", members=1, **born)
    certificate(application, "tax_exemption_certificate")
    Document.objects.update(fiscal_year=fiscal_year)
    approve(application, by=decider, at=clock.now(), **full_grant(municipality, class_code="tax_exempt"))
    assert HouseholdClass.objects.filter(fiscal_year=fiscal_year).exists()
    return Entitlement.objects.select_related("birth").get(birth=application.birth)
