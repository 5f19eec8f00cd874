"""The round of the planners: what has become due by the time."""

import datetime as dt

from .holding import by_machine, planners_are_held
from .registry import planners


def run_planners(now: dt.datetime) -> None:
    """Each writes what has become due, such as a reminder the day before a deadline.

    After a restore none, until an operator lets them: what is due may have been told before, and no row knows.
    """
    if planners_are_held():
        return
    with by_machine():
        for planner in planners():
            planner(now)
