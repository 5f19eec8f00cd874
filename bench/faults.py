"""Booking over HTTP beside a stalled mail server, large uploads and letters in the making, against the same in peace.

A web server as in production and a Celery worker with two processes; needs PostgreSQL and Redis.
Each round books in peace, then in trouble: `p95` is the ratio of the round's own answers, the 95th of 100 in order.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from django.core.management import call_command
from django.db import connection
from django_scopes import scopes_disabled

from applications.models import Letter
from eligibility.public import Municipality
from scripts import processes
from tests.processes.fault_deeds import People
from tests.processes.support.faulty import MailServer
from tests.processes.support.parts import celery_worker, web_server
from tests.processes.test_faults_mail import RENDERS, large_photo
from tests.scripts.waiting import eventually

from .databases import scratch_database
from .rounds import Figure

ROUNDS, BOOKINGS = 5, 20


def measure() -> Iterator[Figure]:
    with scratch_database("faults"), tempfile.TemporaryDirectory() as folder, scopes_disabled():
        call_command("load_programmes", verbosity=0)
        with _portal(Path(folder)) as people:
            _seconds(people)
            rounds = [(_seconds(people), _in_trouble(people)) for _ in range(ROUNDS)]
    ratio = median(_p95(trouble) / _p95(peace) for peace, trouble in rounds)
    yield Figure("booking_in_trouble_vs_peace.p95", ratio, "x")
    slowest = max(max(trouble) for _, trouble in rounds)
    yield Figure("booking_in_trouble.slowest", slowest, "s", promised="below 10")


@contextmanager
def _portal(folder: Path) -> Iterator[People]:
    port, mail = processes.free_port(), MailServer()
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.processes.fault_settings",
        "DATABASE_URL": f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "JOBS_WAKE": "postpartum_portal.shared.jobs.wake.by_celery",
        "MEDIA_ROOT": str(folder / "media"),
        "PORTAL_ORIGIN": f"http://localhost:{port}",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail.port),
    }
    mail.stall()
    try:
        with (
            web_server(environment, folder / "web.log", workers=2, threads=4),
            celery_worker(environment, folder / "worker.log"),
        ):
            yield People(Municipality.objects.get(slug="kodaira"), environment["PORTAL_ORIGIN"])
    finally:
        mail.close()


def _seconds(people: People) -> list[float]:
    """Of each booking's answer, one after the other."""
    answers = [deed.send() for deed in people.deeds(*["book"] * BOOKINGS)]
    assert all(answer.is_done for answer in answers)
    return [answer.seconds for answer in answers]


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1]


def _in_trouble(people: People) -> list[float]:
    """While a large photo after the other is sent, and the letters of eight decisions are made."""
    decisions, bookings = people.deeds(*["decide"] * RENDERS), people.deeds(*["book"] * BOOKINGS)
    over = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        uploading = pool.submit(_upload, people, over)
        for deed in decisions:
            assert deed.send().is_done
        told = [deed.send() for deed in bookings]
        over.set()
        uploading.result()
    assert all(answer.is_done for answer in told)
    assert eventually(lambda: not Letter.objects.filter(status=Letter.Status.QUEUED).exists(), seconds=60)
    return [answer.seconds for answer in told]


def _upload(people: People, over: threading.Event) -> None:
    photo = large_photo()
    with scopes_disabled():
        while not over.is_set():
            paper = people.upload()
            paper.file = photo
            assert paper.send().is_done
    connection.close()
