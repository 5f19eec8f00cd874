"""The waiting list as its facility sees it: for which days, in which order, and why somebody was passed over.

Nobody's name: who waits has no booking yet. Nothing here is moved by hand; the order is that of asking.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eligibility.engine.wording import span
from eligibility.public import programme_of
from facilities.models import Facility, Waiting
from postpartum_portal.shared.models import Event

from .waiting_chance import NO_PLACE

PASSED = "waiting.skipped"
FULL = "待っている日のどこかに、空きがありませんでした。"
AGAINST_A_RULE = "そのときは、この方ののこりやきまりに合いませんでした。"


@dataclass(frozen=True, slots=True)
class Passed:
    """Once that somebody further down was offered days first, and why."""

    at: dt.datetime
    why: str


@dataclass(frozen=True, slots=True)
class InLine:
    """`turn`: 1 for who is asked first; `until`: the end of an offer that stands; `when`: 3月11日(水)〜13日(金)."""

    turn: int
    when: str
    service: str
    municipality: str
    asked_at: dt.datetime
    until: dt.datetime | None
    passed: tuple[Passed, ...]


def line_at(facility: Facility) -> tuple[InLine, ...]:
    """All who wait or are offered days, who asked first at the top, kind of place by kind of place."""
    rows = list(
        Waiting.objects.filter(facility=facility, status__in=Waiting.LIVE)
        .select_related("municipality", "entitlement__programme_version")
        .order_by("place", "asked_at", "pk")
    )
    passed, turns = _passed(rows), defaultdict[str, int](int)
    found = []
    for row in rows:
        turns[row.place] += 1
        found.append(_entry(row, turns[row.place], passed[row.pk]))
    return tuple(found)


def count_in_line(facility: Facility) -> int:
    return Waiting.objects.filter(facility=facility, status__in=Waiting.LIVE).count()


def _entry(row: Waiting, turn: int, passed: Sequence[Passed]) -> InLine:
    service = programme_of(row.entitlement.programme_version).terms.service(row.service)
    return InLine(
        turn=turn,
        when=span(row.first_day, row.last_day),
        service=service.short_label,
        municipality=row.municipality.name,
        asked_at=row.asked_at,
        until=row.offered_until if row.status == Waiting.Status.OFFERED else None,
        passed=tuple(passed),
    )


def _passed(rows: Iterable[Waiting]) -> defaultdict[int, list[Passed]]:
    """Id → when and why she was passed over, the latest first."""
    found: defaultdict[int, list[Passed]] = defaultdict(list)
    kind = Waiting._meta.model_name
    events = Event.objects.filter(verb=PASSED, subject_kind=kind, subject_id__in=[row.pk for row in rows])
    for event in events.order_by("-at", "-pk"):
        why = FULL if event.data.get("reason") == NO_PLACE else AGAINST_A_RULE
        found[event.subject_id].append(Passed(event.at, why))
    return found
