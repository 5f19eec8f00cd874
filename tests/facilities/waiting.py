"""A clinic that is full on a day, families in line for it, and the jobs that move the line."""

import datetime as dt
import itertools
from typing import Any

from django_scopes import scopes_disabled

from applications.public import Entitlement, entitlement_of
from facilities.models import Booking, DayCapacity, Offering, Waiting
from facilities.public import cancel
from facilities.services.waiting import wait_for
from facilities.services.waiting_line import OFFER_PLACES
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Event, Job
from tests import factories
from tests.facilities.shown import FREE

WEDNESDAY = dt.date(2026, 3, 11)
_tokens = itertools.count()


def full(offering: Offering, *days: dt.date, limit: int = 1) -> None:
    """No place is left on these days, all of them taken by bookings that are nobody's here."""
    with scopes_disabled():
        rows = DayCapacity.objects.filter(facility=offering.facility, place=offering.place, day__in=days)
        assert rows.update(limit=limit, used=limit) == len(days)


def family(entitlement: Entitlement) -> Entitlement:
    """Another one of the same municipality, everything granted."""
    made = factories.EntitlementFactory(municipality=entitlement.municipality)
    with scopes_disabled():
        found = entitlement_of(made.citizen, entitlement.municipality)
    assert found is not None
    return found


def waits(entitlement: Entitlement, offering: Offering, first: dt.date = WEDNESDAY, **changes: Any) -> Waiting:
    """In line for one day, unless told otherwise."""
    said: dict[str, Any] = {
        "first_day": first,
        "last_day": first,
        "arrival": dt.time(10),
        "siblings": False,
        "note": "",
        "form_token": f"wait-{next(_tokens)}",
        "by": entitlement.citizen,
        "at": clock.now(),
    }
    return wait_for(entitlement, offering, **{**said, **changes})


def frees(booking: Booking) -> None:
    """The one who has it gives it back; the line is called, and nobody has run yet."""
    assert booking.citizen is not None
    cancel(booking, contact_at=clock.now(), shown=FREE, by=booking.citizen, at=clock.now())


def run_jobs(kind: str = OFFER_PLACES, *, again: int = 1) -> None:
    """Let a worker do the jobs of a kind; `again` and again, as if each had been lost and found."""
    for _ in range(again):
        for job in Job.objects.filter(kind=kind).order_by("pk"):
            Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, done_at=None, run_after=clock.now())
            runner.run(job.pk)
            assert Job.objects.get(pk=job.pk).status == Job.Status.DONE


def stands(waiting: Waiting) -> Waiting:
    with scopes_disabled():
        return Waiting.objects.select_related("facility", "offering__facility", "entitlement__citizen").get(
            pk=waiting.pk
        )


def log(verb: str) -> list[tuple[int, Any, Any]]:
    """Row, position and reason of the events of a verb, in their order."""
    rows = Event.objects.filter(verb=verb, subject_kind="waiting").order_by("pk")
    return [(row.subject_id, row.data.get("position"), row.data.get("reason")) for row in rows]
