"""A child's age on a day, as a person would say it."""

import datetime as dt

from django.utils.translation import gettext as _

from applications.public import Birth
from eligibility import engine

ONE_DAY = dt.timedelta(days=1)


def child_age(birth: Birth, day: dt.date) -> str:
    """Nothing is said of a child that is not there."""
    return age_on(birth.born_on, day) if birth.outcome == Birth.Outcome.BORN and birth.born_on else ""


def age_on(born_on: dt.date, day: dt.date) -> str:
    """`5日`, `3週`, `1か月24日`, `2か月`, `1歳2か月`: whole months by the same law as the period of use."""
    months = 0
    while _turns(born_on, months + 1) <= day:
        months += 1
    if months >= 12:
        years, rest = divmod(months, 12)
        return (
            _("%(years)s歳%(rest)sか月") % {"years": years, "rest": rest}
            if rest
            else _("%(years)s歳") % {"years": years}
        )
    days = (day - _turns(born_on, months)).days
    if months:
        return (
            _("%(months)sか月%(days)s日") % {"months": months, "days": days}
            if days
            else _("%(months)sか月") % {"months": months}
        )
    return _("%(number)s週") % {"number": days // 7} if days >= 7 else _("%(days)s日") % {"days": days}


def _turns(born_on: dt.date, months: int) -> dt.date:
    """The first day on which the child is that many months old."""
    return engine.last_day_under(born_on, months) + ONE_DAY
