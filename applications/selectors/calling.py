"""When she can be reached by phone, and how often somebody has tried."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from applications.models import Application, PhoneCall
from applications.steps import Step
from eligibility.engine import OfficeDays, is_working_day
from postpartum_portal.shared import clock

from .answers import clean_in
from .summary import CALL_TIMES

SPANS = {
    "morning": (dt.time(9), dt.time(12)),
    "noon": (dt.time(12), dt.time(13)),
    "afternoon": (dt.time(13), dt.time(16)),
    "evening": (dt.time(16), dt.time(17)),
}
"""The words that she chose from, as hours in which an office calls; the form names no hours, so these are ours."""
ANY_TIME = ("morning", "afternoon")
OFFERED = 3
DAYS_AHEAD = 14
"""Long enough to reach a working day beyond the longest closing, at New Year."""
ASK_TO_CALL_AFTER = 3
"""Unanswered attempts in a row after which the page proposes to write to her: the portal's own suggestion."""


@dataclass(frozen=True, slots=True)
class CallTime:
    at: dt.datetime
    word: str
    """午後, as she chose it."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """`unanswered`: in a row, since she was last reached."""

    number: int
    unanswered: int
    last: PhoneCall | None

    @property
    def should_write(self) -> bool:
        return self.unanswered >= ASK_TO_CALL_AFTER


def attempts_of(calls: Sequence[PhoneCall]) -> Attempts:
    """`calls` in their order."""
    unanswered = 0
    for call in calls:
        unanswered = 0 if call.reached else unanswered + 1
    return Attempts(len(calls), unanswered, calls[-1] if calls else None)


def call_times_of(application: Application, office_days: OfficeDays, *, now: dt.datetime) -> tuple[CallTime, ...]:
    """The next times at which she said she can be reached; of いつでも, mornings and afternoons."""
    chosen = clean_in(application, Step.PERSON).get("call_times") or ANY_TIME
    return tuple(next_times([code for code in SPANS if code in chosen], office_days, now=now))


def next_times(chosen: Iterable[str], office_days: OfficeDays, *, now: dt.datetime) -> Iterator[CallTime]:
    """The first OFFERED beginnings of these spans after now, on working days; one that has begun is over."""
    codes, found, today = list(chosen), 0, clock.day_of(now)
    for ahead in range(DAYS_AHEAD + 1):
        day = today + dt.timedelta(days=ahead)
        if not is_working_day(day, office_days):
            continue
        for code in codes:
            at = dt.datetime.combine(day, SPANS[code][0], clock.TOKYO)
            if at > now and found < OFFERED:
                found += 1
                yield CallTime(at, str(CALL_TIMES[code]))
