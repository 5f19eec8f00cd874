"""Where an application stands: 申請 → 電話 → 決定通知 → 予約, and what comes next."""

from dataclasses import dataclass
from enum import StrEnum

from applications.models import Application, PhoneCall

Status = Application.Status


class State(StrEnum):
    DONE = "done"
    NOW = "now"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Stage:
    code: str
    title: str
    state: State


STAGES = {"submitted": "申請", "call": "電話", "decision": "決定通知", "booking": "予約"}

# Which stage is under way; those before it are done, those after it wait.
_NOW = {
    Status.SUBMITTED: "call",
    Status.SCREENING: "call",
    Status.RETURNED: "call",
    Status.RESUBMITTED: "call",
    Status.RECOMMENDED: "decision",
    Status.APPROVED: "booking",
}
# A refusal ends with its letter, a withdrawal where it was made: nothing is under way and nothing more will come.
_ENDED = {Status.REFUSED: ("submitted", "call", "decision"), Status.WITHDRAWN: ("submitted",)}


def stages(application: Application) -> tuple[Stage, ...]:
    """The stages of a submitted application, in order; one that ended early shows only what happened."""
    status = Status(application.status)
    if status in _ENDED:
        return tuple(Stage(code, STAGES[code], State.DONE) for code in _ENDED[status])
    codes = list(STAGES)
    now = codes.index(_NOW[status])
    return tuple(Stage(code, STAGES[code], _state(place, now)) for place, code in enumerate(codes))


def unanswered_call(application: Application) -> PhoneCall | None:
    """The latest call, if it did not reach her: she should know that somebody tried, and when they will again."""
    latest = PhoneCall.objects.filter(application=application).last()
    return latest if latest and not latest.reached else None


def _state(place: int, now: int) -> State:
    if place < now:
        return State.DONE
    return State.NOW if place == now else State.WAIT
