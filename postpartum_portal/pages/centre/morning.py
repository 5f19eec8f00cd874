"""Each working morning, to everybody who works at a centre: what is new and what is overdue. Counts only, no names."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from applications.public import Desk, Narrowing
from eligibility.engine import is_working_day
from eligibility.public import Municipality, each_morning, programme_of, version_in_force
from facilities.public import unanswered, waiting_reports
from postpartum_portal.accounts.models import Membership
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import Lease, go_through, handler, planner
from postpartum_portal.shared.jobs.runner import failed_jobs

MORNING_LIST = "morning_list"
TOLD_OF = ("late", "new")
"""Codes of the worklist's tabs."""
AT_WORK = (Membership.Role.CENTRE, Membership.Role.DECIDER)


@dataclass(frozen=True, slots=True)
class Count:
    label: str
    count: int


@planner
def plan_morning_lists(now: dt.datetime) -> None:
    """Ask once a day for each municipality's counts."""
    each_morning(MORNING_LIST, now, hour=settings.OFFICE_HOUR)


@handler(MORNING_LIST)
def tell_staff(lease: Lease) -> None:
    """Mail the staff of the municipality `lease.subject_id`; nothing on a closed day, or when nothing waits."""
    now = clock.now()
    municipality = Municipality.objects.get(pk=lease.subject_id)
    lines = counts_of(municipality, now) if _is_open(municipality, clock.day_of(now)) else []
    evening = clock.end_of(clock.day_of(now))

    def tell(members: list[Membership]) -> None:
        for member in members:
            key = f"{MORNING_LIST}:{member.pk}:{clock.day_of(now)}"
            to = member.user.email
            mail.post(MORNING_LIST, to, key=key, at=now, until=evening, municipality=municipality, lines=lines)

    if lines:
        members = Membership.objects.filter(municipality=municipality, role__in=AT_WORK, user__is_active=True)
        go_through(lease, members.select_related("user"), tell)


def counts_of(municipality: Municipality, now: dt.datetime) -> list[Count]:
    """What is new or overdue; nothing that counts none."""
    hours = settings.ANSWER_OVERDUE_HOURS
    owed = unanswered(asked_before=now - dt.timedelta(hours=hours)).count()
    tabs = {tab.code: tab for tab in Desk(now=now).tabs(Narrowing())}
    lines = [Count(tabs[code].label, tabs[code].count or 0) for code in TOLD_OF if code in tabs]
    lines += [
        Count(f"施設の返事が{hours}時間ない依頼", owed),
        Count("確認を待つ、施設の月の請求", waiting_reports(municipality.pk).count()),
        Count("止まっている処理", failed_jobs(municipality.pk).count()),
    ]
    return [line for line in lines if line.count]


def _is_open(municipality: Municipality, day: dt.date) -> bool:
    version = version_in_force(municipality, day)
    return version is not None and is_working_day(day, programme_of(version).terms.office_days)
