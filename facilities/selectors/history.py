"""What has happened to a booking and what comes next, as a timeline."""

from dataclasses import dataclass
from typing import Literal

from eligibility import engine
from eligibility.engine.wording import money
from facilities.models import Booking, OutcomeDecision
from postpartum_portal.shared import wareki

from .guests import GuestCard
from .outcomes import Receipt

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
    if booking.answered_at and booking.status == Booking.Status.SUGGESTED:
        steps.append(Step("done", "ほかの日を提案した", wareki.moment(booking.answered_at)))
    elif booking.answered_at and booking.status != Booking.Status.DECLINED:
        steps.append(Step("done", "受け入れた", wareki.moment(booking.answered_at)))
    if booking.contact_at:
        steps.append(Step("done", "取り消しの連絡を受けた", wareki.moment(booking.contact_at)))
    return (*steps, _last(booking, card))


def decision_steps(receipt: Receipt) -> tuple[Step, ...]:
    """What staff decided of an outcome, the last one first: 2日分を使ったことにした・3,000円."""
    return tuple(
        Step(
            "done" if place else "now",
            "・".join(filter(None, [_units(decision, receipt.taken), _fee(decision)])),
            f"{decision.reason} — {wareki.moment(decision.at)} {decision.by.display_name}({_office(decision)})",
        )
        for place, decision in enumerate(receipt.decisions)
    )


def _units(decision: OutcomeDecision, taken: str) -> str:
    return f"{taken}を{'使ったことにした' if decision.counts else '戻した'}" if taken else ""


def _fee(decision: OutcomeDecision) -> str:
    if decision.fee is None:
        return "お金はまだ決めていない"
    return money(engine.Yen(decision.fee)) if decision.fee else "お金はかからない"


def _office(decision: OutcomeDecision) -> str:
    return "施設" if decision.by_facility else "センター"


def _last(booking: Booking, card: GuestCard) -> Step:
    if card.waiting:
        return Step("now", "返事をする", f"{wareki.short(card.answer_by)}まで")
    if booking.status == Booking.Status.SUGGESTED:
        return Step("now", "お母さんの返事を待つ")
    if card.expected:
        return Step("now", "到着を待つ", _when(card))
    told = wareki.moment(booking.closed_at) if booking.closed_at else ""
    reason = f"「{booking.decline_reason}」" if booking.decline_reason else ""
    title = f"{card.status_label}と記録した" if card.absent else ENDINGS[Booking.Status(booking.status)]
    return Step("done", title, f"{told} {reason}".rstrip())


def _when(card: GuestCard) -> str:
    day = wareki.short(card.first_day)
    return f"{day} {wareki.clock_time(card.starts)}" if card.starts else day
