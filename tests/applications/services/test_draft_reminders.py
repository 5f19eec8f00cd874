"""A draft that lies untouched is told of once, at an hour when people read, and not after a loss."""

import datetime as dt
from typing import Any

import pytest

from applications.models import Application
from applications.services.draft_reminders import plan_draft_reminders
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=clock.TOKYO)


@pytest.fixture
def draft(kodaira: Municipality, mother: Any) -> Application:
    """Saved on 3月5日 at 10:00."""
    return Application.objects.create(municipality=kodaira, citizen=mother)


def test_draft__is_told_of_once_three_days_after_it_was_saved(draft: Application) -> None:
    for now, count in ((at(7, 23), 0), (at(8, 8), 0), (at(8, 9), 1), (at(9, 9), 1)):
        plan_draft_reminders(now)
        assert Mail.objects.count() == count, now
    Application.objects.update(saved_at=at(10, 10))
    plan_draft_reminders(at(14, 9))

    mail = Mail.objects.get()
    assert "/kodaira/apply/" in mail.text
    assert "/accounts/mails/" in mail.text


def test_draft__after_a_loss_is_left_in_peace(kodaira: Municipality, draft: Application) -> None:
    factories.BirthFactory(
        municipality=kodaira,
        citizen=draft.citizen,
        household__citizen=draft.citizen,
        outcome="lost",
        born_on=None,
        ended_on=dt.date(2026, 3, 1),
    )
    plan_draft_reminders(at(9, 9))
    assert not Mail.objects.exists()
