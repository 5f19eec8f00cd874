"""Until when a facility takes requests here, and the days on which it does so up to the last minute."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction

from facilities.models import DayCapacity, Facility
from facilities.selectors.notices import Notice
from facilities.selectors.places import offered_places
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise


def set_notices(facility: Facility, notices: Mapping[str, Notice | None], *, by: User, at: dt.datetime) -> None:
    """From now on requests for a kind of place end so long before the day; None: whenever the programme's do.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotKept: a kind is not offered here.
    """
    authorise(by, "facilities.set_places", facility)
    if not notices.keys() <= set(offered_places(facility).values()):
        raise NotKept
    said = {
        place: {"days": notice.days, "until": notice.until.isoformat("minutes")}
        for place, notice in sorted(notices.items())
        if notice
    }
    with transaction.atomic():
        stands = Facility.objects.select_for_update(no_key=True).get(pk=facility.pk)
        kept = {place: rule for place, rule in stands.notices.items() if place not in notices}
        if stands.notices != kept | said:
            Facility.objects.filter(pk=facility.pk).update(notices=kept | said)
            told = [f"{place}:{rule['days']}:{rule['until']}" for place, rule in said.items()]
            events.record("notice.set", facility, at=at, by_id=by.pk, facility_id=facility.pk, places=told)


def take_last_minute(facility: Facility, days: Collection[dt.date], *, take: bool, by: User, at: dt.datetime) -> int:
    """On these days requests are taken up to the last minute, or no longer. How many of them have places here.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotKept: a day has passed.
    """
    authorise(by, "facilities.set_places", facility)
    if min(days) < clock.day_of(at):
        raise NotKept
    with transaction.atomic():
        rows = DayCapacity.objects.filter(facility=facility, day__in=days).order_by("place", "day")
        there = {row.day for row in rows.select_for_update()}
        DayCapacity.objects.filter(facility=facility, day__in=there).update(last_minute=take)
        told = [day.isoformat() for day in sorted(there)]
        events.record(
            "capacity.last_minute", facility, at=at, by_id=by.pk, facility_id=facility.pk, days=told, taken=take
        )
    return len(there)


class NotKept(Exception):
    """A day that has passed, or a kind of place that the facility does not offer."""
