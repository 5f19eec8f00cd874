"""What prices come: by versions of the programme that begin later, and by amounts entered from a later day on."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eligibility.engine import Entered, Terms
from eligibility.public import Municipality, programme_of, versions_to_come

Told = Callable[[Terms, dt.date], str]
"""What is said of a price by the terms in force on a day, with the amounts that have begun by then."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What is said from a day on."""

    day: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The terms in force `on` a day, and those that follow by their first days."""

    on: dt.date
    terms: Terms
    following: tuple[tuple[dt.date, Terms], ...]

    def days(self, entered: Iterable[Entered]) -> list[dt.date]:
        """The days to come on which a price may become another."""
        begins = {row.starts for row in entered if row.starts and row.starts > self.on}
        return sorted(begins | {day for day, _ in self.following})

    def terms_on(self, day: dt.date) -> Terms:
        begun = [terms for first, terms in self.following if first <= day]
        return begun[-1] if begun else self.terms

    def changes(self, entered: Iterable[Entered], told: Told) -> tuple[Coming, ...]:
        """Each day on which something else is said than before."""
        said, found = told(self.terms, self.on), []
        for day in self.days(entered):
            text = told(self.terms_on(day), day)
            if text != said:
                found.append(Coming(day, text))
            said = text
        return tuple(found)

    @property
    def beginning(self) -> tuple[Coming, ...]:
        """New services with the day from which they are there: 訪問型."""
        known, found = {service.code for service in self.terms.services}, []
        for day, terms in self.following:
            new = [service for service in terms.services if service.code not in known]
            known |= {service.code for service in new}
            if new:
                found.append(Coming(day, "・".join(service.short_label for service in new)))
        return tuple(found)


def ahead_of(municipality: Municipality, terms: Terms, *, on: dt.date) -> Ahead:
    """`terms` are those in force on the day."""
    following = [
        (version.effective_from, programme_of(version).terms)
        for version in versions_to_come(municipality, on)
        if version.effective_from
    ]
    return Ahead(on, terms, tuple(following))
