"""A booking in the words of the mother's pages."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.public import Entitlement
from eligibility import engine
from eligibility.engine.wording import span
from facilities.models import Booking, Offering
from postpartum_portal.shared import clock
from postpartum_portal.shared.yen import notes_told

from .desks import way_of
from .stored import StoredPrice, owed_of, price_of
from .uses import counted_in, ends_at, free_lead, has_begun, length_of, starts_at, use_of

_TONES = {
    Booking.Status.CONFIRMED: "ok",
    Booking.Status.NO_SHOW: "warn",
    Booking.Status.CANCELLED_LATE: "warn",
}

NOT_AT_HOME = gettext_lazy("不在")
TO_BE_RECORDED = gettext_lazy("記録を待っています")
"""Of a booking that is over."""


@dataclass(frozen=True, slots=True)
class Card:
    """`when`: 3月11日(水)〜13日(金); `length`: 2泊3日, 2時間; `tone` goes with the status's word.

    `starts` and `ends` are None where each facility has hours of its own; `counted_in`: 日数, 回数;
    `free_lead`: what stands before its deadline; `amount_note`: (税抜・見本の額), what stands behind its amount.
    `begun`: its first hour has passed; `over`: its last one has, and nobody has recorded what came of it.
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
    amount_note: str
    begun: bool
    over: bool
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
    def answerer(self) -> str:
        """Who answers what she asks, as `answerer_of`; read from the database when a page asks for it."""
        return answerer_of(self.booking, self.service)

    @property
    def status_label(self) -> str:
        return str(TO_BE_RECORDED) if self.over else status_told(Booking.Status(self.booking.status), visit=self.visit)

    @property
    def live(self) -> bool:
        """Whether it may still take place."""
        return self.booking.status in Booking.LIVE and not self.over

    @property
    def cancellable(self) -> bool:
        """A request may be taken back as long as nobody has answered it; what has begun is not cancelled."""
        return self.live and (self.booking.status in Booking.UNANSWERED or not self.begun)


def status_told(status: Booking.Status, *, visit: bool) -> str:
    """Its word on screen; nobody is expected to come where somebody comes to her."""
    return str(NOT_AT_HOME) if visit and status == Booking.Status.NO_SHOW else str(status.label)


def host_of(service: engine.Service) -> str:
    return _("訪問する人") if service.kind is engine.ServiceKind.VISIT else _("施設")


def answerer_of(row: Booking | Offering, service: engine.Service) -> str:
    """Who answers her requests: the association through which one books there by its name, else the host."""
    way = way_of(row)
    return str(way["name"]) if way.get("by") == "association" else host_of(service)


def card_of(booking: Booking, terms: engine.Terms, *, now: dt.datetime | None = None) -> Card:
    """`terms` are those in force on its first day where its deadline is shown; to name its service, any will do.

    Without the instant `now` no booking counts as begun or over.
    """
    use, service = use_of(booking), terms.service(booking.service)
    paid, ends = _paid(booking), ends_at(booking, terms)
    over = booking.status in Booking.LIVE and now is not None and _end(booking, ends) < now
    return Card(
        booking=booking,
        service=service,
        when=span(booking.first_day, booking.last_day),
        length=length_of(use, service),
        starts=starts_at(booking, terms),
        ends=ends,
        counted_in=counted_in(service, terms),
        free_lead=free_lead(service, terms),
        tone="" if over else _TONES.get(Booking.Status(booking.status), ""),
        amount=paid.total,
        amount_note=notes_told(paid.total, service.price.tax_note, engine.SAMPLE if paid.sampled else ""),
        begun=now is not None and has_begun(booking, terms, now),
        over=over,
        deadline=engine.deadline_of(use, terms),
    )


def _end(booking: Booking, ends: dt.time | None) -> dt.datetime:
    """The end of its last day where no hour is known."""
    return dt.datetime.combine(booking.last_day, ends or dt.time.max, clock.TOKYO)


def _paid(booking: Booking) -> StoredPrice:
    """What she pays: the price, what a cancellation or no-show costs, or nothing for what never took place."""
    if booking.consequence:
        return owed_of(booking)
    return StoredPrice((), engine.Yen(0)) if booking.status in Booking.GIVEN_BACK else price_of(booking)


def bookings_of(entitlement: Entitlement) -> tuple[Booking, ...]:
    """All bookings of a family, by their days, with what a card needs beside them."""
    rows = Booking.objects.filter(entitlement=entitlement)
    return tuple(rows.select_related("facility", "municipality", "entitlement__birth"))
