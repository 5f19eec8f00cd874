"""After the birth: the date, and what it moves."""

from tests.journeys.person import Person

from .dates import typed


def records_the_birth(mother: Person, *, born: str, before: str, after: str) -> None:
    """`before` and `after` are the last days of use, counted from the due date and from the birth."""
    mother.opens(f"/{mother.town}/my/")
    mother.follows("生まれた日")
    mother.writes_day("生まれた日", *typed(born))
    mother.presses("届け出る")
    mother.sees("生まれた日を届け出ました", before, after)
