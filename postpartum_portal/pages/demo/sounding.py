"""The demo's centre asks several facilities for the same days."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from facilities import public as facilities
from postpartum_portal.shared import clock

from .hands import Hands
from .samples import SampleSounding, SampleWish


def sound_out(
    wish: facilities.Wish,
    sample: SampleWish,
    asked: SampleSounding,
    offerings: Sequence[facilities.Offering],
    hands: Hands,
    today: dt.date,
) -> None:
    """Asked in the morning; who takes a day has answered on the same afternoon."""

    def at(days: int, hour: int) -> dt.datetime:
        return dt.datetime.combine(today + dt.timedelta(days=days), dt.time(hour), clock.TOKYO)

    soundings = facilities.sound_out(
        wish,
        offerings,
        first_days=[today + dt.timedelta(days=first) for first in sample.firsts],
        days=sample.days,
        arrival=dt.time.fromisoformat(asked.arrival),
        hours=None if asked.hours is None else Decimal(asked.hours),
        siblings=False,
        note="",  # what she told the centre stays there
        answer_by=at(asked.answer_by, 17),
        form_token=f"demo-{wish.pk}-sounding",
        by=hands.centre,
        at=at(asked.on, 9),
    )
    for sounding in soundings:
        code = sounding.facility.code
        if code in asked.takes:
            day, by = today + dt.timedelta(days=asked.takes[code]), hands.at_facility[code]
            facilities.accept_sounding(sounding, day=day, hour=None, words="", by=by, at=at(asked.on, 15))
