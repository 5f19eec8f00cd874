"""Events as a trail: of one mother, or of one account, each with who, what and about whom."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from applications.public import Household, households_behind, rows_about, with_case
from facilities.public import booking_rows_about, households_behind_bookings, workplaces_of_all
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.span import Span

from .staff_words import KINDS, said, verbs_of

BY_ITSELF = "このポータル(自動)"


@dataclass(frozen=True, slots=True)
class Step:
    """`case`: the number by which the case page of `whom` is found; "" where there is none."""

    at: dt.datetime
    who: str
    role: str
    what: str
    kind: str
    whom: str
    case: str


def of_person(household: Household, span: Span, group: str) -> QuerySet[Event]:
    """What was done or read about her, under whatever account; the newest first."""
    about = Q(pk__in=[])
    if household.citizen_id:
        about |= Q(citizen_id=household.citizen_id)
    for kind, keys in (rows_about(household) | booking_rows_about(household)).items():
        about |= Q(subject_kind=kind, subject_id__in=keys)
    return _within(Event.objects.filter(about, municipality_id=household.municipality_id), span, group)


def of_account(user_id: int, municipality_id: int, span: Span, group: str) -> QuerySet[Event]:
    """What somebody did or read in a municipality; the newest first."""
    return _within(Event.objects.filter(actor_id=user_id, municipality_id=municipality_id), span, group)


def told(events: Sequence[Event], municipality_id: int) -> tuple[list[Step], list[Household]]:
    """Each event in words, and the households that are named; a fixed number of queries for any number of events."""
    homes = _households(events, municipality_id)
    who = _Actors(events, municipality_id)
    steps = [_step(event, homes.get(_key(event)), who) for event in events]
    named = {home.pk: home for home in homes.values()}
    return steps, list(named.values())


def _within(events: QuerySet[Event], span: Span, group: str) -> QuerySet[Event]:
    verbs = verbs_of(group)
    rows = events.filter(at__gte=span.begins, at__lt=span.ends)
    return (rows if verbs is None else rows.filter(verb__in=verbs)).order_by("-at", "-pk")


def _step(event: Event, home: Any, who: "_Actors") -> Step:
    name, role = who.of(event, home)
    return Step(
        at=event.at,
        who=name,
        role=role,
        what=said(event.verb),
        kind=KINDS.get(event.subject_kind, ""),
        whom=home.name if home else "",
        case=(home.case or "") if home else "",
    )


class _Actors:
    """Names and places of those who acted."""

    def __init__(self, events: Iterable[Event], municipality_id: int) -> None:
        keys = {event.actor_id for event in events if event.actor_id}
        self.names = {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}
        members = Membership.with_ended.filter(municipality=municipality_id, user__in=keys).order_by("pk")
        self.roles = {row.user_id: row.get_role_display() for row in members}
        self.workplaces = workplaces_of_all(keys)

    def of(self, event: Event, home: Any) -> tuple[str, str]:
        if event.actor_id is None:
            return BY_ITSELF, ""
        if home is not None and event.actor_id == home.citizen_id:
            return home.name, "本人"
        name = self.names.get(event.actor_id, f"利用者{event.actor_id}")
        working = self.workplaces.get(event.actor_id, [])
        place = next((item.name for item in working if item.pk == event.facility_id), "")
        return name, place or self.roles.get(event.actor_id, "") or (working[0].name if working else "")


def _key(event: Event) -> tuple[str, int]:
    return event.subject_kind, event.subject_id


def _households(events: Iterable[Event], municipality_id: int) -> dict[tuple[str, int], Any]:
    """Subject → the household that it is about, as far as the rows are still there."""
    subjects: dict[str, set[int]] = defaultdict(set)
    citizens: dict[tuple[str, int], int] = {}
    for event in events:
        subjects[event.subject_kind].add(event.subject_id)
        if event.citizen_id:
            citizens[_key(event)] = event.citizen_id
    behind = households_behind(subjects) | households_behind_bookings(subjects)
    meant = Q(pk__in=set(behind.values())) | Q(citizen__in=set(citizens.values()))
    homes = list(with_case(Household.objects.filter(meant, municipality=municipality_id)))
    by_key = {home.pk: home for home in homes}
    by_citizen = {home.citizen_id: home for home in homes if home.citizen_id}
    found = {key: by_citizen[citizen] for key, citizen in citizens.items() if citizen in by_citizen}
    return found | {key: by_key[pk] for key, pk in behind.items() if pk in by_key}
