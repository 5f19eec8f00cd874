"""What has happened to a booking and what comes next, as a timeline."""

from dataclasses import dataclass
from typing import Literal

from facilities.models import Booking
from postpartum_portal.shared import wareki

from .guests import GuestCard

State = Literal["done", "now", "wait"]
ENDINGS = {
    Booking.Status.DECLINED: "お断りした",
    Booking.Status.EXPIRED: "返事がないまま、期限が切れた",
    Booking.Status.ATTENDED: "到着した",
    Booking.Status.CANCELLED_IN_TIME: "取り消しを記録した",
    Booking.Status.CANCELLED_LATE: "取り消しを記録した",
}


@dataclass(frozen=True, slots=True)
class Step:
    state: State
    title: str
    text: str = ""


def history_of(booking: Booking, card: GuestCard) -> tuple[Step, ...]:
    """Every instant that is kept of it, the deciding one of a cancellation among them."""
    steps = [Step("done", "依頼を受けた", wareki.moment(booking.requested_at))]
    if booking.answered_at and booking.status != Booking.Status.DECLINED:
        steps.append(Step("done", "受け入れた", wareki.moment(booking.answered_at)))
    if booking.contact_at:
        steps.append(Step("done", "取り消しの連絡を受けた", wareki.moment(booking.contact_at)))
    return (*steps, _last(booking, card))


def _last(booking: Booking, card: GuestCard) -> Step:
    if card.waiting:
        return Step("now", "返事をする", f"{wareki.short(card.answer_by)}まで")
    if card.expected:
        return Step("now", "到着を待つ", _when(card))
    told = wareki.moment(booking.closed_at) if booking.closed_at else ""
    reason = f"「{booking.decline_reason}」" if booking.decline_reason else ""
    title = f"{card.status_label}と記録した" if card.absent else ENDINGS[Booking.Status(booking.status)]
    return Step("done", title, f"{told} {reason}".rstrip())


def _when(card: GuestCard) -> str:
    day = wareki.short(card.first_day)
    return f"{day} {wareki.clock_time(card.starts)}" if card.starts else day
