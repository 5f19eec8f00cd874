"""The demo's invented people and cases, read from `fixtures/demo/*.yaml`; days count from today."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

FOLDER = settings.ROOT / "fixtures" / "demo"


Day: TypeAlias = Annotated[int | Annotated[str, Field(pattern=r"^m[0-9]{1,2}$")], Field(union_mode="left_to_right")]
"""Days from today, or a day of the month: m15 is the 15th of last month, whichever day today is."""


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SamplePerson(Row):
    """A ready-made sign-in; `facility` is the code of the one where somebody works.

    Who is `aside` is needed later, if at all, and stands in a list that is closed at first.
    """

    email: str
    role: Literal["citizen", "centre", "decider", "facility"]
    who: str
    name: str = ""
    facility: str = ""
    aside: bool = False

    @property
    def is_staff(self) -> bool:
        return self.role != "citizen"


class Contact(Row):
    name: str
    relation: str
    phone: str


class SampleCare(Row):
    """What the facility wrote down of a day of a use; `checks` are times, 10:30, of each safety check."""

    on: Day
    mother: str
    child: str
    care: str
    checks: list[str] = []
    handover: str = ""
    asks_call: bool = False


class SampleUse(Row):
    """A use at a facility, with the day on which it was answered, and what its desk did then.

    `paid`: what she owed was received on her last day.
    """

    facility: str
    first: Day
    last: Day
    arrival: str
    note: str = ""
    hours: int | None = None
    answered: Day | None = None
    attended: bool = False
    paid: bool = False
    care: list[SampleCare] = []


class SampleBooking(SampleUse):
    """A use that she asked for herself."""

    service: str
    asked: Day
    allergies: str = ""


class Arranged(SampleUse):
    """A use that the centre asked for."""

    on: Day


class SamplePreparation(Row):
    """The visit before the visits; `agreed` as soon as it has taken place."""

    facility: str
    planned: Day
    on: Day
    arrival: str
    agreed: str = ""


class SampleSounding(Row):
    """Whom the centre asked for the days of a wish, and the day that each of some said yes to, by facility."""

    on: int
    facilities: list[str]
    arrival: str
    answer_by: int
    hours: int | None = None
    takes: dict[str, int] = {}


class SampleWish(Row):
    """What she wished, and what the centre made of it; nothing as long as the wish is open."""

    service: str
    made: Day
    firsts: list[Day]
    days: int
    note: str = ""
    prepared: SamplePreparation | None = None
    sounded: SampleSounding | None = None
    arranged: Arranged | None = None


class SampleReturn(Row):
    """What the centre gave back to be corrected: the first box of each marked answer, by its step."""

    on: int
    marks: dict[str, list[str]]
    message: str


class SampleWait(Row):
    """Days that are full, for which she stands in line."""

    service: str
    facility: str
    asked: int
    first: int
    last: int
    arrival: str


class SampleWriter(Row):
    """Who writes in her place and has handed it over; she has not said anything to it."""

    email: str
    name: str
    relation: str
    phone: str


class SamplePaper(Row):
    """It came on paper, from somebody without an account; `blank` are the questions that it leaves open, by code."""

    channel: Literal["counter", "post"]
    blank: list[str] = []


class SampleCase(Row):
    """A household and how far its case has come: called, returned, recommended, decided, born or lost, then its wishes
    and bookings.

    Everything speaks for it that the programme asks about, but what `told` says otherwise. `note`: of the hearing.
    """

    email: str = ""
    on_paper: SamplePaper | None = None
    name: str
    kana: str
    birth_date: str
    address: str
    postcode: str
    office: str = ""
    phone: str
    family: str = "mother"
    household_class: str = "general"
    members: int
    certificates: int = 0
    agreed: bool = False
    children: int = 1
    applied: int
    due: int
    handbook: int | None = None
    trouble: str = ""
    note: str = "授乳と夜のお世話に不安がある。支援は夫のみ。"
    told: dict[str, bool] = {}
    services: list[str]
    emergency: Contact
    written_by: SampleWriter | None = None
    called: int | None = None
    returned: SampleReturn | None = None
    recommended: int | None = None
    decided: int | None = None
    born: int | None = None
    lost: int | None = None
    wishes: list[SampleWish] = []
    bookings: list[SampleBooking] = []
    waits: list[SampleWait] = []

    @property
    def heard(self) -> int | None:
        """The day of the hearing: before the recommendation, or before the decision."""
        return self.recommended if self.recommended is not None else self.decided

    @property
    def born_before_applying(self) -> bool:
        return self.born is not None and self.born <= self.applied


class SampleBlock(Row):
    """Places of a kind that a facility keeps for itself; `places` none: whatever is free."""

    place: str
    first: int
    last: int
    places: int | None = None
    why: Literal["ward", "closed", "other"]
    note: str = ""


class SampleVisits(Row):
    """Where somebody visits, and the hours of weekdays and of Saturdays as 09:00-12:00."""

    areas: list[str]
    weekdays: list[str]
    saturdays: list[str] = []
    travel_minutes: int = 0
    at_once: int = 1


class SampleColleague(Row):
    """Whom a facility has asked to work there, without an answer so far."""

    email: str
    name: str


class SampleDesk(Row):
    """What a facility has set for itself.

    `ward_first`: of each kind of place so many stay with its maternity ward until that many days before.
    """

    ward_first: tuple[int, int] | None = None
    blocks: list[SampleBlock] = []
    visits: SampleVisits | None = None
    invited: list[SampleColleague] = []


class Samples(Row):
    """`places`: facility code → how many of each kind it keeps on every day of the coming months; `desks` likewise."""

    municipality: str
    people: list[SamplePerson]
    places: dict[str, int] = {}
    desks: dict[str, SampleDesk] = {}
    cases: list[SampleCase]


@cache
def all_samples() -> tuple[Samples, ...]:
    """One file for each municipality, in the order of their names. Kodaira's, which the README tours, comes first."""
    files = sorted(FOLDER.glob("*.yaml"), key=lambda file: (file.stem != "kodaira", file.stem))
    return tuple(read_samples(file) for file in files)


def person_called(email: str) -> tuple[SamplePerson, str] | None:
    """One of the demo's people, with the address of the page where their work begins."""
    for samples in all_samples():
        for person in samples.people:
            if person.email == email:
                return person, _home(person, samples.municipality)
    return None


def read_samples(file: Path) -> Samples:
    data: Any = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # strings only
    return Samples.model_validate(data)


def _home(person: SamplePerson, municipality: str) -> str:
    return {"citizen": f"/{municipality}/my/", "facility": "/facility/"}.get(person.role, f"/{municipality}/centre/")
