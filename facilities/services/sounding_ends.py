"""How a sounding ends when its facility does not end it: chosen, not needed any more, or never answered."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from facilities.models import Booking, Sounding, Wish
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .telling_desks import tell_desk


def choose(sounding: Sounding, booking: Booking, *, by: User, at: dt.datetime) -> None:
    """A booking was made of a yes: the facility has agreed, so it is confirmed. Part of the booking's transaction.

    Raises:
        TransitionNotAllowed, Overtaken: the facility has taken its yes back or named another day, or it was closed.
    """
    stands = Sounding.objects.get(pk=sounding.pk)  # the row in hand may come from an attempt that was rolled back
    if (stands.day, stands.hour) != (sounding.day, sounding.hour):
        raise Overtaken(stands)
    pass_transition(stands.choose, closed_at=at, booking=booking)
    events.record("sounding.chosen", stands, at=at, by_id=by.pk)
    tell_desk("sounding_chosen", stands, at=at)


def withdraw_sounding(sounding: Sounding, *, by: User, at: dt.datetime) -> None:
    """The centre does not need the answer any more, such as where it has heard on the phone.

    Raises:
        PermissionDenied: not the work of this centre, or a wish of one's own.
        TransitionNotAllowed, Overtaken: it is closed already.
    """
    authorise(by, "facilities.arrange", sounding.wish)
    with transaction.atomic():
        _close(sounding, by=by, at=at)


def close_soundings(wish: Wish, *, but: Sounding | None = None, by: User, at: dt.datetime) -> None:
    """Tell the facilities that they are not needed. Part of the transaction that settles the wish."""
    for row in Sounding.objects.filter(wish=wish, status__in=Sounding.OPEN).order_by("pk"):
        if but is not None and row.pk == but.pk:
            continue
        try:
            _close(row, by=by, at=at)
        except (TransitionNotAllowed, Overtaken):
            continue  # its facility has just said no


@planner
def expire_soundings(now: dt.datetime) -> None:
    """Close what nobody has answered in time, and each yes whose day has come without being chosen."""
    late = Q(status=Sounding.Status.ASKED, answer_by__lte=now)
    stale = Q(status=Sounding.Status.ACCEPTED, day__lt=clock.day_of(now))
    with scopes_disabled():
        for row in Sounding.objects.filter(late | stale).order_by("pk"):
            try:
                with transaction.atomic():
                    pass_transition(row.expire, closed_at=now)
                    events.record("sounding.expired", row, at=now, by_id=None)
            except (TransitionNotAllowed, Overtaken):
                continue  # answered, or expired by another planner, since it was read


def _close(row: Sounding, *, by: User, at: dt.datetime) -> None:
    pass_transition(row.close, closed_at=at)
    events.record("sounding.closed", row, at=at, by_id=by.pk)
    tell_desk("sounding_closed", row, at=at)
