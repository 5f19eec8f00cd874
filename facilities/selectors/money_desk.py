"""The money of a booking as its facility may know it: what is due line by line, what was received, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass

from eligibility import engine
from facilities.models import Booking, Facility, Payment

from .cards import status_told
from .guests import GuestCard, as_told
from .move_receipts import MoveReceipt, receipts_of_moves
from .owed_fees import owed_fee
from .receipts import PaidReceipt, given_up_of, grouped_receipts, may_owe
from .stored import StoredLine, StoredPrice, price_of
from .uses import terms_of

FULL_PRICE = "利用料"
BORNE = "市の負担"


@dataclass(frozen=True, slots=True)
class Due:
    """What a booking owes of one kind, line by line as a facility may know it, and how much of it was received.

    `paid` in whole yen; `waived`: why the rest is not asked for, "" where it is.
    """

    kind: Payment.Kind
    lines: StoredPrice
    paid: int
    waived: str = ""

    @property
    def label(self) -> str:
        return str(self.kind.label) if self.is_fee else "お支払い額"

    @property
    def is_fee(self) -> bool:
        return self.kind == Payment.Kind.CANCEL_FEE

    @property
    def amount(self) -> engine.Amount:
        """In all, whatever was received of it."""
        return engine.Yen(self.paid) if self.waived else self.lines.total

    @property
    def left(self) -> engine.Amount:
        """Still to be paid; 0 where all is. What both agreed on settles an amount that is not published."""
        if isinstance(self.amount, engine.Unpublished):
            return engine.Yen(0) if self.paid else self.amount
        return engine.Yen(max(0, self.amount - self.paid))

    @property
    def over(self) -> engine.Yen:
        """Received beyond what is due, such as after an early leave."""
        return engine.Yen(0 if isinstance(self.amount, engine.Unpublished) else max(0, self.paid - self.amount))


@dataclass(frozen=True, slots=True)
class Desk:
    """The money of one booking at the reception desk: the use first, then what giving it up or days of it cost.

    `extras`: received for items, in whole yen; `takes_items`: whether items may be received now.
    """

    dues: tuple[Due, ...]
    extras: int
    takes_items: bool
    receipts: tuple[PaidReceipt, ...]

    @property
    def due(self) -> engine.Amount:
        return engine.total([due.amount for due in self.dues])

    @property
    def paid(self) -> int:
        return sum(due.paid for due in self.dues)

    @property
    def left(self) -> engine.Amount:
        return engine.total([due.left for due in self.dues])

    @property
    def over(self) -> engine.Yen:
        return engine.Yen(sum(due.over for due in self.dues))

    @property
    def settled(self) -> bool:
        return not self.left and not self.over

    @property
    def received(self) -> int:
        """Whether anything was, in whole yen: what was recorded of the day then stands."""
        return self.paid + self.extras


def desk_of(booking: Booking) -> Desk:
    """Read in the scope of its facility."""
    rows = list(Payment.objects.filter(booking=booking).select_related("by"))
    paid = {kind: sum(row.amount for row in rows if row.kind == kind and not row.voided) for kind in Payment.Kind}
    came = may_owe(booking, Payment.Kind.USE)
    dues = [Due(Payment.Kind.USE, lines_told(booking), paid[Payment.Kind.USE])] if came else []
    if fee := owed_fee(booking):
        waived = fee.waiver.reason if fee.waiver else ""
        dues.append(Due(Payment.Kind.CANCEL_FEE, fee_lines(booking), fee.paid, waived))
    return Desk(tuple(dues), paid[Payment.Kind.EXTRA], came, grouped_receipts(rows))


def owing_on(cards: Iterable[GuestCard], facility: Facility) -> frozenset[str]:
    """The numbers of those who came and of whose use nothing was received yet, though something is to be paid."""
    came = {card.number for card in cards if card.attended and card.to_pay}
    paid = Payment.objects.filter(facility=facility, booking__number__in=came, kind=Payment.Kind.USE, voided_at=None)
    return frozenset(came - set(paid.values_list("booking__number", flat=True))) if came else frozenset()


def lines_told(booking: Booking) -> StoredPrice:
    """What the use costs line by line, as a facility may know it: all that was taken off is one line, whatever it was.

    Where the price, or what was taken off, is not published, the total stands alone.
    """
    price, public = price_of(booking), booking.quote.get("public")
    if public is None or isinstance(price.total, engine.Unpublished):
        return StoredPrice((), as_told(price.total))
    if not public:
        return price
    full = StoredLine(FULL_PRICE, "", engine.Yen(price.total + public), price.sampled)
    return StoredPrice((full, StoredLine(BORNE, "", engine.Yen(-public), False)), price.total)


def fee_lines(booking: Booking) -> StoredPrice:
    """What giving it up has cost, or days of it: a line for each time, with the fact that the rule went by.

    How each amount comes about stays out of it: a share of a reduced price would name the reduction.
    """
    moves = [move for move in reversed(receipts_of_moves(booking)) if move.accepted and move.total != 0]
    lines = [_line(f"{move.before}を{move.after}に変えた分", move.fact, move) for move in moves]
    given_up = given_up_of(booking)
    if given_up and given_up.total != 0:
        visit = terms_of(booking).service(booking.service).kind is engine.ServiceKind.VISIT
        word = status_told(Booking.Status(booking.status), visit=visit)
        lines.append(_line(word, booking.consequence["fact"], given_up))
    return StoredPrice(tuple(lines), engine.total([line.amount for line in lines]))


def _line(label: str, fact: str, cost: MoveReceipt | StoredPrice) -> StoredLine:
    return StoredLine(label, fact, as_told(cost.total), any(line.sample for line in cost.lines))
