"""Days found by walking a calendar day by day, for tests: no arithmetic on months or dates, and no code of the engine.

`calendar` prints the days; what is counted is what a person would count with a finger on the wall calendar.
"""

from calendar import Calendar
from collections.abc import Iterator
from datetime import date

FIRST_YEAR, LAST_YEAR = 2021, 2031
DAYS = [
    day
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
    for month in range(1, 13)
    for day in Calendar().itermonthdates(year, month)
    if day.month == month
]
PLACE = {day: place for place, day in enumerate(DAYS)}


def births(first_year: int, last_year: int) -> Iterator[date]:
    """Every day of these years."""
    return (day for day in DAYS if first_year <= day.year <= last_year)


def eve(day: date) -> date:
    return DAYS[PLACE[day] - 1]


def months_reached(birth: date) -> Iterator[date]:
    """The days on which a child reaches one month, two months and so on.

    It is the day of the month on which it was born (応当日); a month without such a day is over before it is reached,
    so it is the first of the next.
    """
    reached = True
    for day in DAYS[PLACE[birth] + 1 :]:
        if day.day == 1:
            if not reached:
                yield day
            reached = False
        if day.day == birth.day:
            reached = True
            yield day


def birthdays(birth: date) -> Iterator[date]:
    """The days on which a child reaches one year, two years and so on."""
    leap_day = (birth.month, birth.day) == (2, 29)
    for day in DAYS[PLACE[birth] + 1 :]:
        over = leap_day and (day.month, day.day) == (3, 1) and eve(day).day == 28
        if over or (day.month, day.day) == (birth.month, birth.day):
            yield day


def walked_last_day(birth: date, months: int) -> date:
    """The last day on which a child is under so many months."""
    for count, day in enumerate(months_reached(birth), start=1):
        if count == months:
            return eve(day)
    raise AssertionError("the calendar ends too early")


def pregnancy(due: date) -> Iterator[tuple[int, int, date]]:
    """Week, day of the week and date, from the first day of a pregnancy of 40 weeks to two weeks past its due date."""
    place, week = PLACE[due], 40
    while week:
        place, week = place - 7, week - 1
    for week in range(42):
        for number in range(7):
            yield week, number, DAYS[place]
            place += 1


def months_earlier(due: date, months: int) -> date:
    """Leaf back so many months, then to the same day or, where there is none, to the month's last."""
    place = PLACE[due]
    while months:
        months -= DAYS[place].day == 1
        place -= 1
    while DAYS[place].day > due.day:
        place -= 1
    return DAYS[place]


def certificate_years() -> Iterator[tuple[date, int]]:
    """Each day and the fiscal year of the certificate it needs: the new one counts from the July after its April."""
    begun = valid = FIRST_YEAR - 1
    for day in DAYS:
        if (day.month, day.day) == (4, 1):
            begun = day.year
        if (day.month, day.day) == (7, 1):
            valid = begun
        if day.year > FIRST_YEAR:
            yield day, valid
