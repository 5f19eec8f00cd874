"""Changes of dates as they were received: the same words for both sides."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility import engine
from eligibility.engine.wording import span
from facilities.models import Booking, Move
from postpartum_portal.shared import wareki

from .outcomes import BY_HER, BY_STAFF
from .stored import StoredLine, price_kept
from .uses import amount_of, counted_in
from .versions import versions_of


@dataclass(frozen=True, slots=True)
class MoveReceipt:
    """A change of dates, the same for both sides. `before` and `after`: 3月11日(水)〜13日(金).

    `contact_at` is when she told somebody, `recorded_at` when it was typed in; `counted` and `returned`: what became of
    the days that were given up, 2日分 or "". `by_her`: whether she typed it in herself; `hour` and `old_hour`: of
    a new arrival and the one it replaces, "".
    """

    number: str
    status: Move.Status
    before: str
    after: str
    hour: str
    old_hour: str
    contact_at: dt.datetime
    recorded_at: dt.datetime
    closed_at: dt.datetime | None
    by_her: bool
    counted: str
    returned: str
    counted_in: str
    fact: str
    total: engine.Amount
    lines: tuple[StoredLine, ...]
    money_text: str
    sentence: str
    decline_reason: str

    @property
    def waits(self) -> bool:
        return self.status == Move.Status.ASKED

    @property
    def accepted(self) -> bool:
        return self.status == Move.Status.ACCEPTED

    @property
    def declined(self) -> bool:
        return self.status == Move.Status.DECLINED

    @property
    def status_label(self) -> str:
        return str(self.status.label)

    @property
    def who(self) -> str:
        """How the contact came, in the words of every receipt."""
        return str(BY_HER if self.by_her else BY_STAFF)

    @property
    def lead(self) -> str:
        """What stands before units and money as long as nothing is settled; "" where nothing is lost or it is."""
        return _("受け入れられたとき: ") if self.waits and (self.counted or self.total) else ""

    @property
    def units_text(self) -> str:
        """What becomes of the days that are given up, after the deadline; "" before it."""
        said = {"counted": self.counted, "counted_in": self.counted_in}
        return _("やめる%(counted)sを、使った%(counted_in)sに数えます。") % said if self.counted else ""


def receipt_of_move(move: Move) -> MoveReceipt:
    """`move` with its booking at hand."""
    kept, booking = move.consequence, move.booking
    terms = versions_of(move.municipality_id).terms_of(booking.service, move.old_first_day)
    owed = price_kept(kept)
    other_hour = move.arrival is not None and move.arrival != move.old_arrival
    return MoveReceipt(
        number=move.number,
        status=Move.Status(move.status),
        before=span(move.old_first_day, move.old_last_day),
        after=span(move.first_day, move.last_day),
        hour=wareki.clock_time(move.arrival) if other_hour and move.arrival else "",
        old_hour=wareki.clock_time(move.old_arrival) if other_hour and move.old_arrival else "",
        contact_at=move.contact_at,
        recorded_at=move.asked_at,
        closed_at=move.closed_at,
        by_her=move.asked_by_id == move.citizen_id,
        counted=amount_of(kept["counted"], booking.service, terms),
        returned=amount_of(kept["returned"], booking.service, terms),
        counted_in=counted_in(terms.service(booking.service), terms),
        fact=kept["fact"],
        total=owed.total,
        lines=owed.lines,
        money_text=kept["money_text"],
        sentence=kept["source"],
        decline_reason=move.decline_reason,
    )


def receipts_of_moves(booking: Booking) -> tuple[MoveReceipt, ...]:
    """All changes of dates that a booking has seen, the last one first."""
    rows = Move.objects.filter(booking=booking).select_related("booking")
    return tuple(receipt_of_move(move) for move in rows.order_by("-pk"))
