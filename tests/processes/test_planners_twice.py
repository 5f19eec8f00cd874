"""W5, the short form of the beats' test: all planners called by two, and by two again after a day's pause."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import enqueue, registry, tasks
from postpartum_portal.shared.models import Job, Mail
from tests.processes.coming import AFTER_THE_PAUSE, BEFORE_IT, PAUSE, THURSDAY, told, what_comes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def two_beats() -> None:
    for _ in range(2):
        tasks.plan()
        while tasks.sweep():
            pass


def test_two_calls_of_all_planners__and_a_pause__double_nothing_and_lose_nothing(
    published: Any, clock_at: Any, mailoutbox: list[Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr(registry, "_planners", [*registry.planners(), careless])
    clock_at.move_to(THURSDAY)
    with scopes_disabled():
        what_comes(published("kodaira"), clock.day_of(THURSDAY))

    two_beats()
    assert told() == BEFORE_IT
    clock_at.move_to(THURSDAY + PAUSE)
    two_beats()
    assert told() == AFTER_THE_PAUSE
    assert len(mailoutbox) == Mail.objects.count()
    assert Job.objects.filter(key__startswith="careless:").count() == 4, "the control: without a key each call writes"


def careless(now: Any) -> None:
    enqueue("clear_sessions", 0, at=now, key=f"careless:{Job.objects.count()}")
