"""What time brings: a reminder the day before a deadline, and the end of requests that nobody answered."""

import datetime as dt
from collections import Counter

from django.db.models import Q, QuerySet
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from eligibility import engine
from facilities.models import Booking, Move
from facilities.selectors.adjusting import needs_adjusting
from facilities.selectors.uses import terms_reader, use_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import planner
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Mail

from .answering import expire
from .move_answers import expire_unanswered_moves
from .telling import mail_key, tell_mother

REMINDER = "booking_reminder"
REMIND_AT = dt.time(9)
"""When people read their mail, on the day before the deadline."""
HORIZON = dt.timedelta(days=14)
"""No programme sets a deadline earlier than this before the first day."""


@planner
def plan_bookings(now: dt.datetime) -> None:
    """Look at every municipality's bookings. Two planners at once, or one after a day's pause, repeat nothing."""
    with scopes_disabled():
        expire_unanswered(now)
        expire_unanswered_moves(now)
        remind(now)


def expire_unanswered(now: dt.datetime) -> None:
    """Close the requests whose first day has begun; one made on that very day waits until it is over."""
    today = clock.day_of(now)
    midnight = dt.datetime.combine(today, dt.time(), clock.TOKYO)
    begun = Q(first_day__lt=today) | Q(first_day=today, requested_at__lt=midnight)
    for booking in _with_rows(Booking.objects.filter(begun, status=Booking.Status.REQUESTED)):
        try:
            expire(booking, at=now)
        except (TransitionNotAllowed, Overtaken):
            continue  # answered, or expired by another planner, since it was read


def remind(now: dt.datetime) -> None:
    """Mail those whose deadline is tomorrow, or today and not over. Whoever booked since then saw the clock.

    What the programme no longer allows is free to cancel, and no clock runs for it.
    """
    today = clock.day_of(now)
    coming = Booking.objects.filter(status=Booking.Status.CONFIRMED, first_day__range=(today, today + HORIZON))
    told = set(Mail.objects.filter(kind=REMINDER, created_at__gte=now - HORIZON).values_list("key", flat=True))
    moved = Counter(
        Move.objects.filter(booking__in=coming, status=Move.Status.ACCEPTED).values_list("booking", flat=True)
    )
    terms_of = terms_reader()
    for booking in _with_rows(coming):
        deadline = engine.deadline_of(use_of(booking), terms_of(booking))
        if deadline.at is None:
            continue  # none is published, so there is nothing to remind of
        due = booking.requested_at < _remind_at(deadline.at) <= now < deadline.at
        turn = 1 + moved[booking.pk]  # on other days it has another deadline
        if due and mail_key(REMINDER, booking, turn) not in told and not needs_adjusting(booking):
            tell_mother(REMINDER, booking, at=now, until=deadline.at, turn=turn, deadline=deadline)


def _remind_at(deadline: dt.datetime) -> dt.datetime:
    """Nine in the morning of the day before the last day on which cancelling is free."""
    last_moment = deadline.astimezone(clock.TOKYO) - dt.timedelta(microseconds=1)
    return dt.datetime.combine(last_moment.date() - dt.timedelta(days=1), REMIND_AT, clock.TOKYO)


def _with_rows(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    return bookings.select_related("municipality", "facility", "citizen", "entitlement__birth").order_by("pk")
