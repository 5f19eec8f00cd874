"""Sessions that are over are cleared once a day, with Celery's beat and with the embedded worker alike."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Job

pytestmark = pytest.mark.django_db


def test_sessions__that_are_over_go_once_a_day_and_others_stay(client: Client) -> None:
    for name, days in (("over", -1), ("live", 1)):
        ends = timezone.now() + dt.timedelta(days=days)  # noqa: TID251 - Django ends a session by the system's clock
        Session.objects.create(session_key=name, session_data="", expire_date=ends)

    for _ in range(2):
        tasks.plan()
        tasks.sweep()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]
    assert Job.objects.filter(kind="clear_sessions").count() == 1
