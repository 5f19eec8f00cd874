"""The demo's centre asks several facilities for the same days."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from facilities import public as facilities
from postpartum_portal.shared import clock

from .days import Days
from .hands import Hands
from .samples import SampleSounding, SampleWish


def sound_out(
    wish: facilities.Wish,
    sample: SampleWish,
    asked: SampleSounding,
    offerings: Sequence[facilities.Offering],
    hands: Hands,
    days: Days,
) -> None:
    """Asked in the morning; who takes a day has answered on the same afternoon."""
    soundings = facilities.sound_out(
        wish,
        offerings,
        first_days=[days.day(first) for first in sample.firsts],
        days=sample.days,
        arrival=dt.time.fromisoformat(asked.arrival),
        hours=None if asked.hours is None else Decimal(asked.hours),
        siblings=False,
        allergies=wish.allergies,
        note="",  # what she told the centre stays there
        answer_by=dt.datetime.combine(days.day(asked.answer_by), dt.time(17), clock.TOKYO),
        form_token=f"demo-{wish.pk}-sounding",
        by=hands.centre,
        at=days.at(asked.on, dt.time(9)),
    )
    for sounding in soundings:
        code = sounding.facility.code
        if code in asked.takes:
            day, by, at = days.day(asked.takes[code]), hands.at_facility[code], days.at(asked.on, dt.time(15))
            facilities.accept_sounding(sounding, day=day, hour=None, words="", by=by, at=at)
