"""From a full day of the calendar to the waiting list."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from facilities.selectors.waiting_list import live_waits, may_wait_at

from .cells import Wait
from .intent import Intent


def waits_from(intent: Intent) -> Callable[[dt.date], Wait | None]:
    """Where a full day of arrival leads; None on every day of a facility at which nobody waits."""
    standing, offering = intent.case.standing, intent.offering
    if not may_wait_at(offering, standing.terms):
        return lambda day: None
    slug, longer = standing.entitlement.municipality.slug, dt.timedelta(days=intent.length.days - 1)
    begin = reverse("facilities:wait", args=[slug, offering.pk])
    waited = live_waits(standing, offering)

    def wait(day: dt.date) -> Wait | None:
        if pk := waited.get((day, day + longer)):
            href = reverse("facilities:waiting", args=[slug, pk])
            return Wait(href, _("待ち"), _("空きを待っています"), _("空き待ちのようすを見る"))
        query = urlencode({"days": intent.length.days, "day": day.isoformat()})
        return Wait(f"{begin}?{query}", _("待つ"), _("空きがありません。空きを待つ"), _("この日の空きを待つ"))

    return wait
