"""The deadline clock: hands at the deadline, an arc for what is left (or has passed) within twelve hours of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians, sin
from typing import Protocol

from django.utils.translation import gettext as _

from . import wareki

CENTRE, RIM, HOUR_HAND, MINUTE_HAND = 36, 33, 15, 22  # of a 72 × 72 face
HALF_DAY = timedelta(hours=12)


class Deadline(Protocol):
    """As the rules engine gives it: `wording` is 3月10日(火) 16:00 より前, `inclusive` whether that moment is in."""

    @property
    def at(self) -> datetime: ...
    @property
    def inclusive(self) -> bool: ...
    @property
    def wording(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ClockFace:
    """SVG path data and words. `arc` is "" when the whole rim is coloured: more than twelve hours away."""

    hands: str
    arc: str
    passed: bool
    words: str
    distance: str


def clock_face(deadline: Deadline, now: datetime) -> ClockFace:
    """Both moments aware. On the deadline's day its date gives way to きょう."""
    at, now = deadline.at.astimezone(wareki.TOKYO), now.astimezone(wareki.TOKYO)
    gap = abs(at - now)
    passed = now > at if deadline.inclusive else now >= at
    start, end = sorted((at, now))
    return ClockFace(
        hands=f"M{CENTRE} {CENTRE} {_point(_hour_angle(at), HOUR_HAND)}"
        f"M{CENTRE} {CENTRE} {_point(at.minute * 6, MINUTE_HAND)}",
        arc=_arc(start, end) if gap < HALF_DAY else "",
        passed=passed,
        words=deadline.wording.replace(wareki.short(now), "きょう"),
        distance=_("いまは %(time)s。%(ago)s過ぎました") % {"time": wareki.clock_time(now), "ago": _ago(gap)}
        if passed
        else _("あと%(span)s") % {"span": _span(gap)},
    )


def _arc(start: datetime, end: datetime) -> str:
    """Clockwise along the rim, as the hour hand walks from one moment to the other."""
    large = int(end - start > HALF_DAY / 2)
    return f"M{_point(_hour_angle(start), RIM)}A{RIM} {RIM} 0 {large} 1 {_point(_hour_angle(end), RIM)}"


def _hour_angle(moment: datetime) -> float:
    return (moment.hour % 12) * 30 + moment.minute / 2


def _point(angle: float, length: int) -> str:
    x, y = CENTRE + length * sin(radians(angle)), CENTRE - length * cos(radians(angle))
    return f"{x:.1f} {y:.1f}"


def _span(gap: timedelta) -> str:
    """`5日と4時間`, `5時間2分`, `12分`: never more than is left."""
    minutes = int(gap.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return (
            _("%(days)s日と%(hours)s時間") % {"days": days, "hours": hours}
            if hours
            else _("%(days)s日") % {"days": days}
        )
    if hours:
        return (
            _("%(hours)s時間%(minutes)s分") % {"hours": hours, "minutes": minutes}
            if minutes
            else _("%(hours)s時間") % {"hours": hours}
        )
    return _("%(minutes)s分") % {"minutes": minutes} if minutes else _("1分未満")


def _ago(gap: timedelta) -> str:
    return _("%(span)s前に") % {"span": _span(gap)} if gap >= timedelta(minutes=1) else _("たったいま")
