"""What happened to applications in a span of days, counted by the database. `docs/numbers.md` says what counts when."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate, TruncMonth

from applications.models import Application, CouponReturn, Decision, Letter, Pool
from eligibility import engine
from eligibility.public import ProgrammeVersion, programme_of
from postpartum_portal.shared.span import Span
from postpartum_portal.shared.wareki import TOKYO

from .records import findings_from_json

DATES = ("received_on", "decided_on", "application__programme_version")
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
    """Decisions of one day about applications of one day. `late`: None where no time is promised."""

    month: dt.date
    outcome: str
    days: int
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


def received(span: Span) -> list[Received]:
    """One query."""
    rows = _handed_in(span).annotate(month=TruncMonth("submitted_at", tzinfo=TOKYO))
    counted = rows.order_by().values_list("month", "channel", "status").annotate(number=Count("pk"))
    return [Received(month.date(), channel, status, number) for month, channel, status, number in counted]


def waited(span: Span) -> list[Waited]:
    """Days from the day of receipt to that of the decision, and whether the promised time was kept. Two queries."""
    rows = list(_dated(_decided(span)).order_by().values_list(*DATES, "outcome").annotate(n=Count("pk")))
    promised = _Promised({version for _, _, version, _, _ in rows})
    return [
        Waited(decided.replace(day=1), outcome, (decided - begun).days, promised.late(begun, decided, version), n)
        for begun, decided, version, outcome, n in rows
    ]


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
    begun = {"entitlement__created_at__gte": span.begins, "entitlement__created_at__lt": span.ends}
    returned: Counter[str] = Counter()
    for units in CouponReturn.objects.filter(**begun, undone_at=None).values_list("units", flat=True):
        returned.update(units)
    pools = Pool.objects.filter(**begun)
    counted = pools.order_by("code").values("code")
    sums = counted.annotate(families=Count("pk"), granted=Sum("limit"), taken=Sum("used"))
    return [
        PoolUse(
            row["code"], row["families"], row["granted"] + returned[row["code"]], row["taken"], returned[row["code"]]
        )
        for row in sums
    ]


def applications_counted(span: Span, chosen: Mapping[str, str]) -> QuerySet[Application]:
    """The applications behind a figure. `chosen` narrows as the figure does: `of` received, decided or refused;
    month, channel, status, outcome, late, ground.
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
    rows = list(_dated(decisions).values_list(*DATES, "pk"))
    promised = _Promised({version for _, _, version, _ in rows})
    return [pk for begun, decided_on, version, pk in rows if promised.late(begun, decided_on, version)]


def _dated(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    return decisions.annotate(received_on=TruncDate("application__submitted_at", tzinfo=TOKYO))


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
