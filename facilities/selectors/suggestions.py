"""Other days that a facility has suggested in place of those asked for: which, until when, and what became of them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eligibility.engine.wording import span
from facilities.models import Booking, Facility, Hold
from postpartum_portal.shared import wareki

from .desks import answered_by


@dataclass(frozen=True, slots=True)
class Suggested:
    """One set of days. `when`: 3月20日(金)〜22日(日); `hour`: 10時, "" where none is named."""

    pk: int
    when: str
    hour: str
    status: Hold.Status

    @property
    def is_open(self) -> bool:
        return self.status == Hold.Status.OPEN

    @property
    def taken(self) -> bool:
        return self.status == Hold.Status.ENTERED


@dataclass(frozen=True, slots=True)
class Choosing:
    """All that was suggested for a booking, with its end as a clock wants it. `lapsed`: nobody chose in time."""

    at: dt.datetime
    choices: tuple[Suggested, ...]
    inclusive: bool = False

    @property
    def wording(self) -> str:
        return _("%(day)s より前") % {"day": wareki.moment(self.at)}

    @property
    def lapsed(self) -> bool:
        return any(choice.status == Hold.Status.EXPIRED for choice in self.choices)


def may_suggest(booking: Booking) -> bool:
    """Whether she can choose for herself: what the centre arranged it arranges anew, and without an account she has
    no page to choose on.
    """
    return booking.wish_id is None and booking.citizen_id is not None


def suggested_for(booking: Booking) -> tuple[Hold, ...]:
    """What was suggested for it, open or not, in the order of the form."""
    return tuple(Hold.objects.filter(suggested_for=booking).select_related("facility").order_by("pk"))


def choosing(booking: Booking) -> Choosing | None:
    """None where nothing was ever suggested."""
    holds = suggested_for(booking)
    if not holds:
        return None
    return Choosing(holds[0].expires_at, tuple(map(_told, holds)))


def suggested_by(desk: Facility) -> QuerySet[Booking]:
    """Bookings for which other days of this desk's facilities wait for a choice, who hears first at the top."""
    asked = Booking.objects.filter(answered_by(desk), status=Booking.Status.SUGGESTED)
    return asked.order_by("answered_at", "pk")


def _told(hold: Hold) -> Suggested:
    hour = wareki.clock_time(hold.arrival) if hold.arrival else ""
    return Suggested(hold.pk, span(hold.first_day, hold.last_day), hour, Hold.Status(hold.status))
