"""Offering what came free to those who wait, in the order of asking; and what happens when one does not answer.

Each step is logged as an event with the position in the line, and whoever is passed over with the reason, so that
anybody can see afterwards that the order was kept.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction

from eligibility import engine
from facilities.models import Waiting
from facilities.selectors.waiting_chance import NO_PLACE, chance_of
from facilities.selectors.waiting_list import free_places, line_of
from postpartum_portal.shared import clock, events, jobs
from postpartum_portal.shared.lifecycle import Overtaken, pass_transition

from .places import give_places, hold_facility, hold_places
from .waiting_line import OFFER_PLACES
from .waiting_telling import TOLD_WITH, tell_waiting

LAPSE_OFFER = "lapse_offer"


@jobs.handler(OFFER_PLACES)
def offer_places(lease: jobs.Lease) -> None:
    """Offer all that is free at the facility `lease.subject_id`. Run twice, it finds nothing more to offer."""
    refused: dict[int, str] = {}
    while _offer_next(lease, refused, at=clock.now()):
        if lease.pause():
            return


@jobs.handler(LAPSE_OFFER)
def lapse_offer(lease: jobs.Lease) -> None:
    """Her time is over: the places of the offer `lease.subject_id` go to the next in line. Nothing if she answered."""
    now = clock.now()
    with transaction.atomic():
        lease.hold()
        waiting = Waiting.objects.select_related(*TOLD_WITH).get(pk=lease.subject_id)
        if waiting.status != Waiting.Status.OFFERED:
            return
        pass_transition(waiting.lapse)
        give_places(waiting)
        events.record("waiting.lapsed", waiting, at=now, by_id=None)
        tell_waiting("waiting_lapsed", waiting, at=now)


def _offer_next(lease: jobs.Lease, refused: dict[int, str], *, at: dt.datetime) -> bool:
    """Make one offer, to the first in line who can be made one; False when there is nobody.

    One transaction for each, so that it holds the counters of one use only. The facility's row makes two jobs take
    turns. `refused`, id → reason, spares whoever the rules spoke against a second judgement in the same run.
    """
    with transaction.atomic():
        lease.hold()
        hold_facility(lease.subject_id)
        free = free_places(lease.subject_id, since=clock.day_of(at))
        line = list(line_of(lease.subject_id))
        for position, waiting in enumerate(line):
            if waiting.pk in refused or not _days_of(waiting) <= free:
                continue
            chance = chance_of(waiting, at=at)
            if chance.until is None:
                refused[waiting.pk] = chance.reason
            elif _offer(waiting, line[:position], until=chance.until, at=at):
                _record_passed(line[:position], waiting, refused, at=at)
                return True
    return False


def _offer(waiting: Waiting, earlier: Collection[Waiting], *, until: dt.datetime, at: dt.datetime) -> bool:
    """Hold the places for her and tell her; False if a place has gone, or she has, since it was looked at."""
    try:
        with transaction.atomic():
            pass_transition(waiting.offer, offered_at=at, offered_until=until)
            if not hold_places(waiting):
                raise _NoPlace
            position = 1 + sum(_meet(other, waiting) for other in earlier)
            events.record("waiting.offered", waiting, at=at, by_id=None, position=position, until=until.isoformat())
            jobs.enqueue(LAPSE_OFFER, waiting.pk, at=until)
            tell_waiting("waiting_offered", waiting, at=at, until=until)
    except (_NoPlace, Overtaken):
        return False
    return True


class _NoPlace(Exception):
    """A day counter stands at its limit again; what was taken so far must be rolled back."""


def _record_passed(earlier: Iterable[Waiting], offered: Waiting, refused: dict[int, str], *, at: dt.datetime) -> None:
    """Why each who asked earlier for one of these days was passed over: a rule's code, or that another day is full."""
    passed = [waiting for waiting in earlier if _meet(waiting, offered)]
    for position, waiting in enumerate(passed, start=1):
        reason = refused.get(waiting.pk, NO_PLACE)
        events.record(
            "waiting.skipped", waiting, at=at, by_id=None, position=position, reason=reason, offered=offered.pk
        )


def _meet(one: Waiting, other: Waiting) -> bool:
    """Whether two wait for the same kind of place on some day."""
    return one.place == other.place and one.first_day <= other.last_day and other.first_day <= one.last_day


def _days_of(waiting: Waiting) -> set[tuple[str, dt.date]]:
    return {(waiting.place, day) for day in engine.each_day(waiting.first_day, waiting.last_day)}
