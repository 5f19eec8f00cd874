"""Talking to a real server on this machine: taken, put off, refused, stalled, and a death after it had taken a mail."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.utils import make_msgid
from time import monotonic
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives

from postpartum_portal.shared import clock, mail, mail_server
from postpartum_portal.shared.failpoints import FailpointReached
from postpartum_portal.shared.jobs import enqueue, runner, tasks
from postpartum_portal.shared.models import Job, Mail
from scripts import processes

pytestmark = pytest.mark.django_db

Answers = Callable[..., None]
STAYS_WITHIN = 15
"""Seconds: Celery's soft limit of a task."""


class Server:
    """Answers each recipient and each text with the next of its answers, then takes all."""

    def __init__(self) -> None:
        self.to: list[str] = []
        self.texts: list[str] = []
        self.taken: list[bytes] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self.to.pop(0) if self.to else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.texts.pop(0) if self.texts else "250 kept"
        if answer.startswith("250"):
            self.taken.append(envelope.content)
        return answer


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    kept = Server()
    controller = Controller(kept, hostname="127.0.0.1", port=processes.free_port())
    controller.start()
    _talk_to(settings, controller.port)
    yield kept
    controller.stop()


def _talk_to(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def posted(to: str = "hanako@example.jp", kind: str = "account/login_code") -> tuple[Job, Mail]:
    row = mail.post(kind, to, key=f"{kind}:{to}", at=clock.now(), code="123456")
    return Job.objects.get(subject_id=row.pk), row


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_mail__that_is_taken__says_that_a_machine_wrote_it(server: Server) -> None:
    job, row = posted("a..b@docomo.ne.jp")
    runner.run(job.pk)

    (content,) = server.taken
    head = content.partition(b"\r\n\r\n")[0].decode()
    assert f"Message-ID: {row.message_id}" in head
    assert "Auto-Submitted: auto-generated" in head
    assert "List-Unsubscribe" not in head, "a code to sign in with cannot be switched off"
    assert Mail.objects.get(sent_at__isnull=False) == row


def test_mail__that_may_be_switched_off__names_the_page(server: Server) -> None:
    job, row = posted()
    Mail.objects.filter(pk=row.pk).update(kind="waiting_over")
    runner.run(job.pk)
    assert b"List-Unsubscribe: <http://localhost:8000/accounts/mails/>" in server.taken[0]


@pytest.mark.parametrize(("at", "answer"), [("to", "450 greylisted"), ("texts", "451 try again")])
def test_mail__that_is_put_off__goes_out_later_and_lets_others_pass(
    server: Server, clock_at: Any, at: str, answer: str
) -> None:
    setattr(server, at, [answer])
    job, _ = posted()
    other, _ = posted("yuki@example.jp")
    tasks.sweep()

    assert (again(job).status, again(job).last_error) == (Job.Status.QUEUED, "ServerBusy")
    assert again(other).status == Job.Status.DONE
    clock_at.move_to(again(job).run_after)
    tasks.sweep()
    assert again(job).status == Job.Status.DONE


@pytest.mark.parametrize(
    ("at", "answer", "error"), [("to", "550 unknown", "AddressRefused"), ("texts", "554 no", "TextRefused")]
)
def test_mail__that_is_refused_for_good__stops_at_once(server: Server, at: str, answer: str, error: str) -> None:
    setattr(server, at, [answer])
    job, _ = posted()
    runner.run(job.pk)

    stopped = again(job)
    assert (stopped.status, stopped.attempts, stopped.last_error) == (Job.Status.FAILED, 1, error)
    assert stopped.stopped_at == clock.now()


def test_tries__of_a_mail__reach_over_hours_and_are_five(settings: Any, clock_at: Any) -> None:
    _talk_to(settings, processes.free_port())  # nobody is there
    job, _ = posted()
    begun = clock.now()
    for _ in range(5):
        clock_at.move_to(again(job).run_after)
        runner.run(job.pk)

    assert (again(job).status, again(job).last_error) == (Job.Status.FAILED, "ServerAway")
    assert 5 <= (clock.now() - begun).total_seconds() / 3600 <= 6


@contextmanager
def stalled() -> Iterator[int]:
    """A server that takes a call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        calls: list[socket.socket] = []
        threading.Thread(target=lambda: calls.append(listening.accept()[0]), daemon=True).start()
        yield int(listening.getsockname()[1])
        for call in calls:
            call.close()


def test_a_stalled_server__holds_no_worker_and_no_letter(settings: Any) -> None:
    """The first mail waits out the limit; then all mails wait, and other work is done at once."""
    assert settings.EMAIL_TIMEOUT < STAYS_WITHIN < settings.CELERY_TASK_TIME_LIMIT < settings.JOB_LEASE_SECONDS
    settings.EMAIL_TIMEOUT = 1
    first, second = posted()[0], posted("yuki@example.jp")[0]
    letter = enqueue("clear_sessions", 1, at=clock.now())
    with stalled() as port:
        _talk_to(settings, port)
        begun = monotonic()
        tasks.sweep()

    assert monotonic() - begun < 3
    assert again(first).last_error == "ServerAway"
    assert (again(second).attempts, again(letter).status) == (0, Job.Status.DONE)
    assert again(second).run_after > clock.now()


def test_a_death_after_the_server_took_it__repeats_the_message_id(server: Server, settings: Any, clock_at: Any) -> None:
    """W4: the only way to a double, and it can be told for one."""
    job, row = posted()
    die_after_the_server_took_it(job, settings, clock_at)

    assert message_ids(server) == [row.message_id] * 2


def test_control__a_message_id_of_each_try__tells_no_double(
    server: Server, settings: Any, clock_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = mail_server._message

    def written_anew(row: Mail) -> EmailMultiAlternatives:
        row.message_id = make_msgid()
        return written(row)

    monkeypatch.setattr(mail_server, "_message", written_anew)
    job, _ = posted()
    die_after_the_server_took_it(job, settings, clock_at)

    first, second = message_ids(server)
    assert first != second


def die_after_the_server_took_it(job: Job, settings: Any, clock_at: Any) -> None:
    """And go on when the job is due again."""
    settings.FAILPOINTS = {"mail.after_server": "raise"}
    runner.run(job.pk)
    assert again(job).last_error == FailpointReached.__name__
    settings.FAILPOINTS = {}
    clock_at.move_to(again(job).run_after)
    runner.run(job.pk)


def message_ids(server: Server) -> list[str]:
    return [message_from_bytes(content)["Message-ID"] for content in server.taken]


def test_a_mail_about_what_is_past__is_not_sent(server: Server, clock_at: Any) -> None:
    until = clock.now()
    row = mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), until=until, code="1")
    tasks.sweep()

    assert not server.taken
    assert Job.objects.get(subject_id=row.pk).status == Job.Status.DONE
