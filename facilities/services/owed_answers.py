"""Requests that a facility has not answered for a while: each morning a mail to those who can, with counts only."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef
from django_scopes import scopes_disabled

from facilities.models import Facility, StaffMembership
from facilities.selectors.owed_answers import owed_by
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import Lease, enqueue, go_through, handler, planner

REMIND_OF_ANSWERS, OWED = "remind_of_answers", "answers_owed"


@planner
def plan_answer_reminders(now: dt.datetime) -> None:
    """Ask once a day for a look at every facility; it works for several municipalities and is told once."""
    if now.astimezone(clock.TOKYO).hour >= settings.REMINDER_HOUR:
        enqueue(REMIND_OF_ANSWERS, clock.day_of(now).toordinal(), at=now)


@handler(REMIND_OF_ANSWERS)
def remind_of_answers(lease: Lease) -> None:
    """Mail everybody at a desk that owes an answer for more than `ANSWER_REMINDER_HOURS`; once that day."""
    now = clock.now()

    def tell(desks: list[Facility]) -> None:
        for desk in desks:
            _tell(desk, at=now)

    with scopes_disabled():
        staffed = Facility.objects.filter(Exists(StaffMembership.objects.filter(facility=OuterRef("pk"))))
        go_through(lease, staffed, tell)


def _tell(desk: Facility, *, at: dt.datetime) -> None:
    owed = owed_by(desk, asked_before=at - dt.timedelta(hours=settings.ANSWER_REMINDER_HOURS))
    if not owed.count:
        return
    staff = StaffMembership.objects.filter(facility=desk, user__is_active=True).select_related("user")
    for member in staff.order_by("pk"):
        key = f"{OWED}:{member.pk}:{clock.day_of(at)}"
        until = clock.end_of(clock.day_of(at))  # tomorrow's mail counts anew
        mail.post(OWED, member.user.email, key=key, at=at, until=until, facility=desk, owed=owed)
