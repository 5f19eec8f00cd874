"""Until when a facility takes requests here for a day: its own rule, after which a mother phones.

The rule stands on the facility, which whoever judges a booking has read already; the days for which it does not hold
are read only once it would refuse one.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility import engine
from eligibility.engine.wording import clock as clock_text
from eligibility.engine.wording import weekday_day
from facilities.models import DayCapacity, Facility, Offering, Waiting
from postpartum_portal.shared import clock

CODE = "facility_notice"

TooLate = Callable[[engine.Use], tuple[engine.Finding, ...]]


@dataclass(frozen=True, slots=True)
class Notice:
    """Requests for a day are taken until `until` o'clock so many `days` before it; 0: on the day itself.

    As everywhere 「16:00まで」 holds the very instant: exactly 16:00:00 is in time.
    """

    days: int
    until: dt.time

    @property
    def rule(self) -> str:
        """予約は、2日前の16:00まで"""
        when = _("%(days)s日前") % {"days": self.days} if self.days else _("当日")
        return _("予約は、%(when)sの%(until)sまで") % {"when": when, "until": clock_text(self.until)}

    def ends(self, day: dt.date) -> dt.datetime:
        """The last instant at which a day can be asked for."""
        return dt.datetime.combine(day - dt.timedelta(days=self.days), self.until, clock.TOKYO)


def notice_of(facility: Facility, place: str) -> Notice | None:
    """None where the facility takes requests as long as the programme does."""
    said = facility.notices.get(place)
    return Notice(said["days"], dt.time.fromisoformat(said["until"])) if said else None


def too_late_at(offering: Offering | Waiting, at: dt.datetime) -> TooLate:
    """What the facility's own notice says against uses of a kind of place that are asked for at an instant.

    One query for all of them, and none as long as each is asked for in time.
    """
    notice = notice_of(offering.facility, offering.place)
    exempt: list[frozenset[dt.date]] = []

    def findings(use: engine.Use) -> tuple[engine.Finding, ...]:
        if notice is None or at <= notice.ends(use.first_day):
            return ()
        if not exempt:
            exempt.append(last_minute_days(offering, clock.day_of(at)))
        return () if use.first_day in exempt[0] else (_finding(offering.facility, notice, use.first_day),)

    return findings


def last_minute_days(offering: Offering | Waiting, since: dt.date) -> frozenset[dt.date]:
    """The days from one on for which the facility takes requests up to the last minute."""
    rows = DayCapacity.objects.filter(
        facility_id=offering.facility_id, place=offering.place, day__gte=since, last_minute=True
    )
    return frozenset(rows.values_list("day", flat=True))


def _finding(facility: Facility, notice: Notice, day: dt.date) -> engine.Finding:
    ends = notice.ends(day)
    fact = _("%(day)sは、ここからは申しこめません。受け付けは%(ends)sまででした。") % {
        "day": weekday_day(day),
        "ends": f"{weekday_day(ends.date())} {clock_text(ends.time())}",
    }
    phone = _("空きがあるかどうかは、電話で聞けます(%(phone)s)。") % {"phone": facility.phone}
    ask = phone if facility.phone else _("空きがあるかどうかは、施設に電話で聞いてください。")
    source = engine.Source(text=_("%(rule)s受け付けます。") % {"rule": notice.rule}, document=facility.name)
    return engine.Finding(CODE, engine.Verdict.UNMET, notice.rule, fact + ask, source)
