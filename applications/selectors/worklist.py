"""The centre's list: what waits for whom, most urgent first. A fixed number of queries, however long the list is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from applications.models import Application, Decision, Household, PhoneCall
from eligibility.public import Programme, ProgrammeVersion, programme_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import NOBODY as NO_ROW

from .finding import all_found, matching
from .lacking import lacking_proof
from .narrowing import Narrowing
from .pace import Pace, overdue, pace_of
from .summary import call_times

ROWS_A_PAGE = 30
OPEN = Q(status__in=Application.OPEN)
BACK = Q(status=Application.Status.RESUBMITTED)
TO_CALL = Q(status__in=Application.TO_CALL) & ~BACK
IN_CHARGE = Q(assignee__isnull=False)
# `last_reached` and `last_call_back_at` are of the latest call: see `_with_latest_call`.
CALL_AGAIN = Q(last_reached=False) | Q(last_call_back_at__isnull=False)


@dataclass(frozen=True, slots=True)
class State:
    """A way of narrowing the list: which applications that are not decided yet belong to it."""

    code: str
    label: str
    waiting: Q


WHOLE = State("open", "すすめる", OPEN)
STATES = (
    State("new", "新着", TO_CALL & ~IN_CHARGE),
    State("call", "電話する", TO_CALL & IN_CHARGE & ~CALL_AGAIN),
    State("again", "かけ直し", TO_CALL & IN_CHARGE & CALL_AGAIN),
    State("back", "再提出", BACK),
    State("decide", "決定待ち", Q(status=Application.Status.RECOMMENDED)),
    State("returned", "差し戻し", Q(status=Application.Status.RETURNED)),
)
"""Each open application stands in one of these. `LATE` and `PAPER` run across them."""
LATE, LATE_LABEL = "late", "めやす超過"
PAPER, PAPER_LABEL = "paper", "書類待ち"
TODAY, TODAY_LABEL = "today", "きょう決定"
EVERY, EVERY_LABEL = "every", "決定ずみも"
"""All that are found, decided ones too; only a search reads so far back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An application as the list sees it. `state` is of `STATES`; "" for one that is decided or withdrawn.

    `call_back_at` is what was promised at the latest call; `call_times` is when she said that she can be reached.
    """

    application: Application
    household: Household
    submitted_at: dt.datetime
    state: str
    call_back_at: dt.datetime | None
    call_times: str
    pace: Pace
    lacks_proof: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A state, and how many applications are in it; None where they are not counted."""

    code: str
    label: str
    count: int | None


class Desk:
    """The list at one moment. What the counts and the rows rest on both is read once, in at most four queries."""

    def __init__(self, *, now: dt.datetime) -> None:
        self.now, self.on = now, clock.day_of(now)
        self.more = False
        """Whether the last search among all applications found more households than it shows."""
        self._programmes = _programmes_at_work()
        self._lacking = lacking_proof(self._programmes, on=self.on)
        self.states = (WHOLE, *self._late(), *STATES, *self._paper())

    def tabs(self, chosen: Narrowing) -> tuple[Tab, ...]:
        """The counts above the list, of those at an office, with a person or found by words where that is chosen."""
        open_ones = _with_latest_call(Application.objects.filter(OPEN, self._among(chosen)))
        counts = open_ones.aggregate(**{state.code: Count("pk", filter=state.waiting) for state in self.states})
        today = Application.objects.filter(self._decided_today, self._among(chosen)).count()
        every = (Tab(EVERY, EVERY_LABEL, None),) if chosen.words else ()
        return (
            *(Tab(state.code, state.label, counts[state.code]) for state in self.states),
            Tab(TODAY, TODAY_LABEL, today),
            *every,
        )

    def page(self, chosen: Narrowing, number: str | int = 1) -> Page[Entry]:
        """One page of what is chosen, most urgent first.

        First whom somebody promised to call back by the end of today, by the hour; then by how long they have waited.
        """
        return self._page(self._ordered(chosen), number)

    def neighbours(self, chosen: Narrowing, number: str) -> tuple[str, str]:
        """The numbers before and after an application in what is chosen, "" where there is none.

        After one that has left the list, as by being decided, comes the list's first.
        """
        numbers = list(self._ordered(chosen).values_list("number", flat=True))
        place = numbers.index(number) if number in numbers else -1
        before, after = numbers[max(place - 1, 0) : max(place, 0)], numbers[place + 1 : place + 2]
        return "".join(before), "".join(after)

    def codes(self, *, words: str) -> tuple[str, ...]:
        """By which states the list may be narrowed; the first is the whole of it."""
        return (*(state.code for state in self.states), TODAY, *([EVERY] if words else []))

    def _ordered(self, chosen: Narrowing) -> QuerySet[Application]:
        if chosen.words and chosen.state == EVERY:
            found, self.more = all_found(chosen.words, chosen.who, on=self.on)
            return _rows(Q(pk__in=found)).order_by("-submitted_at", "pk")
        if chosen.state == TODAY:
            return _rows(self._decided_today & self._among(chosen)).order_by("-decision__decided_at", "pk")
        waiting = next((state.waiting for state in self.states if state.code == chosen.state), OPEN)
        return self._by_urgency(_rows(OPEN & waiting & self._among(chosen)))

    @property
    def _decided_today(self) -> Q:
        return Q(pk__in=Decision.objects.filter(decided_on=self.on).values("application"))

    def _late(self) -> list[State]:
        """One where a programme promises a time, else none."""
        late = overdue(self._programmes, on=self.on)
        return [State(LATE, LATE_LABEL, late)] if late else []

    def _paper(self) -> list[State]:
        """One where a programme asks for papers, else none."""
        asks = any(item.proof for programme in self._programmes.values() for item in programme.terms.classes)
        lacking = Q(pk__in=self._lacking or {NO_ROW})  # an empty set would empty every count of the query
        return [State(PAPER, PAPER_LABEL, lacking)] if asks else []

    def _among(self, chosen: Narrowing) -> Q:
        return chosen.who & matching(chosen.words, on=self.on) if chosen.words else chosen.who

    def _by_urgency(self, rows: QuerySet[Application]) -> QuerySet[Application]:
        midnight = dt.datetime.combine(self.on + dt.timedelta(days=1), dt.time(), clock.TOKYO)
        to_call = Q(status__in=Application.TO_CALL, last_call_back_at__lt=midnight)
        promised = Case(When(to_call, then=Value(value=True)), output_field=BooleanField())
        urgent = rows.annotate(promised=Coalesce(promised, Value(value=False)))
        by_the_hour = Case(When(promised=True, then="last_call_back_at"))
        return urgent.order_by("-promised", by_the_hour, "submitted_at", "pk")

    def _page(self, rows: QuerySet[Application], number: str | int) -> Page[Entry]:
        shown: Page[Any] = Paginator(rows, ROWS_A_PAGE).get_page(number)
        shown.object_list = [self._entry(row) for row in shown.object_list]
        return shown

    def _entry(self, row: Any) -> Entry:
        """`row` is a submitted application with its latest call."""
        call_again = not row.last_reached or row.last_call_back_at is not None
        programme = self._programmes.get(row.programme_version_id)
        return Entry(
            application=row,
            household=row.birth.household,
            submitted_at=row.submitted_at,
            state=state_of(row, call_again=call_again),
            call_back_at=row.last_call_back_at,
            call_times=call_times(row),
            pace=pace_of(row, row.submitted_at, programme.terms if programme else None, on=self.on),
            lacks_proof=row.pk in self._lacking,
        )


def state_of(application: Application, *, call_again: bool) -> str:
    """In which of `STATES` an application counts. `call_again`: the latest call was in vain or promised another."""
    if application.status == Application.Status.RESUBMITTED:
        return "back"
    if application.status in Application.TO_CALL:
        if application.assignee_id is None:
            return "new"
        return "again" if call_again else "call"
    return {Application.Status.RECOMMENDED: "decide", Application.Status.RETURNED: "returned"}.get(
        application.status, ""
    )


def _programmes_at_work() -> Mapping[int, Programme]:
    """What the open applications were handed in under, by the key of the version."""
    at_work = Application.objects.filter(OPEN).values("programme_version")
    return {version.pk: programme_of(version) for version in ProgrammeVersion.objects.filter(pk__in=at_work)}


def _rows(which: Q) -> QuerySet[Application]:
    return (
        _with_latest_call(Application.objects.all())
        .filter(which)
        .select_related("birth__household", "assignee", "hearing", "decision", "proxy")
    )


def _with_latest_call(applications: QuerySet[Application]) -> QuerySet[Application]:
    latest = PhoneCall.objects.filter(application=OuterRef("pk")).order_by("-at", "-pk")
    return applications.annotate(
        last_reached=Coalesce(Subquery(latest.values("reached")[:1]), Value(value=True)),
        last_call_back_at=Subquery(latest.values("call_back_at")[:1]),
    )
