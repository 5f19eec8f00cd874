"""数字: each figure leads to as many cases as it says, in a fixed number of queries."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Decision
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from postpartum_portal.shared.models import Event
from tests import factories
from tests.pages.reading import text

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r'<a href="([^"]+/cases/[^"]+)">([\d,]+)</a>')
FINDING = {
    "code": "resident",
    "verdict": "unmet",
    "title": "市内に住んでいる",
    "fact": "住所が市外です。",
    "source": {"text": "市内に住所を有する方", "document": "市のページ"},
}
KEPT = {"lines": [], "class": "general", "version": 1}


@pytest.fixture
def staff(nurse: Any) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


@pytest.fixture
def cases(kodaira: Municipality, clinic: Facility, nurse: Any) -> None:
    """A year of twelve applications, half of them decided, and of bookings in every state."""
    for n in range(12):
        on = dt.date(2025, 4, 10) + dt.timedelta(days=28 * n)
        at = dt.datetime.combine(on, dt.time(23, 30), dt.UTC)  # the next day in Tokyo
        application = factories.ApplicationFactory(
            municipality=kodaira, submitted_at=at, channel=["online", "post", "proxy"][n % 3]
        )
        if n % 2:
            _decide(application, nurse, on + dt.timedelta(days=n), refused=n % 4 == 1)
    family = factories.EntitlementFactory(municipality=kodaira, birth__children=2)
    for n, status in enumerate(Booking.Status):
        factories.BookingFactory(
            municipality=kodaira,
            facility=clinic,
            entitlement=family,
            status=status,
            number=f"N{n}",
            first_day=dt.date(2026, 3, 1),
            last_day=dt.date(2026, 3, 2),
            quote={**KEPT, "total": 5000 + n, "reduced": bool(n % 2), "public": 100},
            contact_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC),
            decline_reason="満室",
        )


def _decide(application: Any, by: Any, on: dt.date, *, refused: bool) -> None:
    with scopes_disabled():
        Decision.objects.create(
            municipality_id=application.municipality_id,
            citizen=application.citizen,
            application=application,
            outcome="refused" if refused else "approved",
            programme_version=application.programme_version,
            facts={},
            findings=[FINDING] if refused else [],
            reason="住所が市外です。" if refused else "",
            decided_at=dt.datetime.combine(on, dt.time(3), dt.UTC),
            decided_on=on,
            by=by,
        )


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("page", ["numbers", "numbers_report"])
def test_figures__lead_to_as_many_cases_as_they_say(page: str, staff: Client, nurse: Any) -> None:
    shown = staff.get(reverse(f"pages:{page}", args=["kodaira"]), {"year": "2025"}).content.decode()
    figures = [(unescape(href), int(number)) for href, number in FIGURE.findall(shown)]
    assert len(figures) > 5
    for href, number in figures:
        assert staff.get(href).context["page"].paginator.count == number, href
    read = Event.objects.filter(verb="list.read", actor_id=nurse.pk)
    assert read.filter(subject_kind="booking").exists(), "whoever looks at names is written down"
    assert 'aria-labelledby="uses-title uses-desc"' in shown or page == "numbers_report"
    assert "公表されていない" in text(shown)


@pytest.mark.usefixtures("cases")
def test_numbers__tell_the_year_in_rows_and_words(staff: Client) -> None:
    shown = text(staff.get(reverse("pages:numbers", args=["kodaira"]), {"year": "2025"}).content.decode())
    assert "令和7年度" in shown
    assert "計444012" in shown, "by channel and in all; a summer night's instant counts in Tokyo's day"
    assert "計33" in shown, "decided"
    assert "市内に住んでいる3" in shown
    assert "期限を過ぎた取り消し1" in shown


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("page", ["numbers", "numbers_report", "numbers_cases"])
def test_pages__cost_the_same_queries_for_more_cases(
    page: str, staff: Client, kodaira: Municipality, django_assert_num_queries: Any
) -> None:
    address = reverse(f"pages:{page}", args=["kodaira"])
    query = {"year": "2025"}
    staff.get(address, query)
    with CaptureQueriesContext(connection) as asked:
        staff.get(address, query)
        few = len(asked)
    for _ in range(5):
        factories.ApplicationFactory(municipality=kodaira, submitted_at=dt.datetime(2025, 5, 1, tzinfo=dt.UTC))
    staff.get(address, query)  # the first look at them is written down
    with django_assert_num_queries(few):
        staff.get(address, query)


@pytest.mark.parametrize("odd", ["channel=%00", "month=2025-13-01", "facility=x", "of=bookings&facility=9e9"])
def test_list__answers_what_no_link_of_ours_says(staff: Client, odd: str) -> None:
    answer = staff.get(f"{reverse('pages:numbers_cases', args=['kodaira'])}?year=2025&{odd}")
    assert answer.status_code in {200, 404}
