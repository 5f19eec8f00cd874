"""委託料と市の負担: from accepted months only, and each figure leads to the lines that it adds up."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Facility, MonthLine, MonthReport
from tests import factories
from tests.pages.centre.numbers.test_numbers import FIGURE
from tests.pages.reading import text

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 4, 2, 1, tzinfo=dt.UTC)
REPORT = "/kodaira/centre/numbers/report/?year=2025&begins=4&ends=3"


def claim(municipality: Municipality, facility: Facility, month: dt.date, status: str, number: int, yen: int) -> None:
    """Two stays and an absence that claims nothing."""
    with scopes_disabled():
        report = MonthReport.objects.create(
            municipality=municipality,
            facility=facility,
            month=month,
            number=number,
            status=status,
            price=2 * yen,
            collected=20,
            public_share=2 * yen - 20,
            submitted_at=NOW,
            accepted_at=NOW,
        )
        for order, price in enumerate((yen, yen, None)):
            booking = factories.BookingFactory(
                municipality=municipality, facility=facility, status="attended", first_day=month, last_day=month
            )
            MonthLine.objects.create(
                report=report,
                municipality=municipality,
                facility=facility,
                booking=booking,
                order=order,
                kind="use" if price else "no_show",
                service="short_stay",
                label="宿泊型",
                guest="髙橋 美咲",
                first_day=month,
                last_day=month,
                units_text="1泊2日",
                price=price,
                collected=10 if price else None,
                public_share=price - 10 if price else None,
            )


def test_claims__are_those_accepted_and_lead_to_their_lines(
    kodaira: Municipality, clinic: Facility, nurse: Any
) -> None:
    claim(kodaira, clinic, dt.date(2026, 2, 1), "accepted", 1, 30_000)
    claim(kodaira, clinic, dt.date(2026, 1, 1), "submitted", 2, 50_000)
    claim(Municipality.objects.get(slug="kumagaya"), clinic, dt.date(2026, 2, 1), "accepted", 3, 70_000)
    staff = Client()
    staff.force_login(nurse)
    page = staff.get(REPORT).content.decode().partition('id="claims"')[2]
    found = FIGURE.findall(page)
    assert [figure for _, _, figure in found] == ["2", "60,000", "20", "59,980"] * 3, "the month, its service, all"
    for href, name, figure in found:
        listed = staff.get(unescape(href)).content.decode()
        (told,) = re.findall(rf'<li id="{name}">(.*?)</li>', listed)
        assert figure in told
        assert text(listed).count("髙橋美咲") == 2
    assert "50,000" not in page
    assert "70,000" not in page
