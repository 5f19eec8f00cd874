"""What the demo's facilities have set for themselves: places, what they keep back, visits, colleagues they invited."""

import datetime as dt

from facilities import public as facilities
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .days import Days
from .samples import SampleBlock, SampleDesk, SampleVisits

DAYS_BACK, DAYS_AHEAD = 50, 150
"""All of last month lies in what is past."""


def keep_places(facility: facilities.Facility, places: int, *, by: User, days: Days) -> None:
    """Let the facility keep the same number of places of each kind on every day of half a year, some of it past."""
    if facility.keeps_capacity:
        return
    with tenant(facility=facility.pk):
        open_days = [days.day(number) for number in range(-DAYS_BACK, DAYS_AHEAD)]
        at = dt.datetime.combine(open_days[0], dt.time(9), clock.TOKYO)
        facilities.set_places(facility, dict.fromkeys(_kinds(facility), places), days=open_days, by=by, at=at)
    facility.refresh_from_db()


def furnish(facility: facilities.Facility, desk: SampleDesk, places: int, *, by: User, days: Days) -> None:
    """Before anybody books. A second run changes nothing that somebody has set since."""
    with tenant(facility=facility.pk):
        if desk.ward_first and not facility.patterns.exists():
            number, until = desk.ward_first
            week = facilities.Week((places,) * 8, number, until, months_ahead=0)
            facilities.set_patterns(facility, dict.fromkeys(_kinds(facility), week), by=by, at=days.now)
        if not facility.blocks.exists():
            for block in desk.blocks:
                _block(facility, block, by=by, days=days)
        for colleague in desk.invited:
            if not facilities.StaffInvitation.objects.filter(facility=facility, email=colleague.email).exists():
                facilities.invite_colleague(
                    facility, colleague.email, display_name=colleague.name, manages=False, by=by, at=days.now
                )


def say_visits(facility: facilities.Facility, visits: SampleVisits, *, by: User, days: Days) -> None:
    """After the samples' visits, which were arranged whatever weekday today is."""
    with tenant(facility=facility.pk):
        if facilities.VisitPlan.objects.filter(facility=facility).exists():
            return
        weekday, saturday = _spans(visits.weekdays), _spans(visits.saturdays)
        facilities.set_visits(
            facility,
            areas=visits.areas,
            week=[*[weekday] * 5, saturday, []],
            by=by,
            at=days.now,
            travel_minutes=visits.travel_minutes,
            at_once=visits.at_once,
        )


def _kinds(facility: facilities.Facility) -> list[str]:
    return list(facilities.Offering.objects.filter(facility=facility).order_by("place").values_list("place", flat=True))


def _block(facility: facilities.Facility, block: SampleBlock, *, by: User, days: Days) -> None:
    facilities.block_days(
        facility,
        {block.place: block.places},
        days=[days.day(number) for number in range(block.first, block.last + 1)],
        why=facilities.Block.Why(block.why),
        note=block.note,
        form_token=f"demo-{facility.code}-{block.first}",
        by=by,
        at=days.now,
    )


def _spans(hours: list[str]) -> list[tuple[dt.time, dt.time]]:
    ends = [span.split("-") for span in hours]
    return [(dt.time.fromisoformat(begins), dt.time.fromisoformat(closes)) for begins, closes in ends]
