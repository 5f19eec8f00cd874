"""The day before a use: when and where, and what the programme and the facility say about what to bring."""

import datetime as dt
import re

from django.conf import settings
from django_scopes import scopes_disabled

from applications.public import Birth, without_children
from facilities.models import Booking
from facilities.selectors.adjusting import needs_adjusting
from facilities.selectors.wording import said_to_her
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.models import Mail

from .telling import mail_key, tell_mother

TOMORROW = "use_tomorrow"
TO_BRING = re.compile("持ち物|持参|持って")


@planner
def plan_tomorrow(now: dt.datetime) -> None:
    """Mail those whose confirmed use begins tomorrow, from `REMINDER_HOUR` on; moved to another day, once more."""
    if now.astimezone(clock.TOKYO).hour < settings.REMINDER_HOUR:
        return
    tomorrow = clock.day_of(now) + dt.timedelta(days=1)
    turn = tomorrow.toordinal()  # each first day is one of its own
    midnight = dt.datetime.combine(tomorrow, dt.time(), clock.TOKYO)  # then "tomorrow" is wrong
    with scopes_disabled():
        rows = Booking.objects.filter(status=Booking.Status.CONFIRMED, first_day=tomorrow)
        with_rows = rows.select_related(
            "municipality", "facility", "citizen", "entitlement__birth", "entitlement__programme_version"
        )
        keys = {mail_key(TOMORROW, booking, turn): booking for booking in with_rows.order_by("pk")}
        told = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
        for key, booking in keys.items():
            if key not in told and not needs_adjusting(booking):
                tell_mother(TOMORROW, booking, at=now, until=midnight, turn=turn, bring=what_to_bring(booking))


def what_to_bring(booking: Booking) -> tuple[str, ...]:
    """The programme's sentences about it, and what the facility tells its guests; after a loss none about a child."""
    service = said_to_her(booking.entitlement).service(booking.service)
    sentences = [note for note in service.notes if TO_BRING.search(note)]
    sentences += booking.facility.message.splitlines()
    lost = booking.entitlement.birth.outcome == Birth.Outcome.LOST
    return without_children(sentences) if lost else tuple(sentences)
