"""What happened to applications in a span of days, counted by the database. `docs/numbers.md` says what counts when."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate, TruncMonth

from applications.models import Application, CouponReturn, Decision, Letter, Pool
from eligibility import engine
from eligibility.public import ProgrammeVersion, programme_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.span import Span
from postpartum_portal.shared.wareki import TOKYO

from .records import findings_from_json

DATES = ("received_on", "decided_on", "application__programme_version")
TAKEN_OVER = Q(application__imported__isnull=False)
"""Decided on paper before the portal: when those applications came is not known here."""
NO_FINDING = "-"
"""Stands for the code of a finding where a refusal rests on none."""


@dataclass(frozen=True, slots=True)
class Received:
    """Applications handed in within a month (its first day), by the way they came and where they stand now."""

    month: dt.date
    channel: str
    status: str
    number: int


@dataclass(frozen=True, slots=True)
class Waited:
    """Decisions of one day about applications of one day.

    `days`: None where the approval was taken over. `late`: None there too, and where no time is promised.
    """

    month: dt.date
    outcome: str
    days: int | None
    late: bool | None
    number: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A finding that stood against applications that were refused; `NO_FINDING`, without a title, where none did."""

    code: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Units of a pool that families were given, how many of them are booked or used by now, and how many came back as
    coupons of families that moved away.
    """

    code: str
    families: int
    granted: int
    used: int
    returned: int = 0

    @property
    def left(self) -> int:
        return self.granted - self.used - self.returned


def received(span: Span) -> list[Received]:
    """One query."""
    rows = _handed_in(span).annotate(month=TruncMonth("submitted_at", tzinfo=TOKYO))
    counted = rows.order_by().values_list("month", "channel", "status").annotate(number=Count("pk"))
    return [Received(month.date(), channel, status, number) for month, channel, status, number in counted]


def waited(span: Span) -> list[Waited]:
    """Days from the day of receipt to that of the decision, and whether the promised time was kept. Three queries."""
    taken_over = _decided(span).filter(TAKEN_OVER).order_by().values_list("decided_on", "outcome")
    known = _dated(_decided(span).exclude(TAKEN_OVER)).order_by().values_list(*DATES, "outcome")
    rows = list(known.annotate(n=Count("pk")))
    promised = _Promised({version for _, _, version, _, _ in rows})
    return [
        *(Waited(on.replace(day=1), outcome, None, None, n) for on, outcome, n in taken_over.annotate(n=Count("pk"))),
        *(
            Waited(on.replace(day=1), outcome, (on - begun).days, promised.late(begun, on, version), n)
            for begun, on, version, outcome, n in rows
        ),
    ]


def days_waited(application: Application) -> int | None:
    """Calendar days from its receipt to its decision; None without one, and for an approval that was taken over."""
    decision = getattr(application, "decision", None)
    if decision is None or application.submitted_at is None or hasattr(application, "imported"):
        return None
    return int((decision.decided_on - clock.day_of(application.submitted_at)).days)


def grounds(span: Span) -> list[Ground]:
    """Refusals by what stood against them, the most frequent first; one refusal may rest on several. One query."""
    titles: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for _, found in _refusals(span):
        numbers.update(found.keys())
        titles |= found
    return [Ground(code, titles[code], number) for code, number in numbers.most_common()]


def pool_uses(span: Span) -> list[PoolUse]:
    """Of the entitlements that began within the span, by pool; coupons that came back were granted too. Two queries."""
    came_back: Counter[str] = Counter()
    for units in _came_back(span).values():
        came_back.update(units)
    pools = pools_counted(span, {}).order_by("code").values_list("code")
    sums = pools.annotate(families=Count("pk"), granted=Sum("limit"), taken=Sum("used"))
    return [
        PoolUse(code, families, granted + came_back[code], used, came_back[code])
        for code, families, granted, used in sums
    ]


def pools_counted(span: Span, chosen: Mapping[str, str]) -> QuerySet[Pool]:
    """The pools behind a figure; `chosen` narrows by `pool`, a code."""
    begun = {"entitlement__created_at__gte": span.begins, "entitlement__created_at__lt": span.ends}
    named = {"code": chosen["pool"]} if "pool" in chosen else {}
    return Pool.objects.filter(**begun, **named).order_by("entitlement__created_at", "pk")


def each_pool(pools: Iterable[Pool], span: Span) -> list[PoolUse]:
    """Each pool of a list by itself. One query."""
    came_back = _came_back(span)
    found = []
    for pool in pools:
        returned = came_back.get(pool.entitlement_id, {}).get(pool.code, 0)
        found.append(PoolUse(pool.code, 1, pool.limit + returned, pool.used, returned))
    return found


def applications_counted(span: Span, chosen: Mapping[str, str]) -> QuerySet[Application]:
    """The applications behind a figure. `chosen` narrows as the figure does: `of` received or decided;
    month, channel, status, outcome, late, ground, taken_over.
    """
    of = chosen.get("of", "received")
    if of == "received":
        rows = _handed_in(span.month(chosen.get("month", "")))
        narrowed = {key: chosen[key] for key in ("channel", "status") if chosen.get(key)}
        return rows.filter(**narrowed).order_by("submitted_at", "pk")
    decisions = _decided(span.month(chosen.get("month", "")))
    if outcome := chosen.get("outcome"):
        decisions = decisions.filter(outcome=outcome)
    if ground := chosen.get("ground"):
        refused = [pk for pk, found in _refusals(span) if ground in found]
        decisions = decisions.filter(pk__in=refused)
    if "taken_over" in chosen:
        taken_over = TAKEN_OVER if chosen["taken_over"] == "1" else ~TAKEN_OVER
        decisions = decisions.filter(taken_over)
    if "late" in chosen:
        decisions = decisions.filter(pk__in=_late(decisions))
    return Application.objects.filter(decision__in=decisions).order_by("decision__decided_on", "pk")


def letters_counted(span: Span) -> QuerySet[Any]:
    """The register: every number given within the span; `case` is the number of the application it is about."""
    about = Application.objects.filter(pk=OuterRef("subject_id")).values("number")
    case = Case(When(subject_kind=Letter.Subject.APPLICATION, then=Subquery(about[:1])), default=Value(""))
    given = Letter.objects.filter(created_at__gte=span.begins, created_at__lt=span.ends).defer("snapshot")
    return given.annotate(case=case).select_related("household").order_by("fiscal_year", "series", "number")


class _Promised:
    """Whether decisions came within the time that each version promises; each day is reckoned once."""

    def __init__(self, versions: set[int]) -> None:
        rows = ProgrammeVersion.objects.in_bulk(versions)
        self.terms = {pk: programme_of(version).terms for pk, version in rows.items()}
        self.ready: dict[tuple[dt.date, int], dt.date | None] = {}

    def late(self, received_on: dt.date, decided_on: dt.date, version: int) -> bool | None:
        key = received_on, version
        if key not in self.ready:
            terms = self.terms[version]
            takes = terms.application.takes
            self.ready[key] = engine.ready_day(received_on, takes, terms.office_days) if takes else None
        ready = self.ready[key]
        return None if ready is None else decided_on > ready


def _late(decisions: QuerySet[Decision]) -> list[int]:
    rows = list(_dated(decisions.exclude(TAKEN_OVER)).values_list(*DATES, "pk"))
    promised = _Promised({version for _, _, version, _ in rows})
    return [pk for begun, decided_on, version, pk in rows if promised.late(begun, decided_on, version)]


def _dated(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    return decisions.annotate(received_on=TruncDate("application__submitted_at", tzinfo=TOKYO))


def _came_back(span: Span) -> dict[int, dict[str, int]]:
    """Entitlement → pool code → units, of coupons that came back to the entitlements that began within the span."""
    begun = {"entitlement__created_at__gte": span.begins, "entitlement__created_at__lt": span.ends}
    return dict(CouponReturn.objects.filter(**begun, undone_at=None).values_list("entitlement", "units"))


def _handed_in(span: Span) -> QuerySet[Application]:
    handed_in = Application.objects.exclude(status=Application.Status.DRAFT)
    return handed_in.filter(submitted_at__gte=span.begins, submitted_at__lt=span.ends)


def _decided(span: Span) -> QuerySet[Decision]:
    return Decision.objects.filter(decided_on__gte=span.first, decided_on__lte=span.last)


def _refusals(span: Span) -> list[tuple[int, dict[str, str]]]:
    """Each refusal with the codes and titles of what stood against it as a whole or, failing that, some services."""
    refused = _decided(span).filter(outcome=Decision.Outcome.REFUSED)
    return [(pk, _against(kept)) for pk, kept in refused.values_list("pk", "findings")]


def _against(kept: list[dict[str, Any]]) -> dict[str, str]:
    found = [finding for finding in findings_from_json(kept) if finding.against]
    whole = [finding for finding in found if not finding.services]
    return {item.code: item.title for item in whole or found} or {NO_FINDING: ""}
