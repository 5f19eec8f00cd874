"""W5: two schedulers at once, and both back after a day's pause, on a real Redis: nothing is doubled, nothing lost.

What a pause made late is made up for where it still makes sense; "tomorrow" is never said of a day that has come.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Job, Mail
from tests.processes.coming import AFTER_THE_PAUSE, BEFORE_IT, PAUSE, THURSDAY, told, what_comes
from tests.processes.support.mailbox import Mailbox
from tests.processes.support.parts import Part, beat, celery_worker
from tests.scripts.waiting import eventually

pytestmark = [
    pytest.mark.soak,
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_settings"),
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no Redis named"),
]
ROUNDS = 3
"""How often each of the two has to call the planners before the mails are counted."""


@pytest.fixture
def environment(process_environment: dict[str, str]) -> dict[str, str]:
    return {**process_environment, "DJANGO_SETTINGS_MODULE": "tests.processes.careless_settings"}


@pytest.fixture
def helper(environment: dict[str, str], tmp_path: Path) -> Iterator[Part]:
    with celery_worker(environment, tmp_path / "worker.log", beat=False) as part:
        yield part


def test_two_beats__and_a_pause__double_nothing_and_lose_nothing(
    published: Any, helper: Part, environment: dict[str, str], mail_sink: Mailbox, tmp_path: Path
) -> None:
    mail_sink.empty()
    clock.move_to(THURSDAY)
    with scopes_disabled():
        what_comes(published("kodaira"), clock.day_of(THURSDAY))

    with _two_beats(environment, tmp_path):
        _settled()
        assert told() == BEFORE_IT
        careless = Job.objects.filter(key__startswith="careless:").count()
        assert careless >= 2 * ROUNDS, "the control: a planner without a key writes with each call of each"

    clock.move_to(THURSDAY + PAUSE)
    with _two_beats(environment, tmp_path):
        _settled()
    assert told() == AFTER_THE_PAUSE
    assert not Mail.objects.filter(sent_at=None).exists()
    arrived = Counter(mail_sink.ids())
    assert arrived == Counter(Mail.objects.values_list("message_id", flat=True))


@contextmanager
def _two_beats(environment: dict[str, str], folder: Path) -> Iterator[None]:
    """Both have called the planners `ROUNDS` times, and all that they sent has been taken from Redis."""
    with ExitStack() as stack:
        beats = [stack.enter_context(beat(environment, folder / f"beat{number}.log")) for number in (1, 2)]
        before = Job.objects.filter(key__startswith="careless:").count()
        assert eventually(lambda: all(_rounds(part) >= ROUNDS for part in beats), seconds=120)
        assert eventually(
            lambda: Job.objects.filter(key__startswith="careless:").count() >= before + 2 * ROUNDS, seconds=120
        )
        yield


def _rounds(part: Part) -> int:
    return part.log.read_text(errors="replace").count("Sending due task plan-reminders")


def _settled() -> None:
    waiting = Job.objects.filter(status__in=["queued", "running"]).exclude(key__startswith="careless:")
    assert eventually(lambda: not waiting.filter(run_after__lte=clock.now()).exists(), seconds=120)
    assert not Job.objects.exclude(last_error="").exists()
