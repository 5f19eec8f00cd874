"""W3, the long form: eight whole workers, processes of their own, come upon the same work at the same moment."""

import subprocess
import sys
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests.processes import doubled_world, doubling
from tests.processes.support.mailbox import Mailbox
from tests.processes.support.parts import PROJECT

pytestmark = [
    pytest.mark.soak,
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_settings"),
]
ROUNDS = 2
WORK = (sys.executable, "manage.py", "work", "--once")


def test_eight_workers__that_come_at_once__leave_what_one_leaves(
    published: Any, process_environment: dict[str, str], mail_sink: Mailbox
) -> None:
    doubled_world.prepare(published, SimpleNamespace(move_to=clock.move_to))
    environment = {name: value for name, value in process_environment.items() if value}
    with scopes_disabled():
        world = doubling.World()
        doubling.once()
        expected = doubling.rows(timed=False)

        for _ in range(ROUNDS if connection.vendor == "postgresql" else 1):
            world.restore()
            clock.move_to(doubled_world.THEN)
            mail_sink.empty()
            workers = [subprocess.Popen(WORK, cwd=PROJECT, env=environment) for _ in range(doubling.AT_ONCE)]
            assert [worker.wait(240) for worker in workers] == [0] * doubling.AT_ONCE
            subprocess.run(WORK, cwd=PROJECT, env=environment, check=True, timeout=120)  # what the last one left

            found = doubling.rows(timed=False)
            assert found - expected == expected - found
            call_command("check_audit", verbosity=0)
            sent = Mail.objects.filter(sent_at__isnull=False).exclude(pk__in=world.sent)
            assert Counter(mail_sink.ids()) == Counter(sent.values_list("message_id", flat=True))
