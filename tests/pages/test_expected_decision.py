"""By when a decision may be expected: only where the programme says so, in the office's working days."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from applications.public import expected_decision
from eligibility.engine import TOKYO
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from tests import factories
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

FRIDAY = dt.datetime(2026, 6, 12, 16, 30, tzinfo=TOKYO)
TUESDAY = dt.date(2026, 6, 16)
TELLS, SENTENCE = "めやすでは、6月16日(火)ごろまでに決まります。", "申請から発行まで2開庁日程度要するため"


def applied(municipality: Municipality, mother: User, **changes: Any) -> Application:
    """Handed in late on a Friday."""
    factories.ApplicationFactory(
        municipality=municipality,
        birth__household__citizen=mother,
        **{"birth__expected": True, "submitted_at": FRIDAY, **changes},
    )
    return Application.objects.get()


def read(mother: User, address: str) -> str:
    client = Client()
    client.force_login(mother)
    return text(client.get(address))


def test_pages__tell_the_day_and_the_sentence(okayama: Municipality, mother: Any, clock_at: Any) -> None:
    clock_at.move_to("2026-06-13T10:00:00+09:00")
    number = applied(okayama, mother).number
    for address in (
        reverse("pages:my_page", args=["okayama"]),
        reverse("applications:done", args=["okayama", number]),
    ):
        page = read(mother, address)
        assert TELLS in page
        assert SENTENCE in page
        assert "めやす" in page


def test_pages__where_the_programme_says_nothing__tell_no_day(kodaira: Municipality, mother: Any) -> None:
    number = applied(kodaira, mother, submitted_at=dt.datetime(2026, 3, 4, 10, tzinfo=TOKYO)).number
    assert "めやす" not in read(mother, reverse("pages:my_page", args=["kodaira"]))
    assert "ごろまでに決まります" not in read(mother, reverse("applications:done", args=["kodaira", number]))


@pytest.mark.parametrize("status", Application.Status)
def test_expected_decision__holds_while_it_is_decided(okayama: Municipality, mother: Any, status: str) -> None:
    application = applied(okayama, mother, status=status)
    found = expected_decision(application, on=TUESDAY)
    waits = status in {"submitted", "screening", "resubmitted", "recommended"}
    assert (found is not None and found.day == TUESDAY) == waits


def test_expected_decision__that_has_passed__is_not_told(okayama: Municipality, mother: Any) -> None:
    assert expected_decision(applied(okayama, mother), on=TUESDAY + dt.timedelta(days=1)) is None


def test_expected_decision__after_a_loss__shows_no_sentence_of_the_rule(okayama: Municipality, mother: Any) -> None:
    lost = {"birth__expected": False, "birth__outcome": "lost", "birth__born_on": None, "birth__ended_on": TUESDAY}
    found = expected_decision(applied(okayama, mother, **lost), on=TUESDAY)
    assert found
    assert found.source is None
