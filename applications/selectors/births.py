"""A birth as the rules want to see it. No health data: booking reads it too."""

import datetime as dt
from dataclasses import replace

from applications.models import Birth
from eligibility import engine
from eligibility.engine.ages import period_if_allowed

ONE_PREGNANCY = dt.timedelta(days=150)
"""Births closer together than this are the same one: its units would be counted twice."""


def dates_of(birth: Birth) -> engine.Facts:
    """What windows, periods and pools are counted from: dates, children, family, a corrected age, the day of a move.

    After a loss the day of the loss stands in place of the birth, and the family is a bereaved one.
    """
    lost = birth.outcome == Birth.Outcome.LOST
    return engine.Facts(
        due_date=birth.due_date,
        birth_date=birth.ended_on if lost else birth.born_on,
        children=birth.children,
        family=engine.Family.BEREAVED if lost else engine.Family(birth.family),
        corrected_age=birth.corrected_age,
        moves_out_on=birth.moves_out_on,
    )


def may_correct_age(birth: Birth, terms: engine.Terms) -> bool:
    """Whether the child was born early and the programme lets the centre count from the due date, settled or not."""
    open_facts = replace(dates_of(birth), corrected_age=None)
    born = birth.outcome == Birth.Outcome.BORN
    return born and any(period_if_allowed(service.age_limit, open_facts) for service in terms.services)


def is_same_pregnancy(birth: Birth, day: dt.date) -> bool:
    """Whether a day that somebody names as due date or birth date can only be this birth's."""
    known = birth.ended_on or birth.born_on or birth.due_date
    return known is not None and abs(day - known) < ONE_PREGNANCY
