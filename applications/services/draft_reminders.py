"""A draft that lies untouched: she is told once that it waits, and never after a loss."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from applications.models import Application
from applications.selectors.answers import after_loss
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.models import Mail

WAITING = "draft_waiting"
SPAN = dt.timedelta(days=14)
"""How long after its day a reminder is still made up for; an older draft has been given up."""


@planner
def plan_draft_reminders(now: dt.datetime) -> None:
    """Mail those whose draft was last saved `DRAFT_REMINDER_DAYS` ago, from `REMINDER_HOUR` on."""
    if now.astimezone(clock.TOKYO).hour < settings.REMINDER_HOUR:
        return
    with scopes_disabled():
        drafts = {f"{WAITING}:{draft.pk}": draft for draft in _untouched(now)}
        told = set(Mail.objects.filter(key__in=drafts).values_list("key", flat=True))
        for key, draft in drafts.items():
            if key not in told and draft.citizen and not after_loss(draft):
                mail.post(WAITING, draft.citizen.email, key=key, at=now, municipality=draft.municipality)


def _untouched(now: dt.datetime) -> QuerySet[Application]:
    last = clock.day_of(now) - dt.timedelta(days=settings.DRAFT_REMINDER_DAYS)
    ends = clock.end_of(last)
    drafts = Application.objects.filter(status=Application.Status.DRAFT, saved_at__lt=ends, saved_at__gte=ends - SPAN)
    return drafts.select_related("citizen", "municipality").order_by("pk")
