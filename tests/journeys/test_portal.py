"""The processes that the journeys lean on do run, on the test's database and by the test's clock."""

import pytest

from postpartum_portal.shared import clock, mail
from tests.processes.support.mailbox import plain_text
from tests.processes.support.portal import Portal

# Beside the journeys, which share one portal: its worker would do the jobs of other tests with processes.
pytestmark = [pytest.mark.journey, pytest.mark.both_databases]


def test_portal__sends_a_mail_that_is_a_row(portal: Portal) -> None:
    mail.post("account/login_code", "hanako@example.jp", key="code:1", at=clock.now(), code="ABC123")

    assert "ABC123" in plain_text(portal.mailbox.take("hanako@example.jp", "ログインのコード"))
    portal.settle()


def test_portal__does_what_is_due_by_the_moved_clock(portal: Portal) -> None:
    later = portal.move_clock_to("2030-01-01 10:00")
    portal.move_clock_to("2029-12-31 10:00")
    mail.post("account/login_code", "hanako@example.jp", key="code:1", at=later, code="ABC123")
    portal.settle()
    assert not portal.mailbox.holds("hanako@example.jp", "ログインのコード")

    portal.move_clock_to("2030-01-01 10:01")

    portal.mailbox.take("hanako@example.jp", "ログインのコード")
