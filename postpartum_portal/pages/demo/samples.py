"""The demo's invented cases, read from `fixtures/demo/*.yaml`; days count from today."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(Row):
    name: str
    relation: str
    phone: str


class SampleBooking(Row):
    """A use, with the days on which it was asked for and answered."""

    service: str
    asked: int
    first: int
    last: int
    arrival: str
    note: str = ""
    answered: int | None = None
    attended: bool = False


class SampleCase(Row):
    """A mother and how far her case has come: called, recommended, decided, born, bookings."""

    email: str
    name: str
    kana: str
    birth_date: str
    address: str
    postcode: str
    phone: str
    household_class: str
    members: int
    certificates: int = 0
    children: int = 1
    applied: int
    due: int
    trouble: str
    services: list[str]
    emergency: Contact
    called: int | None = None
    recommended: int | None = None
    decided: int | None = None
    born: int | None = None
    bookings: list[SampleBooking] = []

    @property
    def heard(self) -> int | None:
        """The day of the hearing: before the recommendation, or before the decision."""
        return self.recommended if self.recommended is not None else self.decided


class Samples(Row):
    municipality: str
    facility: str
    places: int
    cases: list[SampleCase]


def read_samples(file: Path) -> Samples:
    data: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # strings only
    return Samples.model_validate(data)
