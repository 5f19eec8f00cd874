"""The days of the demo's samples: counted from today, or of last month, and never in the future of their doing."""

import datetime as dt
from dataclasses import dataclass

from postpartum_portal.shared import clock

from .samples import Day


@dataclass(frozen=True, slots=True)
class Days:
    """`now`: when the samples are loaded."""

    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return clock.day_of(self.now)

    def day(self, sample: Day) -> dt.date:
        if isinstance(sample, int):
            return self.today + dt.timedelta(days=sample)
        last_month = (self.today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        return last_month + dt.timedelta(days=int(sample.removeprefix("m")) - 1)

    def at(self, sample: Day, time: dt.time) -> dt.datetime:
        """When something was done that day; what the hour of today has not reached is done now."""
        return min(dt.datetime.combine(self.day(sample), time, clock.TOKYO), self.now)
