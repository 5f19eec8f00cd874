"""What time brings to those who wait: no offer can be made any more, or the facility will not open the day.

They are told once, as soon as it is so.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from eligibility.public import programme_of
from facilities.models import DayCapacity, Waiting
from facilities.selectors.notices import too_late_at
from facilities.selectors.waiting_chance import last_offer
from facilities.selectors.waiting_list import use_waited_for
from postpartum_portal.shared import events
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.lifecycle import Overtaken, pass_transition

from .waiting_telling import TOLD_WITH, tell_waiting


@planner
def plan_waiting(now: dt.datetime) -> None:
    """Look at every facility's line. Two planners at once tell nobody twice."""
    with scopes_disabled():
        for waiting in _closed_to():
            _end(waiting, closed=True, at=now)
        for waiting in _waits():  # a line is short, and each programme is compiled once
            ends = last_offer(waiting, programme_of(waiting.entitlement.programme_version).terms)
            if ends < now or too_late_at(waiting, now)(use_waited_for(waiting)):
                _end(waiting, closed=False, at=now)


def _closed_to() -> QuerySet[Waiting]:
    """The service was given up, the contract ends before, or a day was closed."""
    shut = DayCapacity.objects.filter(
        facility=OuterRef("facility"),
        place=OuterRef("place"),
        day__range=(OuterRef("first_day"), OuterRef("last_day")),
        limit=0,
    )
    given_up = Q(offering__isnull=True) | Q(offering__contract__ends_on__lt=F("last_day"))
    return _waits().filter(given_up | Exists(shut))


def _waits() -> QuerySet[Waiting]:
    return Waiting.objects.filter(status=Waiting.Status.WAITING).select_related(*TOLD_WITH).order_by("pk")


def _end(waiting: Waiting, *, closed: bool, at: dt.datetime) -> None:
    try:
        with transaction.atomic():
            pass_transition(waiting.close)
            events.record("waiting.over", waiting, at=at, by_id=None, reason="closed" if closed else "day")
            tell_waiting("waiting_over", waiting, at=at, closed=closed)
    except (TransitionNotAllowed, Overtaken):
        return  # offered or withdrawn since it was read, or ended by another planner
