"""The money of a booking as its facility may know it: what is due line by line, what was received, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass

from eligibility import engine
from facilities.models import Booking, Facility, Payment

from .guests import GuestCard, as_told
from .receipts import OWED_WHEN, PaidReceipt, due_of, grouped_receipts
from .stored import StoredLine, StoredPrice, owed_of, price_of

FULL_PRICE = "利用料"
BORNE = "市の負担"


@dataclass(frozen=True, slots=True)
class Desk:
    """The money of one booking at the reception desk.

    `lines` explain what is due, as a facility may know it; `left`: still to be paid, 0 where all is; `over`: received
    beyond what is due, such as after an early leave. `kind`: of what is due; None where nothing can be owed yet.
    """

    kind: Payment.Kind | None
    lines: StoredPrice
    due: engine.Amount
    paid: int
    extras: int
    receipts: tuple[PaidReceipt, ...]

    @property
    def left(self) -> engine.Amount:
        if isinstance(self.due, engine.Unpublished):
            return engine.Yen(0) if self.paid else self.due
        return engine.Yen(max(0, self.due - self.paid))

    @property
    def over(self) -> engine.Yen:
        return engine.Yen(0 if isinstance(self.due, engine.Unpublished) else max(0, self.paid - self.due))

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
    standing = [row for row in rows if not row.voided]
    kind = next((kind for kind, when in OWED_WHEN.items() if booking.status in when), None)
    due = due_of(booking, kind) if kind else engine.Yen(0)
    return Desk(
        kind=kind,
        lines=lines_told(booking),
        due=as_told(due),
        paid=sum(row.amount for row in standing if row.kind != Payment.Kind.EXTRA),
        extras=sum(row.amount for row in standing if row.kind == Payment.Kind.EXTRA),
        receipts=grouped_receipts(rows),
    )


def owing_on(cards: Iterable[GuestCard], facility: Facility) -> frozenset[str]:
    """The numbers of those who came and of whose use nothing was received yet, though something is to be paid."""
    came = {card.number for card in cards if card.attended and card.to_pay}
    paid = Payment.objects.filter(facility=facility, booking__number__in=came, kind=Payment.Kind.USE, voided_at=None)
    return frozenset(came - set(paid.values_list("booking__number", flat=True))) if came else frozenset()


def lines_told(booking: Booking) -> StoredPrice:
    """What is due line by line, as a facility may know it: what was taken off is one line, whatever took it off.

    Where the price, or what was taken off, is not published, the total stands alone. What a cancellation or a no-show
    costs is told as the rule says it: no household's class changes it without being named by the total alone.
    """
    if booking.consequence:
        owed = owed_of(booking)
        return StoredPrice((), as_told(owed.total)) if owed.total else StoredPrice((), engine.Yen(0))
    price, public = price_of(booking), booking.quote.get("public")
    if public is None or isinstance(price.total, engine.Unpublished):
        return StoredPrice((), as_told(price.total))
    if not public:
        return price
    full = StoredLine(FULL_PRICE, "", engine.Yen(price.total + public), price.sampled)
    return StoredPrice((full, StoredLine(BORNE, "", engine.Yen(-public), False)), price.total)
