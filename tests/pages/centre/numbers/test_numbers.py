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

from applications.models import CouponReturn, Decision
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from postpartum_portal.shared.models import Event
from tests import factories
from tests.pages.reading import text

pytestmark = pytest.mark.django_db
FIGURE = re.compile(r'<a href="([^"]+/cases/[^"#]+)#(\w+)">([\d,]+)</a>')
NUMBER = re.compile(r'<td role="cell" data-label="([^"]+)"><span class="nb">(.*?)</span></td>')
NOT_COUNTED = {"待った日数の中央値", "9割がこの日数まで"}
FINDING = {
    "code": "resident",
    "verdict": "unmet",
    "title": "市内に住んでいる",
    "fact": "住所が市外です。",
    "source": {"text": "市内に住所を有する方", "document": "市のページ"},
}
SUMS = {
    "numbers": {"number", "days", "public", "fee", "families", "granted", "used", "returned", "left"},
    "numbers_report": {"number", "days", "yen", "public", "families"},
}
OPEN = {"reason": "施設が決めた額", "who_knows": "施設", "key": "fee"}
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
    families = [
        factories.EntitlementFactory(
            municipality=kodaira, birth__children=n + 1, limits={"stay_and_day": 2 + 5 * n}, used={"stay_and_day": 2}
        )
        for n in (0, 1)
    ]
    _return_coupons(families[0], by=nurse)
    for n, status in enumerate([*Booking.Status, *Booking.Status]):
        given_up = status not in Booking.LIVE | {Booking.Status.ATTENDED}
        factories.BookingFactory(
            municipality=kodaira,
            facility=clinic,
            entitlement=families[n % 2],
            status=status,
            number=f"N{n}",
            first_day=dt.date(2026, 3, 1),
            last_day=dt.date(2026, 3, 2),
            quote={**KEPT, "total": OPEN if n == 2 else 5000 + n, "reduced": bool(n % 3), "public": n * 100 or None},
            consequence={"counted": {"day": 1} if n % 2 else {}, "total": OPEN if n % 4 == 3 else 2000}
            if given_up
            else {},
            contact_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC),
            decline_reason="満室",
        )


def _return_coupons(family: Any, *, by: Any) -> None:
    with scopes_disabled():
        CouponReturn.objects.create(
            municipality_id=family.municipality_id,
            citizen=family.citizen,
            entitlement=family,
            returned_on=dt.date(2026, 3, 1),
            gone_from=dt.date(2026, 3, 10),
            number=5,
            bearer="herself",
            units={"stay_and_day": 5},
            by=by,
            at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        )


def _added_up(found: Any) -> dict[str, int]:
    """The sums of a list by its lines, as a clerk adds them up."""
    rows = [line["row"] for line in found.lines]
    sums = {"number": len(rows), "families": len({line["household"].pk for line in found.lines})}
    for name in ("granted", "used", "returned", "left"):
        sums[name] = sum(getattr(line["use"], name) for line in found.lines if "use" in line)
    if found.template.endswith("_bookings.html"):
        sums["days"] = sum(line["days"] for line in found.lines)
        sums["yen"] = sum(row.quote["total"] for row in rows if isinstance(row.quote["total"], int))
        sums["public"] = sum(row.quote["public"] or 0 for row in rows)
        paid = [row.consequence.get("total", 0) for row in rows]
        sums["fee"] = sum(fee for fee in paid if isinstance(fee, int))
    return sums


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
    dead_ends = {(head, cell) for head, cell in NUMBER.findall(shown) if head not in NOT_COUNTED and "<a" not in cell}
    assert {text(cell) for _, cell in dead_ends} <= {"0"}, "every figure but a median leads to its cases"
    figures = [(unescape(href), name, int(number.replace(",", ""))) for href, name, number in FIGURE.findall(shown)]
    assert {name for _, name, _ in figures} == SUMS[page]
    lists = {href: staff.get(href).context["found"] for href in {href for href, _, _ in figures}}
    for href, name, number in figures:
        found = lists[href]
        assert {item.name: item.value for item in found.sums}[name] == number, f"{href}#{name}"
        if len(found.lines) == found.page.paginator.count:
            assert _added_up(found)[name] == number, f"the lines of {href} add up to {name}"
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
    assert "期限を過ぎた取り消し2" in shown
    assert "差し戻し0" in shown, "a state in which nothing stands is a figure too"


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
