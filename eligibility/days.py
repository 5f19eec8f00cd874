"""The days of an assessment as a ruler shows them: from when she may apply, the birth, the last day of use."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility.engine import Assessment, Facts, Family, ServiceOutlook, Source, pregnancy_age
from eligibility.engine.ages import period_if_allowed
from postpartum_portal.shared.ruler import Lane, Mark, Ruler, draw


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of the services named; `label` is "" where all share it."""

    label: str
    day: dt.date
    arithmetic: str


def last_days(outlooks: Sequence[ServiceOutlook]) -> tuple[LastDay, ...]:
    """Services with the same last day together, the earliest first."""
    by_day: dict[dt.date, list[ServiceOutlook]] = {}
    for outlook in outlooks:
        if outlook.period.last is not None:
            by_day.setdefault(outlook.period.last, []).append(outlook)
    return tuple(
        LastDay(
            label="・".join(outlook.service.short_label for outlook in same) if len(by_day) > 1 else "",
            day=day,
            arithmetic=same[0].period.arithmetic,
        )
        for day, same in sorted(by_day.items())
    )


@dataclass(frozen=True, slots=True)
class IfAllowed:
    """The last day of a child born early, if the centre lets it be counted from the due date. `source`: who says so."""

    day: dt.date
    arithmetic: str
    source: Source


def if_allowed(facts: Facts, outlooks: Sequence[ServiceOutlook], *, on: dt.date) -> IfAllowed | None:
    """Where only the centre can say so and has not; None once the time is over by the birth: the finding tells it."""
    for outlook in outlooks:
        allowed = period_if_allowed(outlook.service.age_limit, facts)
        if allowed and allowed.last and outlook.period.last and on <= outlook.period.last < allowed.last:
            return IfAllowed(allowed.last, allowed.arithmetic, allowed.source)
    return None


def draw_ruler(outlooks: Sequence[ServiceOutlook], assessment: Assessment, *, on: dt.date) -> Ruler | None:
    """A lane for each of the services; None while no day of any is known."""
    lanes = [lane for outlook in outlooks if (lane := _lane(outlook, assessment))]
    return draw(lanes, today=on) if lanes else None


def marks(facts: Facts, outlooks: Sequence[ServiceOutlook], assessment: Assessment, *, on: dt.date) -> tuple[Mark, ...]:
    """What stands below the ruler, each day with its arithmetic; after a loss only the last days."""
    ends = tuple(_last_mark(last, on) for last in last_days(outlooks))
    return ends if facts.family is Family.BEREAVED else (*_first_marks(facts, assessment, on), *ends)


def _lane(outlook: ServiceOutlook, assessment: Assessment) -> Lane | None:
    period = outlook.period
    if period.first is None or period.last is None:
        return None
    return Lane(outlook.service.short_label, assessment.opens_on, period.first, period.last)


def _first_marks(facts: Facts, assessment: Assessment, on: dt.date) -> list[Mark]:
    found = []
    if opens := assessment.opens_on:
        found.append(Mark("pre", _("申請できる日"), opens, assessment.window.arithmetic + _days_to(opens, on)))
    if facts.birth_date:
        found.append(Mark("born", _("生まれた日"), facts.birth_date, _weeks_at_birth(facts)))
    elif due := facts.due_date:
        found.append(
            Mark("born", _("出産予定日"), due, _("生まれた日がわかると、最後の日が決まります") + _days_to(due, on))
        )
    return found


def _days_to(day: dt.date, on: dt.date) -> str:
    return _("。あと%(days)s日") % {"days": (day - on).days} if day > on else ""


def _weeks_at_birth(facts: Facts) -> str:
    """35週0日, where the due date is known."""
    if facts.due_date is None or facts.birth_date is None:
        return ""
    weeks, days = pregnancy_age(facts.due_date, facts.birth_date)
    return _("%(weeks)s週%(days)s日") % {"weeks": weeks, "days": days}


def _last_mark(last: LastDay, on: dt.date) -> Mark:
    distance = _("。今日までです") if last.day == on else _days_to(last.day, on)
    title = _("%(last)sの最後の日") % {"last": last.label} if last.label else _("使える最後の日")
    return Mark("edge", title, last.day, last.arithmetic + distance)
