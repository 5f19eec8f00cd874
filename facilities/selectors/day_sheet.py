"""A facility's day: who arrives, who stays, who leaves, who was never recorded."""

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from eligibility import engine
from facilities.models import Booking, Facility

from .guests import GuestCard

ON_SHEET = (Booking.Status.CONFIRMED, Booking.Status.ATTENDED, Booking.Status.NO_SHOW)


@dataclass(frozen=True, slots=True)
class DaySheet:
    """`unrecorded` are those of earlier days of whom nobody said whether they came; only today's sheet asks.

    `to_collect` is the price of all who begin that day and, today, of those here since earlier who have not paid.
    `tax_note` goes with what is `to_collect`: 税抜, or 税抜の額をふくむ where several municipalities' prices meet.
    """

    day: dt.date
    arrivals: tuple[GuestCard, ...]
    staying: tuple[GuestCard, ...]
    ending: tuple[GuestCard, ...]
    unrecorded: tuple[GuestCard, ...]
    arriving: int
    to_collect: engine.Amount
    tax_note: str

    @property
    def next_to_end(self) -> GuestCard | None:
        return min(self.staying, key=lambda card: (card.last_day, card.ends or dt.time.max), default=None)

    @property
    def opens(self) -> dt.time | None:
        """When the first of those who are still to come arrives."""
        return min((card.starts for card in self.arrivals if card.starts and not card.absent), default=None)


def bookings_around(facility: Facility, day: dt.date, *, today: dt.date) -> QuerySet[Booking]:
    """Those that touch the day and, on today's sheet, those that ended before it without a record."""
    touching = Q(first_day__lte=day, last_day__gte=day, status__in=ON_SHEET)
    forgotten = Q(last_day__lt=day, status=Booking.Status.CONFIRMED) if day == today else Q(pk__in=())
    found = Booking.objects.filter(touching | forgotten, facility=facility)
    return found.order_by("first_day", "arrival", "pk")


def sheet_of(cards: Iterable[GuestCard], day: dt.date, *, today: dt.date, owing: Container[str]) -> DaySheet:
    """Lay out the cards of `bookings_around`; `owing` holds the numbers of those who came and have not paid.

    A day to come shows stays as if everybody had arrived.
    """
    unrecorded = tuple(card for card in cards if card.last_day < day)
    touching = [card for card in cards if card.last_day >= day]
    here = [card for card in touching if card.attended or (day > today and card.expected and card.first_day < day)]
    starting = [card for card in touching if card.first_day == day and not card.absent]
    paying = [card for card in touching if card in starting or (day == today and card.number in owing)]
    return DaySheet(
        day=day,
        arrivals=tuple(card for card in touching if card not in here and (card.expected or card.first_day == day)),
        staying=tuple(card for card in here if card.last_day > day),
        ending=tuple(card for card in here if card.last_day == day),
        unrecorded=unrecorded,
        arriving=len(starting),
        to_collect=engine.total([card.to_pay for card in paying]),
        tax_note=_tax_note([card for card in paying if card.to_pay]),
    )


def _tax_note(paying: Sequence[GuestCard]) -> str:
    notes = sorted({card.tax_note for card in paying})
    return notes[0] if len(notes) == 1 else "".join(f"{note}の額をふくむ" for note in notes[-1:])
