"""The deadline clock: hands at the deadline, an arc for what is left (or has passed) within twelve hours of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians, sin

from . import wareki

CENTRE, RIM, HOUR_HAND, MINUTE_HAND = 36, 33, 15, 22  # of a 72 × 72 face
HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """SVG path data and words. `arc` is "" when the whole rim is coloured: more than twelve hours away."""

    hands: str
    arc: str
    passed: bool
    day: str
    time: str
    distance: str


def clock_face(deadline: datetime, now: datetime) -> ClockFace:
    """Both moments aware. The deadline itself counts as passed, as 「より前」 says; `day` is きょう on its day."""
    deadline, now = deadline.astimezone(wareki.TOKYO), now.astimezone(wareki.TOKYO)
    gap = abs(deadline - now)
    start, end = sorted((deadline, now))
    return ClockFace(
        hands=f"M{CENTRE} {CENTRE} {_point(_hour_angle(deadline), HOUR_HAND)}"
        f"M{CENTRE} {CENTRE} {_point(deadline.minute * 6, MINUTE_HAND)}",
        arc=_arc(start, end) if gap < HALF_DAY else "",
        passed=now >= deadline,
        day="きょう" if deadline.date() == now.date() else wareki.short(deadline),
        time=wareki.clock_time(deadline),
        distance=_distance(gap, passed=now >= deadline, now=now),
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


def _distance(gap: timedelta, *, passed: bool, now: datetime) -> str:
    if passed:
        return f"いまは {wareki.clock_time(now)}。{_span(gap)}前に過ぎました"
    return f"あと{_span(gap)}"


def _span(gap: timedelta) -> str:
    """`5日と4時間`, `5時間2分`, `12分`: never more than is left."""
    minutes = int(gap.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days}日と{hours}時間" if hours else f"{days}日"
    if hours:
        return f"{hours}時間{minutes}分" if minutes else f"{hours}時間"
    return f"{minutes}分" if minutes else "1分より短い時間"
