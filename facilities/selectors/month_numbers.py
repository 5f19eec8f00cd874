"""委託料, what mothers paid and what the municipality bears: of months that its centre has accepted, and no others."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from facilities.models import MonthLine, MonthReport
from postpartum_portal.shared.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSums:
    """Lines that claim something, corrections of earlier months included, and whole yen."""

    number: int
    price: int
    collected: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(ClaimSums):
    """Those of one service in one month; the month is that of the claim."""

    month: dt.date
    service: str


def claimed(span: Span) -> list[Claimed]:
    """One query."""
    found: Any = claim_lines(span, {}).order_by().values("service", month=F("report__month")).annotate(**_sums())
    return [Claimed(**row) for row in found]


def claim_lines(span: Span, chosen: Mapping[str, str]) -> QuerySet[MonthLine]:
    """The lines behind a figure; `chosen` may name a `service`, and a `month` by its first day (ISO)."""
    within = span.month(chosen.get("month", ""))
    rows = MonthLine.objects.filter(
        report__status__in=MonthReport.SETTLED,
        report__month__gte=within.first,
        report__month__lte=within.last,
        public_share__isnull=False,
    )
    return (rows.filter(service=chosen["service"]) if "service" in chosen else rows).order_by("report__month", "pk")


def claim_sums(lines: QuerySet[MonthLine]) -> ClaimSums:
    """One query."""
    found = lines.order_by().aggregate(**_sums())
    return ClaimSums(**{name: value or 0 for name, value in found.items()})


def _sums() -> dict[str, Count | Sum]:
    return {
        "number": Count("pk"),
        "price": Sum("price"),
        "collected": Sum("collected"),
        "share": Sum("public_share"),
    }
