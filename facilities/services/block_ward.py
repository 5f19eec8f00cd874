"""産科優先: places kept for the maternity ward until some days before, and then released by themselves."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django_scopes import scopes_disabled

from facilities.models import Block, BlockedDay, Pattern
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs import planner

from .blocks import release_days
from .places import move_places


def keep_for_ward(pattern: Pattern, kept: Mapping[dt.date, int], *, by: User | None, at: dt.datetime) -> Block:
    """Block some places on each day until `ward_days` before it. Part of the caller's transaction.

    The days are locked, and the places were seen to be free.
    """
    block = Block.objects.create(
        facility_id=pattern.facility_id,
        place=pattern.place,
        first_day=min(kept),
        last_day=max(kept),
        why=Block.Why.WARD,
        made_by=by,
        made_at=at,
    )
    move_places(pattern.facility_id, pattern.place, kept)
    BlockedDay.objects.bulk_create(
        BlockedDay(
            block=block,
            facility_id=pattern.facility_id,
            place=pattern.place,
            day=day,
            places=places,
            release_on=day - dt.timedelta(days=pattern.ward_days),
        )
        for day, places in sorted(kept.items())
    )
    told = [day.isoformat() for day in sorted(kept)]
    events.record("block.made", block, at=at, by_id=by.pk if by else None, place=block.place, why=block.why, days=told)
    return block


@planner
def plan_releases(now: dt.datetime) -> None:
    """Release what the ward does not need any more, when the day begins. Two planners at once release it once."""
    today = clock.day_of(now)
    with scopes_disabled():
        due = BlockedDay.objects.filter(released_at__isnull=True, release_on__lte=today, day__gte=today)
        for block in Block.objects.filter(pk__in=due.values("block")).order_by("pk"):
            with transaction.atomic():
                release_days(block, list(due.filter(block=block).values_list("day", flat=True)), by=None, at=now)
