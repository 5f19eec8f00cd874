"""A facility whose last month is not sent is told once, from the day that the centre has set."""

import datetime as dt
from typing import Any

import pytest

from eligibility.public import Municipality
from facilities.models import Booking, Facility
from facilities.selectors.months import month_page
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Mail
from tests.facilities.staff.conftest import Book
from tests.mornings import do_what_is_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def mails_on(clock_at: Any, day: str) -> int:
    clock_at.move_to(f"{day}T10:00:00+09:00")
    tasks.plan()
    do_what_is_due()
    return Mail.objects.filter(kind="month_missing").count()


def test_reminder__goes_once_from_the_centres_day_on(
    kodaira: Municipality, clinic: Facility, book: Book, clock_at: Any, receptionist: Any
) -> None:
    booking = book(name="髙島 文")
    Booking.objects.filter(pk=booking.pk).update(status="attended")
    assert mails_on(clock_at, "2026-04-06") == 0, "no day is set: nobody is told"
    Municipality.objects.filter(pk=kodaira.pk).update(month_end_day=8)
    assert mails_on(clock_at, "2026-04-07") == 0
    assert mails_on(clock_at, "2026-04-08") == 1
    assert mails_on(clock_at, "2026-04-09") == 1
    mail = Mail.objects.get(kind="month_missing")
    assert mail.to == receptionist.email
    assert "3月分" in mail.text
    assert "髙島" not in mail.text
    page = month_page(kodaira.pk, dt.date(2026, 3, 1), today=clock.today())
    assert [row.facility for row in page.missing] == [clinic], "the centre sees it too"
