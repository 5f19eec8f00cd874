"""What a facility may know of a booking: the fields of `GuestCard` and nothing else.

Templates of the facility's pages receive cards, never rows, so that none of them can follow a key to a household's
class, to the reason of a reduction or to what was said in the screening.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import QuerySet

from applications.public import Birth, dates_of, visit_address_for
from eligibility import engine
from eligibility.engine.charging import BY_DAY
from eligibility.engine.wording import money, span, units
from facilities.models import Booking, Move
from postpartum_portal.shared import clock

from .ages import child_age
from .cards import status_told
from .moves import open_moves
from .stored import StoredLine, StoredPrice, price_of
from .uses import counted_in, ends_at, free_lead, length_of, starts_at, terms_reader, use_of

MULTIPLES = {1: "", 2: "双子", 3: "三つ子"}
TO_ASK = "市町村に確かめる額"
TONES = {
    Booking.Status.REQUESTED: "key",
    Booking.Status.SUGGESTED: "key",
    Booking.Status.ATTENDED: "ok",
    Booking.Status.NO_SHOW: "warn",
    Booking.Status.CANCELLED_LATE: "warn",
}


@dataclass(frozen=True, slots=True)
class GuestCard:
    """One booking at the reception desk.

    `siblings`: they come along; `allergies`: hers, for the meals.
    `visit`: somebody goes to her `address`, which is told to nobody else and only while they may have to go;
    `length`: 2泊3日, 2時間; `when`: 3月11日(水)〜13日(金); `child_age`: on the first day, "" where no child comes;
    `amount`: 3日分, what a consequence counts; `counted_in`: 日数, 回数; `starts` and `ends`: None where nobody has
    said when; `asked_move`: the days that she would rather have and that wait for an answer, 3月20日(金)〜22日(日);
    `unwell_at`: when she told that somebody is unwell; `free_lead`: what stands before its deadline; `price_text`:
    5,000円 × 2泊, "" where anything was taken off the price or its units differ; `holds_places`: whether its places
    were taken when it was asked for.
    """

    number: str
    status: Booking.Status
    municipality: str
    facility: str
    name: str
    kana: str
    phone: str
    visit: bool
    address: str
    child_age: str
    multiples: str
    siblings: bool
    allergies: str
    note: str
    service: str
    length: str
    when: str
    amount: str
    counted_in: str
    free_lead: str
    first_day: dt.date
    last_day: dt.date
    starts: dt.time | None
    ends: dt.time | None
    to_pay: engine.Amount
    tax_note: str
    price_text: str
    holds_places: bool
    requested_at: dt.datetime
    attended_at: dt.datetime | None
    unwell_at: dt.datetime | None
    asked_move: str

    @property
    def status_label(self) -> str:
        return status_told(self.status, visit=self.visit)

    @property
    def tone(self) -> str:
        return TONES.get(self.status, "")

    @property
    def waiting(self) -> bool:
        """Whether the facility has yet to answer."""
        return self.status == Booking.Status.REQUESTED

    @property
    def expected(self) -> bool:
        """Whether she is to come and has not."""
        return self.status == Booking.Status.CONFIRMED

    @property
    def attended(self) -> bool:
        return self.status == Booking.Status.ATTENDED

    @property
    def absent(self) -> bool:
        return self.status == Booking.Status.NO_SHOW

    @property
    def takes_place(self) -> bool:
        """Whether there is a price to collect: she came, or is still to come."""
        return self.status in Booking.MOVABLE or self.attended

    def told_elsewhere(self) -> Self:
        """As an association has it, which answers for the facility: that somebody is unwell is told to the facility."""
        return replace(self, unwell_at=None)

    @property
    def answer_by(self) -> dt.date:
        """The last day to answer a request: the one before its first day, or the very day on which it was made."""
        return max(self.first_day - dt.timedelta(days=1), clock.day_of(self.requested_at))


def with_rows(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Bookings with all rows beside them that cards and services read."""
    return bookings.select_related(
        "municipality", "facility", "citizen", "entitlement__birth__household", "entitlement__programme_version"
    )


def cards_of(bookings: Iterable[Booking]) -> tuple[GuestCard, ...]:
    """Cards of bookings that came `with_rows`. Pages ask `services.reading`, which notes who has seen them."""
    rows, terms_of = list(bookings), terms_reader()
    moves = open_moves(rows)
    return tuple(_card(booking, terms_of(booking), moves.get(booking.pk)) for booking in rows)


def _card(booking: Booking, terms: engine.Terms, move: Move | None) -> GuestCard:
    birth = booking.entitlement.birth
    household = birth.household
    use, service, price = use_of(booking), terms.service(booking.service), price_of(booking)
    visit = service.kind is engine.ServiceKind.VISIT
    return GuestCard(
        number=booking.number,
        status=Booking.Status(booking.status),
        municipality=booking.municipality.name,
        facility=booking.facility.name,
        name=household.name,
        kana=household.kana,
        phone=household.phone,
        visit=visit,
        address=visit_address_for(household, at=clock.now()) if visit and booking.status in Booking.LIVE else "",
        child_age=child_age(birth, booking.first_day),
        multiples=multiples_of(birth),
        siblings=booking.siblings and birth.outcome != Birth.Outcome.LOST,
        allergies=booking.allergies,
        note=booking.note,
        service=service.label,
        length=length_of(use, service),
        when=span(booking.first_day, booking.last_day),
        amount=engine.amount_text(use, terms, children=dates_of(birth).counted_children),
        counted_in=counted_in(service, terms),
        free_lead=free_lead(service, terms),
        first_day=booking.first_day,
        last_day=booking.last_day,
        starts=starts_at(booking, terms),
        ends=ends_at(booking, terms),
        to_pay=as_told(price.total),
        tax_note=service.price.tax_note,
        price_text=price_text(price, use, service),
        holds_places=bool(booking.place),
        requested_at=booking.requested_at,
        attended_at=booking.attended_at,
        unwell_at=booking.unwell_at,
        asked_move=span(move.first_day, move.last_day) if move else "",
    )


def as_told(amount: engine.Amount) -> engine.Amount:
    """An amount in words for a facility: a municipality's own for one that it keeps open may name a reduction."""
    if isinstance(amount, engine.Unpublished) and amount.who_knows != "facility":
        return engine.Unpublished(TO_ASK, amount.who_knows)
    return amount


def multiples_of(birth: Birth) -> str:
    """双子; "" for one child, and where no child comes."""
    if birth.outcome != Birth.Outcome.BORN:
        return ""
    return MULTIPLES.get(birth.children, f"{birth.children}人")


def price_text(price: StoredPrice, use: engine.Use, service: engine.Service) -> str:
    """5,000円 × 2泊, 500円 + 交通費相当 500円: lines that everybody has.

    "" where there is any other, such as a reduction, which would tell of the household.
    """
    own = [line for line in price.lines if line.label == service.label]
    labels = {extra.label for extra in service.price.extras}
    extras = [line for line in price.lines if line.label in labels]
    if not own or len(own) + len(extras) < len(price.lines):
        return ""
    told = _own_text(own, use, service)
    if not extras:
        return told
    if isinstance(own[0].amount, engine.Unpublished):
        return ""
    return " + ".join([told or money(own[0].amount), *(f"{line.label} {money(line.amount)}" for line in extras)])


def _own_text(lines: Sequence[StoredLine], use: engine.Use, service: engine.Service) -> str:
    first, per = lines[0], service.price.per
    if isinstance(first.amount, engine.Unpublished):
        return ""
    if per not in BY_DAY:
        return first.arithmetic
    number = use.nights if per is engine.UnitKind.NIGHTS else use.days
    alike = len(lines) == number and all(line.amount == first.amount for line in lines)
    return f"{money(first.amount)} × {units(number, per)}" if alike else ""
