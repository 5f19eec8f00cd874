"""Sounding out: the centre asks facilities for days, and each of them answers. Nothing is taken, whatever is said."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction

from facilities.models import Offering, Sounding, Wish
from facilities.selectors.soundings import refusals_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .answering import ReasonMissing
from .booking import NotBookable
from .telling_desks import tell_desk


class Asked(TypedDict):
    """What every facility is asked alike: one of `first_days`, so long, from `arrival`, answered by `answer_by`."""

    first_days: Sequence[dt.date]
    days: int
    arrival: dt.time | None
    hours: Decimal | None
    siblings: bool
    allergies: NotRequired[str]
    note: str
    answer_by: dt.datetime


def sound_out(
    wish: Wish, offerings: Sequence[Offering], *, form_token: str, by: User, at: dt.datetime, **asked: Unpack[Asked]
) -> list[Sounding]:
    """Ask each facility which of the days it could take. The same form sent twice asks once.

    Raises:
        PermissionDenied: not the work of this centre, a wish of one's own, or an offering of another service or city.
        NotBookable: a rule speaks against one of the days at one of them; holds the findings.
        AskedAlready: one of them has an open sounding for this wish; holds that.
        Overtaken: the wish is not open any more.
    """
    authorise(by, "facilities.arrange", wish)
    if any((row.service, row.municipality_id) != (wish.service, wish.municipality_id) for row in offerings):
        raise PermissionDenied("facilities.arrange")
    kept = {**asked, "first_days": [day.isoformat() for day in asked["first_days"]]}
    rows = [
        Sounding(
            municipality=wish.municipality,
            citizen=wish.citizen,
            facility=offering.facility,
            wish=wish,
            form_token=f"{form_token}:{offering.facility_id}",
            asked_at=at,
            asked_by=by,
            **kept,
        )
        for offering in offerings
    ]
    if refusals := refusals_of(rows, offerings, on=clock.day_of(at)):
        raise NotBookable(refusals)

    with transaction.atomic():
        _hold_open(wish)
        sent = list(Sounding.objects.filter(form_token__in=[row.form_token for row in rows]))
        return sent or [_ask(row, by=by, at=at) for row in rows]


def accept(sounding: Sounding, *, day: dt.date, hour: dt.time | None, words: str, by: User, at: dt.datetime) -> None:
    """The facility could take her from `day` on, one of those it was asked for or another.

    Raises:
        PermissionDenied: `by` answers for another facility.
        TransitionNotAllowed, Overtaken: it was chosen, is not needed any more, or its time is over.
    """
    authorise(by, "facilities.answer", sounding)
    with transaction.atomic():
        pass_transition(sounding.accept, answered_at=at, day=day, hour=hour, reply=words.strip())
        events.record("sounding.accepted", sounding, at=at, by_id=by.pk)


def decline(sounding: Sounding, *, reason: str, by: User, at: dt.datetime) -> None:
    """The facility can take none of the days, or no longer the one that it named; `reason` is for the centre.

    Raises:
        PermissionDenied, TransitionNotAllowed, Overtaken: as for `accept`.
        ReasonMissing: nothing is said why.
    """
    authorise(by, "facilities.answer", sounding)
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        pass_transition(sounding.decline, answered_at=at, closed_at=at, reply=reason.strip())
        events.record("sounding.declined", sounding, at=at, by_id=by.pk)


class AskedAlready(Exception):
    """A facility was asked about this wish and may still be chosen: `sounding`."""

    def __init__(self, sounding: Sounding) -> None:
        super().__init__(str(sounding))
        self.sounding = sounding


def _hold_open(wish: Wish) -> None:
    """Whoever settles the wish, or sounds out for it, waits here."""
    stands = Wish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if stands.status != Wish.Status.OPEN:
        raise Overtaken(stands)


def _ask(row: Sounding, *, by: User, at: dt.datetime) -> Sounding:
    open_ones = Sounding.objects.filter(wish=row.wish, facility=row.facility, status__in=Sounding.OPEN)
    if already := open_ones.select_related("facility").first():
        raise AskedAlready(already)
    row.save(force_insert=True)
    events.record("sounding.asked", row, at=at, by_id=by.pk)
    tell_desk("sounding_asked", row, at=at)
    return row
