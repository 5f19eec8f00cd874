"""Where free places meet the waiting list: what came free is the line's until the line was asked.

Whatever frees a place calls the line in its own transaction by writing a job; the offers are made there, never while
somebody waits for a page.
"""

import datetime as dt
import secrets

from facilities.models import Waiting
from facilities.selectors.waiting_list import somebody_waits
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, jobs
from postpartum_portal.shared.lifecycle import pass_transition
from postpartum_portal.shared.models import Job

OFFER_PLACES = "offer_places"


def call_line(facility_id: int, place: str, first: dt.date, last: dt.date) -> None:
    """Ask for what has just come free between two days to be offered, if anybody waits for one of them.

    Part of the caller's transaction, after the counters moved: whoever begins to wait locks these counters, so that
    either she sees the place or this sees her. Each call is a job; one that runs after another finds nothing.
    """
    if somebody_waits(facility_id, place, first, last):
        key = f"{OFFER_PLACES}:{facility_id}:{secrets.token_hex(8)}"
        jobs.enqueue(OFFER_PLACES, facility_id, at=clock.now(), key=key)


def owed_to_line(facility_id: int, place: str, first: dt.date, last: dt.date) -> bool:
    """Whether places between two days came free for those who wait, and they have not been asked yet.

    Asked once the places are taken, which waits for the one who gives them back. A job that has failed for good keeps
    nobody out.
    """
    called = Job.objects.filter(
        kind=OFFER_PLACES, subject_id=facility_id, status__in=[Job.Status.QUEUED, Job.Status.RUNNING]
    )
    return called.exists() and somebody_waits(facility_id, place, first, last)


def answer_offer(waiting: Waiting, *, by: User, at: dt.datetime) -> str:
    """Close an offer for which a booking is being made; the kind of place that the booking takes over.

    Part of the booking's transaction: no counter moves, so nobody comes between.

    Raises:
        TransitionNotAllowed, lifecycle.Overtaken: her time is over, or she has declined it.
    """
    stands = Waiting.objects.get(pk=waiting.pk)  # the row in hand may come from an attempt that was rolled back
    pass_transition(stands.take)
    events.record("waiting.taken", stands, at=at, by_id=by.pk)
    return stands.place
