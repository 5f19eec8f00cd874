"""Soundings: what the rules say of the days, what a facility may know of one, and the answers side by side."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from applications.public import standing_of
from eligibility import engine
from eligibility.engine.wording import clock, span
from facilities.models import Booking, Facility, Offering, Sounding, Wish

from .ages import child_age
from .desks import answered_by
from .guests import multiples_of
from .offerings import offerings_in_force
from .preparations import unprepared
from .proposals import propose
from .wording import said_to_her

KEPT = dt.timedelta(days=7)
"""How long a facility sees what came of a sounding that is over."""

TONES = {
    Sounding.Status.ASKED: "",
    Sounding.Status.ACCEPTED: "key",
    Sounding.Status.CHOSEN: "ok",
    Sounding.Status.DECLINED: "warn",
    Sounding.Status.EXPIRED: "warn",
}


@dataclass(frozen=True, slots=True)
class AskedDay:
    """A day as a choice; `told` as `title_of` has it."""

    day: dt.date
    told: str


@dataclass(frozen=True, slots=True)
class SoundingCard:
    """All that a facility may know before it was chosen: when, how long, how old the child is; not who or where.

    `allergies`: what the meals have to do without, "" once it is over;
    `offered`: the day that it named, "" as long as it has not; `otherwise`: that it is none of those asked for.
    """

    pk: int
    status: Sounding.Status
    municipality: str
    facility: str
    service: str
    visit: bool
    length: str
    choices: tuple[AskedDay, ...]
    child_age: str
    multiples: str
    siblings: bool
    allergies: str
    note: str
    asked_at: dt.datetime
    answer_by: dt.datetime
    offered: str
    otherwise: bool
    reply: str

    @property
    def status_label(self) -> str:
        return str(self.status.label)

    @property
    def tone(self) -> str:
        return TONES.get(self.status, "")

    @property
    def waiting(self) -> bool:
        """Whether the facility has yet to answer."""
        return self.status == Sounding.Status.ASKED

    @property
    def accepted(self) -> bool:
        """Whether it has said yes, and the centre has yet to choose."""
        return self.status == Sounding.Status.ACCEPTED


@dataclass(frozen=True, slots=True)
class Answer:
    """A facility's answer as the centre compares them. `offered`: the day that it could take, "" where it has none."""

    sounding: Sounding
    facility: Facility
    tone: str
    offered: str

    @property
    def waiting(self) -> bool:
        return bool(self.sounding.status == Sounding.Status.ASKED)

    @property
    def open(self) -> bool:
        return self.sounding.status in Sounding.OPEN

    @property
    def accepted(self) -> bool:
        """Whether it can be chosen."""
        return bool(self.sounding.status == Sounding.Status.ACCEPTED)


def answers_to(wish: Wish) -> tuple[Answer, ...]:
    """Those that can be chosen first, then those that are awaited, then the others; each in the order of asking."""
    service = said_to_her(wish.entitlement).service(wish.service)
    rows = with_wish(Sounding.objects.filter(wish=wish)).order_by("asked_at", "pk")
    answers = [
        Answer(
            sounding=row,
            facility=row.facility,
            tone=TONES.get(Sounding.Status(row.status), ""),
            offered=title_of(use_offered(row), service) if row.day else "",
        )
        for row in rows
    ]
    return tuple(sorted(answers, key=lambda answer: (not answer.accepted, not answer.waiting)))


def waiting_soundings(desk: Facility) -> QuerySet[Sounding]:
    """Those that wait for an answer of this desk, the most urgent first."""
    asked = Sounding.objects.filter(answered_by(desk), status=Sounding.Status.ASKED)
    return asked.order_by("answer_by", "pk")


def soundings_of_desk(desk: Facility, *, now: dt.datetime) -> list[Sounding]:
    """The open ones, the most urgent first, then those that were closed lately."""
    mine = with_wish(Sounding.objects.filter(answered_by(desk)))
    open_ones = mine.filter(status__in=Sounding.OPEN).order_by("answer_by", "pk")
    return [*open_ones, *mine.filter(closed_at__gt=now - KEPT).order_by("-closed_at", "-pk")]


def with_wish(rows: QuerySet[Sounding]) -> QuerySet[Sounding]:
    """With all that cards and services read."""
    return rows.select_related(
        "municipality", "facility", "wish__municipality", "wish__entitlement__programme_version"
    ).select_related("wish__entitlement__birth__household", "wish__citizen", "citizen")


def sounding_card(row: Sounding) -> SoundingCard:
    """`row` came `with_wish`. Pages ask `services.reading`, which notes who has seen it."""
    entitlement = row.wish.entitlement
    service, birth = said_to_her(entitlement).service(row.wish.service), entitlement.birth
    days = [AskedDay(day, title_of(use_from(row, day), service)) for day in row.asked_days]
    return SoundingCard(
        pk=row.pk,
        status=Sounding.Status(row.status),
        municipality=row.municipality.name,
        facility=row.facility.name,
        service=service.label,
        visit=service.kind is engine.ServiceKind.VISIT,
        length=engine.length_text(use_from(row, row.asked_days[0]), service),
        choices=tuple(days),
        child_age=child_age(birth, row.asked_days[0]),
        multiples=multiples_of(birth),
        siblings=row.siblings,
        allergies=row.allergies if row.status in Sounding.OPEN else "",
        note=row.note,
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        offered=title_of(use_offered(row), service) if row.day else "",
        otherwise=row.otherwise,
        reply=row.reply,
    )


def offering_of(row: Sounding, *, on: dt.date) -> Offering | None:
    """What it was asked about, as long as its contract holds."""
    found = offerings_in_force(on, municipality=row.municipality_id, facility=row.facility_id, service=row.wish.service)
    return found.select_related("facility", "contract").first()


def use_offered(row: Sounding) -> engine.Use:
    """The use that a facility has said yes to."""
    return use_from(row, row.day or row.asked_days[0], row.hour)


def use_from(row: Sounding, day: dt.date, hour: dt.time | None = None) -> engine.Use:
    """What was asked for, begun on a day."""
    return engine.Use(
        row.wish.service,
        day,
        day + dt.timedelta(days=row.days - 1),
        start_time=hour or row.arrival,
        hours=float(row.hours) if row.hours else None,
        siblings=row.siblings,
    )


def title_of(use: engine.Use, service: engine.Service) -> str:
    """3月11日(水) 13:00〜15:00, 3月11日(水)〜13日(金) 2泊3日 9:00から, or 3月11日(水) 9:00から."""
    days = span(use.first_day, use.last_day)
    if use.hours and use.start_time:
        ends = dt.datetime.combine(use.first_day, use.start_time) + dt.timedelta(hours=use.hours)
        return f"{days} {clock(use.start_time)}〜{clock(ends)}"
    length = engine.length_text(use, service) if use.first_day != use.last_day else ""
    starts = f"{clock(use.start_time)}から" if use.start_time else ""
    return " ".join(filter(None, [days, length, starts]))


def refusals_of(rows: Sequence[Sounding], offerings: Sequence[Offering], *, on: dt.date) -> tuple[engine.Finding, ...]:
    """What speaks against the days of soundings of one wish at their offerings, each reason once.

    Whether it can come itself, a facility is asked.
    """
    wish = rows[0].wish
    standing, bookings = standing_of(wish.entitlement), list(Booking.objects.filter(entitlement=wish.entitlement))
    found: dict[engine.Finding, None] = dict.fromkeys(unprepared(standing, wish.service))
    for row, offering in zip(rows, offerings, strict=True):
        for day in row.asked_days:
            proposal = propose(
                use_from(row, day),
                standing,
                offering,
                bookings=bookings,
                on=on,
                vaccination_days=wish.vaccinations,
            )
            found |= dict.fromkeys(item for item in proposal.refusals if item not in proposal.own)
    return tuple(found)
