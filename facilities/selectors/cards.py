"""A booking in the words of the mother's pages."""

import datetime as dt
from dataclasses import dataclass

from applications.public import Entitlement
from eligibility import engine
from eligibility.engine.wording import span
from facilities.models import Booking

from .stored import owed_of, price_of
from .uses import counted_in, ends_at, free_lead, length_of, starts_at, use_of

_TONES = {
    Booking.Status.CONFIRMED: "ok",
    Booking.Status.NO_SHOW: "warn",
    Booking.Status.CANCELLED_LATE: "warn",
}

NOT_AT_HOME = "不在"


@dataclass(frozen=True, slots=True)
class Card:
    """`when`: 3月11日(水)〜13日(金); `length`: 2泊3日, 2時間; `tone` goes with the status's word.

    `starts` and `ends` are None where each facility has hours of its own; `counted_in`: 日数, 回数;
    `free_lead`: what stands before its deadline.
    """

    booking: Booking
    service: engine.Service
    when: str
    length: str
    starts: dt.time | None
    ends: dt.time | None
    counted_in: str
    free_lead: str
    tone: str
    amount: engine.Amount
    deadline: engine.Deadline

    @property
    def visit(self) -> bool:
        """Whether somebody comes to her."""
        return self.service.kind is engine.ServiceKind.VISIT

    @property
    def host(self) -> str:
        """Who gives the use and is paid for it, in a word."""
        return host_of(self.service)

    @property
    def status_label(self) -> str:
        return status_told(Booking.Status(self.booking.status), visit=self.visit)

    @property
    def live(self) -> bool:
        return self.booking.status in Booking.LIVE


def status_told(status: Booking.Status, *, visit: bool) -> str:
    """Its word on screen; nobody is expected to come where somebody comes to her."""
    return NOT_AT_HOME if visit and status == Booking.Status.NO_SHOW else str(status.label)


def host_of(service: engine.Service) -> str:
    return "訪問する人" if service.kind is engine.ServiceKind.VISIT else "施設"


def card_of(booking: Booking, terms: engine.Terms) -> Card:
    """`terms` are those in force on its first day where its deadline is shown; to name its service, any will do."""
    use, service = use_of(booking), terms.service(booking.service)
    return Card(
        booking=booking,
        service=service,
        when=span(booking.first_day, booking.last_day),
        length=length_of(use, service),
        starts=starts_at(booking, terms),
        ends=ends_at(booking, terms),
        counted_in=counted_in(service, terms),
        free_lead=free_lead(service, terms),
        tone=_TONES.get(Booking.Status(booking.status), ""),
        amount=_amount(booking),
        deadline=engine.deadline_of(use, terms),
    )


def _amount(booking: Booking) -> engine.Amount:
    """What she pays: the price, what a cancellation or no-show costs, or nothing for what never took place."""
    if booking.consequence:
        return owed_of(booking).total
    return engine.Yen(0) if booking.status in Booking.GIVEN_BACK else price_of(booking).total


def bookings_of(entitlement: Entitlement) -> tuple[Booking, ...]:
    """All bookings of a family, by their days, with what a card needs beside them."""
    rows = Booking.objects.filter(entitlement=entitlement)
    return tuple(rows.select_related("facility", "municipality", "entitlement__birth"))
