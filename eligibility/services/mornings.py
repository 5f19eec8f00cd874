"""What is done once a day for each municipality: one job row, whoever asks for it and however often."""

import datetime as dt

from django.db import transaction

from eligibility.models import Municipality
from postpartum_portal.shared import clock, jobs
from postpartum_portal.shared.models import Job


def each_morning(kind: str, now: dt.datetime, *, hour: int) -> None:
    """Ask for the job `kind` on every municipality from `hour` on. A day that nobody was awake is not made up for."""
    if now.astimezone(clock.TOKYO).hour < hour:
        return
    day = clock.day_of(now)
    with transaction.atomic():  # no job is asked for on a municipality that is gone by then
        keys = {f"{kind}:{pk}:{day}": pk for pk in Municipality.objects.order_by("pk").values_list("pk", flat=True)}
        asked = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
        for key, pk in keys.items():
            if key not in asked:
                jobs.enqueue(kind, pk, at=now, municipality_id=pk, key=key)
