"""Whether whoever visits would come: to that address, on that day, at that hour. A facility's own rule, as findings."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from applications.public import Standing, dates_of
from eligibility import engine
from eligibility.engine.wording import clock, minutes_text, weekday_day
from facilities.models import Offering, VisitBreak, VisitPlan
from postpartum_portal.shared import wareki

from .hours import STEP, hours_to_begin
from .visit_area import area_finding
from .visits import Visit, minutes_of, visits_of


@dataclass(frozen=True, slots=True)
class Agreed:
    """Since when a facility has agreed to a use itself, and the `row` that it kept for it: hold:3."""

    at: dt.datetime
    row: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A facility that visits, and what it has arranged on the days that are looked at.

    `address`: where the family lives, "" where it is kept back; `municipality`: its name.
    """

    plan: VisitPlan
    breaks: tuple[VisitBreak, ...]
    visits: tuple[Visit, ...]
    address: str
    municipality: str
    children: int

    def findings(self, use: engine.Use, service: engine.Service) -> list[engine.Finding]:
        """What its own rule says of a use. Without an hour: whether any is left on the day."""
        area = area_finding(self.plan.areas, self.address, self.municipality, _source())
        found = [area] if area else []
        if (closed := self._day(use.first_day)) is not None:
            return [*found, closed]
        if use.start_time is not None:
            return [*found, *self._hour(use, service)]
        return [*found, _full(use.first_day)] if self.begins(use, service) == () else found

    def refusals(
        self, use: engine.Use, service: engine.Service, agreed: Agreed | None = None
    ) -> tuple[engine.Finding, ...]:
        """Those that speak against it. Where the facility `agreed`, only a visit of which it could not know then."""
        against = engine.refusals_of(self.findings(use, service))
        if agreed is None:
            return against
        since = any(item.asked_at > agreed.at and item.row != agreed.row for item in self.clash(use, service))
        return tuple(item for item in against if item.code == "visitor_taken" and since)

    def begins(self, use: engine.Use, service: engine.Service) -> tuple[dt.time, ...] | None:
        """The hours of its day at which a use may begin: those of the programme that are given and free here.

        None where neither the programme nor the facility says any.
        """
        if self._day(use.first_day) is not None:
            return ()
        minutes = minutes_of(use, service, self.children, self.plan)
        hours = hours_to_begin(service.hours, minutes=minutes)
        if not hours and not self.plan.week:
            return None
        hours = hours or self._own_hours(use.first_day, minutes)
        return tuple(hour for hour in hours if not self._hour(replace(use, start_time=hour), service))

    def clash(self, use: engine.Use, service: engine.Service) -> tuple[Visit, ...]:
        """The visits that leave nobody free for a use at its hour."""
        if use.start_time is None:
            return ()
        way = dt.timedelta(minutes=self.plan.travel_minutes)
        begins = dt.datetime.combine(use.first_day, use.start_time)
        until = begins + dt.timedelta(minutes=minutes_of(use, service, self.children, self.plan)) + way
        others = [item for item in self.visits if item.row != f"booking:{use.number}"]
        meeting = [item for item in others if item.begins < until and begins < item.ends + way]
        moments = [begins, *(item.begins for item in meeting if item.begins > begins)]
        busiest = max(sum(item.begins <= at < item.ends + way for item in meeting) for at in moments)
        return tuple(meeting) if busiest >= self.plan.at_once else ()

    def _day(self, day: dt.date) -> engine.Finding | None:
        if any(item.first_day <= day <= item.last_day for item in self.breaks):
            fact = _("%(day)sは訪問できない日です。ほかの日を選んでください。") % {"day": weekday_day(day)}
            return _no("visitor_day", fact)
        if self.plan.week and not self.plan.spans_on(day):
            open_days = "・".join(wareki.WEEKDAYS[number] for number, spans in enumerate(self.plan.week) if spans)
            fact = _("%(day)sは訪問できない日です。訪問する曜日は%(days)sです。ほかの日を選んでください。")
            return _no("visitor_day", fact % {"day": weekday_day(day), "days": open_days})
        return None

    def _hour(self, use: engine.Use, service: engine.Service) -> list[engine.Finding]:
        """Of a use with an hour, on a day of visits."""
        begins = dt.datetime.combine(use.first_day, use.start_time or dt.time())
        ends = begins + dt.timedelta(minutes=minutes_of(use, service, self.children, self.plan))
        spans, asked = self.plan.spans_on(use.first_day), f"{clock(begins)}〜{clock(ends)}"
        if self.plan.week and not any(_within(begins, ends, *span) for span in spans):
            told = {"asked": asked, "day": weekday_day(use.first_day), "hours": spans_told(spans)}
            fact = _("%(asked)sは訪問できません。%(day)sに訪問する時間は%(hours)sです。この中の時刻を選んでください。")
            return [_no("visitor_hours", fact % told)]
        if self.clash(use, service):
            way = self.plan.travel_minutes
            told = {"asked": asked, "way": _("(移動の%s)") % minutes_text(way) if way else ""}
            fact = _("%(asked)sは、ほかの訪問%(way)sと重なります。ほかの時刻か、ほかの日を選んでください。")
            return [_no("visitor_taken", fact % told)]
        return []

    def _own_hours(self, day: dt.date, minutes: int) -> tuple[dt.time, ...]:
        """Every half hour of the facility's own spans, where the programme publishes no hours."""
        found = []
        for first, last in self.plan.spans_on(day):
            at, latest = dt.datetime.combine(day, first), dt.datetime.combine(day, last) - dt.timedelta(minutes=minutes)
            while at <= latest:
                found.append(at.time())
                at += STEP
        return tuple(found)


def visitor_for(standing: Standing, offering: Offering, first: dt.date, last: dt.date) -> Visitor | None:
    """Whoever would visit this family, with all that is arranged between two days.

    None where she comes to the facility, or it has not said where and when it visits.
    """
    if standing.terms.service(offering.service).kind is not engine.ServiceKind.VISIT:
        return None
    plan = VisitPlan.objects.filter(facility=offering.facility_id).first()
    if plan is None:
        return None
    household = standing.birth.household
    return Visitor(
        plan=plan,
        breaks=tuple(
            VisitBreak.objects.filter(facility=offering.facility_id, first_day__lte=last, last_day__gte=first)
        ),
        visits=visits_of(plan, first, last),
        address="" if household.protected else household.address,
        municipality=standing.entitlement.municipality.name,
        children=dates_of(standing.birth).counted_children,
    )


def visitors_by_month(standing: Standing, offering: Offering) -> Callable[[dt.date], Visitor | None]:
    """`visitor_for` the month of a day, each read once."""
    months: dict[dt.date, Visitor | None] = {}

    def visitor_in(day: dt.date) -> Visitor | None:
        first = day.replace(day=1)
        if first not in months:
            last = first.replace(day=monthrange(first.year, first.month)[1])
            months[first] = visitor_for(standing, offering, first, last)
        return months[first]

    return visitor_in


def spans_told(spans: Iterable[tuple[dt.time, dt.time]]) -> str:
    """9:00〜12:00、13:00〜17:00"""
    return "、".join(f"{clock(begins)}〜{clock(ends)}" for begins, ends in spans)


def _within(begins: dt.datetime, ends: dt.datetime, first: dt.time, last: dt.time) -> bool:
    return dt.datetime.combine(begins, first) <= begins and ends <= dt.datetime.combine(begins, last)


def _full(day: dt.date) -> engine.Finding:
    fact = _("%(day)sは、空いている時間がありません。ほかの日を選んでください。") % {"day": weekday_day(day)}
    return _no("visitor_taken", fact)


def _no(code: str, fact: str) -> engine.Finding:
    return engine.Finding(code, engine.Verdict.UNMET, _("訪問できる日と時間"), fact, _source())


def _source() -> engine.Source:
    return engine.Source(_("訪問する地域と時間は、訪問する施設が決めます。"), _("訪問の地域と時間"))
