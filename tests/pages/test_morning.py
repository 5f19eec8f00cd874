"""The mails of a working morning: to staff what is new and overdue, to a facility what it owes; counts and no names."""

import datetime as dt
from typing import Any

import pytest

from eligibility.public import Municipality
from facilities.models import Booking, Facility
from postpartum_portal.accounts.mails import choose_mails
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import enqueue, tasks
from postpartum_portal.shared.models import Job, Mail
from tests import factories
from tests.cases import handed_in
from tests.mornings import do_what_is_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def passes(clock_at: Any, *moments: str) -> None:
    for moment in moments:
        clock_at.move_to(f"{moment}:00+09:00")
        tasks.plan()
        do_what_is_due()
    assert not Job.objects.exclude(last_error="").exists()


def told(kind: str) -> list[str]:
    return list(Mail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True))


def test_staff__are_told_once_a_morning_on_working_days_while_something_waits(
    kodaira: Municipality, nurse: Any, decider: Any, clock_at: Any, mailoutbox: list[Any]
) -> None:
    factories.MembershipFactory(municipality=kodaira, role="auditor")
    factories.MembershipFactory(municipality=kodaira, user__is_active=False)
    passes(clock_at, "2026-03-06T08:00")
    assert told("morning_list") == []

    handed_in(kodaira)
    nurse.second_factor_required = True
    nurse.save()
    passes(clock_at, "2026-03-07T08:00", "2026-03-09T07:59")  # a Saturday, and too early
    assert told("morning_list") == []
    passes(clock_at, "2026-03-09T08:00", "2026-03-09T12:00")
    assert sorted(told("morning_list")) == sorted([nurse.email, decider.email])
    text = Mail.objects.filter(kind="morning_list").first().text  # type: ignore[union-attr]
    assert "新着 1件" in text
    assert "髙橋" not in text

    choose_mails(nurse, [])
    passes(clock_at, "2026-03-10T08:00")
    assert [sent.to for sent in mailoutbox].count([nurse.email]) == 1
    assert [sent.to for sent in mailoutbox].count([decider.email]) == 2


def test_staff__of_another_municipality_count_their_own(kodaira: Municipality, clock_at: Any, published: Any) -> None:
    """A stopped job and a request without an answer count too, each where it belongs."""
    zushi = published("zushi")
    hers = factories.MembershipFactory(municipality=zushi).user
    ours = factories.MembershipFactory(municipality=kodaira).user
    job = enqueue("issue_letter", 0, at=clock.now(), municipality_id=kodaira.pk)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED)
    passes(clock_at, "2026-05-11T08:00")

    assert told("morning_list") == [ours.email]
    assert hers.email not in told("morning_list")
    assert "止まっている処理 1件" in Mail.objects.get(kind="morning_list").text


def test_facility__is_told_each_morning_of_what_it_owes__and_the_centre_later(
    kodaira: Municipality, clinic: Facility, receptionist: Any, nurse: Any, clock_at: Any
) -> None:
    asked_at = clock.now()  # 10:00 on Thursday, 5 March
    booking = factories.BookingFactory(municipality=kodaira, facility=clinic, first_day=dt.date(2026, 4, 1),
                                       last_day=dt.date(2026, 4, 2), requested_at=asked_at)  # fmt: skip

    passes(clock_at, "2026-03-06T09:00")
    assert told("answers_owed") == []
    passes(clock_at, "2026-03-07T09:00", "2026-03-07T18:00")
    assert told("answers_owed") == [receptionist.email]
    text = Mail.objects.get(kind="answers_owed").text
    assert "あわせて1件" in text
    assert "髙橋" not in text
    passes(clock_at, "2026-03-09T08:00")
    assert "施設の返事が72時間ない依頼 1件" in Mail.objects.get(kind="morning_list").text
    assert told("morning_list") == [nurse.email]

    Booking.objects.filter(pk=booking.pk).update(status="confirmed")
    passes(clock_at, "2026-03-10T09:00")
    assert told("answers_owed") == [receptionist.email]
