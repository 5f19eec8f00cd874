"""The hours at which a use may begin: every half hour that the programme allows, and of today only those to come."""

import datetime as dt

from django.utils.translation import gettext as _

from eligibility import engine
from eligibility.engine.wording import weekday_day

STEP = dt.timedelta(minutes=30)
AN_HOUR = 60


def hours_to_begin(hours: engine.Hours, *, minutes: int = AN_HOUR, after: dt.time | None = None) -> tuple[dt.time, ...]:
    """Every half hour from opening until so many minutes before closing; of these, those `after` an hour.

    None where each facility has hours of its own.
    """
    if hours.opens is None or hours.closes is None:
        return ()
    moment = dt.datetime.combine(dt.date.min, hours.opens)
    latest = dt.datetime.combine(dt.date.min, hours.closes) - dt.timedelta(minutes=minutes)
    found = []
    while moment <= latest:
        found.append(moment.time())
        moment += STEP
    return tuple(hour for hour in found if after is None or hour > after)


def least_minutes(service: engine.Service, children: int) -> int:
    """How long before closing a use begins at the latest: `children` count, with twins a visit may last longer."""
    return max(AN_HOUR, service.duration.for_children(children) if service.duration else 0)


def over_on(day: dt.date | None, now: dt.datetime) -> dt.time | None:
    """The hour until which a day is over: that of `now`, in Tokyo, on the day itself; None on a day to come."""
    return now.time() if day == now.date() else None


def over_today(
    use: engine.Use, service: engine.Service, rules: engine.BookingRules, children: int, now: dt.datetime
) -> tuple[engine.Finding, ...]:
    """What speaks against beginning today once the last hour to choose is over.

    Where hours hold in principle, or each facility has its own, nothing does: another hour may be agreed.
    """
    after, hours, minutes = over_on(use.first_day, now), service.hours, least_minutes(service, children)
    if after is None or hours.principle or not hours_to_begin(hours):
        return ()
    if hours_to_begin(hours, minutes=minutes, after=after):
        return ()
    today = weekday_day(use.first_day)
    fact = _(
        "%(today)sは予約できません。きょうはじめられる時刻は、もう過ぎています。あしたからの日を選んでください。"
    ) % {"today": today}
    return (engine.Finding("not_past", engine.Verdict.UNMET, _("これからの時刻"), fact, rules.in_advance),)
