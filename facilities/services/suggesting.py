"""A desk that cannot take the days asked for names others, and keeps a place on each of them for a while."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import hold_family
from eligibility import engine
from eligibility.engine.booking_days import not_begun
from facilities.models import Booking, Hold, Offering
from facilities.selectors.moving import moving_of
from facilities.selectors.suggestions import may_suggest
from facilities.selectors.uses import use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, jobs
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .answering import ReasonMissing
from .booking import DayFull
from .places import give_places, hold_days, hold_places, lacking_days
from .telling import tell_mother
from .waiting_line import owed_to_line

LAPSE_SUGGESTIONS = "lapse_suggestions"
MOST = 3


@dataclass(frozen=True, slots=True)
class OtherDays:
    """As long as the days asked for, from another first day."""

    first_day: dt.date
    arrival: dt.time | None


def suggest_days(
    booking: Booking,
    offering: Offering,
    choices: Sequence[OtherDays],
    *,
    reason: str,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> tuple[Hold, ...]:
    """Answer a request with up to `MOST` other sets of days. The same form sent twice suggests once.

    A place is kept on each of them until `chosen_by`; those of the days asked for go back, and her units stay taken.

    Raises:
        PermissionDenied: not this desk's request, or one for which nobody could choose on a page.
        ReasonMissing: nothing is said why her own days cannot be.
        NotSuggested: rules speak against some of the days; holds the findings of each.
        DayFull: the facility lacks a place on some day; holds the days.
        TransitionNotAllowed, Overtaken: the request is answered already, or she took it back or moved it.
    """
    authorise(by, "facilities.answer", booking)
    if not may_suggest(booking) or not 0 < len(choices) <= MOST:
        raise PermissionDenied("facilities.answer")
    if not reason.strip():
        raise ReasonMissing
    token = f"{booking.pk}:{form_token}"
    if sent := tuple(Hold.objects.filter(suggested_for=booking, form_token__startswith=token).order_by("pk")):
        return sent
    uses = [_use(booking, choice) for choice in choices]
    _judge(booking, offering, uses, at)

    until = chosen_by(uses, at=at)
    holds = [_unsaved(booking, offering, use, f"{token}:{turn}", until, by, at) for turn, use in enumerate(uses)]
    with transaction.atomic():
        hold_family(booking.entitlement)
        pass_transition(booking.suggest, answered_at=at, decline_reason=reason.strip())
        if full := _trade_places(booking, holds):
            raise DayFull(full)
        for hold in holds:
            hold.save(force_insert=True)
        events.record("booking.suggested", booking, at=at, by_id=by.pk, until=until.isoformat(), choices=len(holds))
        jobs.enqueue(LAPSE_SUGGESTIONS, booking.pk, at=until, municipality_id=booking.municipality_id)
        tell_mother("booking_suggested", booking, at=at, until=until, suggestions=holds)
    return tuple(holds)


def chosen_by(uses: Sequence[engine.Use], *, at: dt.datetime) -> dt.datetime:
    """From this instant on nothing can be chosen: `SUGGESTION_HOURS` later, or when the earliest of the days begins."""
    earliest = dt.datetime.combine(min(use.first_day for use in uses), dt.time(), clock.TOKYO)
    return min(at + dt.timedelta(hours=settings.SUGGESTION_HOURS), earliest)


class NotSuggested(Exception):
    """Rules speak against days that were named: `findings` of each, in the order of the form."""

    def __init__(self, findings: tuple[tuple[engine.Finding, ...], ...]) -> None:
        super().__init__(", ".join(finding.code for found in findings for finding in found))
        self.findings = findings


def _use(booking: Booking, choice: OtherDays) -> engine.Use:
    use = use_of(booking)
    last = choice.first_day + (use.last_day - use.first_day)
    return replace(use, first_day=choice.first_day, last_day=last, start_time=choice.arrival)


def _judge(booking: Booking, offering: Offering, uses: Sequence[engine.Use], at: dt.datetime) -> None:
    """Each by itself: she takes one of them."""
    found, moving = [], moving_of(booking, offering)
    for use in uses:
        begun = not_begun(use, moving.rules.terms.booking, at.astimezone(clock.TOKYO))
        found.append((*moving.shift(use, at, on=clock.day_of(at)).refusals, *begun))
    if any(found):
        raise NotSuggested(tuple(found))


def _unsaved(
    booking: Booking, offering: Offering, use: engine.Use, token: str, until: dt.datetime, by: User, at: dt.datetime
) -> Hold:
    return Hold(
        municipality_id=booking.municipality_id,
        facility=offering.facility,
        suggested_for=booking,
        service=booking.service,
        place=offering.place if offering.facility.keeps_capacity else "",
        first_day=use.first_day,
        last_day=use.last_day,
        arrival=use.start_time,
        form_token=token,
        made_by=by,
        made_at=at,
        expires_at=until,
    )


def _trade_places(booking: Booking, holds: Sequence[Hold]) -> tuple[dt.date, ...]:
    """Give back the days asked for and take those of the holds; the days that lack a place, none where all have one.

    All counters are held first, in the order of days. What came free for those who wait stays theirs, but for the
    days that the booking itself gives up.
    """
    place = holds[0].place
    own = set(engine.each_day(booking.first_day, booking.last_day))
    named = [set(engine.each_day(hold.first_day, hold.last_day)) for hold in holds]
    hold_days(booking.facility_id, place, own.union(*named))
    owed = {day for day in set().union(*named) - own if place and owed_to_line(booking.facility_id, place, day, day)}
    give_places(booking)
    Booking.objects.filter(pk=booking.pk).update(place="")
    booking.place = ""
    if not place:
        return ()
    full: set[dt.date] = set(owed)
    for hold, days in zip(holds, named, strict=True):
        lacking = lacking_days(hold.facility_id, place, sorted(days))
        if lacking or not hold_places(hold):
            full.update(lacking or days)
    return tuple(sorted(full))
