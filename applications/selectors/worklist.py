"""The centre's list: what waits for whom, most urgent first. A fixed number of queries, however long the list is."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from applications.models import Application, Household, PhoneCall
from postpartum_portal.shared import clock, text
from postpartum_portal.shared.forms import KanaField

from .summary import call_times

ROWS_A_PAGE = 30
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


STATES = (
    State("open", "すすめる", Q(status__in=Application.OPEN)),
    State("new", "新着", TO_CALL & ~IN_CHARGE),
    State("call", "電話する", TO_CALL & IN_CHARGE & ~CALL_AGAIN),
    State("again", "かけ直し", TO_CALL & IN_CHARGE & CALL_AGAIN),
    State("back", "再提出", BACK),
    State("decide", "決定待ち", Q(status=Application.Status.RECOMMENDED)),
    State("returned", "差し戻し", Q(status=Application.Status.RETURNED)),
)
NO_OFFICE = "-"  # no code begins so
TODAY, TODAY_LABEL = "today", "きょう決定"


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


@dataclass(frozen=True, slots=True)
class Tab:
    """A state, and how many applications are in it."""

    code: str
    label: str
    count: int


def tabs(*, on: dt.date, office: str = "") -> tuple[Tab, ...]:
    """The counts above the list, of an office where one is named. Two queries."""
    open_ones = _with_latest_call(Application.objects.filter(STATES[0].waiting, _at(office)))
    counts = open_ones.aggregate(**{state.code: Count("pk", filter=state.waiting) for state in STATES})
    today = Application.objects.filter(_at(office), decision__decided_on=on).count()
    return (*(Tab(state.code, state.label, counts[state.code]) for state in STATES), Tab(TODAY, TODAY_LABEL, today))


def worklist(*, state: str, now: dt.datetime, page: str | int = 1, office: str = "") -> Page[Entry]:
    """One page of the applications in a state (a `Tab.code`; an unknown one is すすめる), most urgent first.

    `office`: the code of the office in charge, `NO_OFFICE` for those who have named none, "" for all.

    First whom somebody promised to call back by the end of today, by the hour; then by how long they have waited.
    """
    if state == TODAY:
        on = clock.day_of(now)
        return _page(_rows(Q(decision__decided_on=on) & _at(office)).order_by("-decision__decided_at", "pk"), page)
    waiting = next((item.waiting for item in STATES if item.code == state), STATES[0].waiting)
    midnight = (now.astimezone(clock.TOKYO) + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    promised = Case(When(last_call_back_at__lt=midnight, then=Value(value=True)), output_field=BooleanField())
    urgent = _rows(waiting & _at(office)).annotate(promised=Coalesce(promised, Value(value=False)))
    by_the_hour = Case(When(promised=True, then="last_call_back_at"))
    return _page(urgent.order_by("-promised", by_the_hour, "submitted_at", "pk"), page)


def found(words: str, *, page: str | int = 1) -> Page[Entry]:
    """Applications by name, reading, phone or number, decided ones too; width, hyphens and kana do not matter."""
    return _page(_rows(_matching(words)).order_by("-submitted_at", "pk"), page)


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


def is_of(own: str, office: str) -> bool:
    """Whether a family with this office in charge ("": it has named none) belongs to a list narrowed to `office`."""
    return not office or own == _code(office)


def _at(office: str) -> Q:
    return Q(birth__household__office=_code(office)) if office else Q()


def _code(office: str) -> str:
    """As a household keeps it."""
    return "" if office == NO_OFFICE else office


def _matching(words: str) -> Q:
    folded = text.fold(words)
    matching = Q(birth__household__name__contains=words.strip()) | Q(number=folded.upper())
    with suppress(ValidationError):  # not a reading
        matching |= Q(birth__household__kana__startswith=KanaField().clean(words))
    with suppress(text.TextError):  # not a phone number
        matching |= Q(birth__household__phone=text.normalise_phone(words))
    return matching & ~Q(status=Application.Status.DRAFT)


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


def _page(rows: QuerySet[Application], page: str | int) -> Page[Entry]:
    shown: Page[Any] = Paginator(rows, ROWS_A_PAGE).get_page(page)
    shown.object_list = [_entry(row) for row in shown.object_list]
    return shown


def _entry(row: Any) -> Entry:
    """`row` is a submitted application with its latest call."""
    call_again = not row.last_reached or row.last_call_back_at is not None
    state = state_of(row, call_again=call_again)
    return Entry(row, row.birth.household, row.submitted_at, state, row.last_call_back_at, call_times(row))
