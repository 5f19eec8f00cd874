"""The cases behind a figure: a line each, and above them what all of them add up to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, OuterRef, Subquery

from applications.public import Application, application_numbers
from facilities.public import bookings_counted, case_numbers, claim_lines, claim_sums, sums_of
from postpartum_portal.shared.span import Span
from postpartum_portal.shared.yen import Yen, format_yen

from .labels import Labels

ROWS_A_PAGE = 50
UNPUBLISHED = "公表されていない"
SUMS = {
    "number": ("", "件"),
    "families": ("", "家庭"),
    "days": ("", "日"),
    "yen": ("本人の負担", "円"),
    "unpublished": ("本人の負担が公表されていないもの", "件"),
    "public": ("減免と公費", "円"),
    "fee": ("取り消しや来所なしでかかったお金", "円"),
    "price": ("委託料", "円"),
    "collected": ("利用者負担", "円"),
    "share": ("市の負担", "円"),
    "granted": ("認めた数", ""),
    "used": ("使った・予約した数", ""),
    "returned": ("転出で返された数", ""),
    "left": ("のこり", ""),
}
"""Name of a figure → what stands before and behind its number, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Sum:
    name: str
    value: int

    @property
    def text(self) -> str:
        before, unit = SUMS[self.name]
        return f"{before} {self.value:,}{unit}".strip()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of cases. `sums` are those of all pages; `read`: what is written down as read by who opens the page."""

    template: str
    what: str
    page: Page[Any]
    lines: list[dict[str, Any]]
    sums: list[Sum]
    read: list[Model]


def cases_behind(span: Span, chosen: Mapping[str, str], labels: Labels, *, page: str) -> Found:
    """What a link of a figure asks for: `of` bookings, claims, pools, or applications received or decided."""
    match chosen.get("of"):
        case "bookings":
            return _bookings(span, chosen, labels, page)
        case "pools":
            return _pools(span, chosen, labels, page)
        case "claims":
            return _claims(span, chosen, page)
    return _applications(span, chosen, page)


def with_case(rows: Any) -> Any:
    """Rows of an entitlement, each with its family and `case`: the number under which the case page is found."""
    latest = Application.objects.filter(birth=OuterRef("entitlement__birth")).exclude(number="").order_by("-pk")
    return rows.select_related("entitlement__birth__household").annotate(case=Subquery(latest.values("number")[:1]))


def _bookings(span: Span, chosen: Mapping[str, str], labels: Labels, page: str) -> Found:
    rows = bookings_counted(span, chosen)
    found = Paginator(with_case(rows).select_related("facility"), ROWS_A_PAGE).get_page(page)
    lines = [
        {
            "row": row,
            "household": row.entitlement.birth.household,
            "service": labels.services.get(row.service, row.service),
            "days": (row.last_day - row.first_day).days + 1,
            "price": _yen(row.quote.get("total")),
            "public": _yen(row.quote.get("public")),
            "fee": _yen(row.consequence["total"]) if "total" in row.consequence else "",
        }
        for row in found.object_list
    ]
    sums = _sums(asdict(sums_of(rows)))
    return Found("centre/numbers/_bookings.html", "予約", found, lines, sums, list(found.object_list))


def _claims(span: Span, chosen: Mapping[str, str], page: str) -> Found:
    rows = claim_lines(span, chosen)
    related = rows.select_related("report", "facility", "booking__entitlement__birth__household")
    found = Paginator(related, ROWS_A_PAGE).get_page(page)
    births = {row.booking.entitlement.birth_id: row.booking.entitlement.birth for row in found.object_list}
    cases = case_numbers(births)
    lines = [
        {"row": row, "household": birth.household, "case": cases.get(birth.pk)}
        for row in found.object_list
        for birth in (births[row.booking.entitlement.birth_id],)
    ]
    sums = _sums(asdict(claim_sums(rows)))
    return Found("centre/numbers/_claims.html", "明細", found, lines, sums, [row.booking for row in found.object_list])


def amount(kept: Any) -> int | str:
    """Yen as a booking keeps them; what is not published, or was not kept, is words and never 0."""
    return kept if isinstance(kept, int) else UNPUBLISHED


def _yen(kept: Any) -> str:
    yen = amount(kept)
    return yen if isinstance(yen, str) else format_yen(Yen(yen))


def _pools(span: Span, chosen: Mapping[str, str], labels: Labels, page: str) -> Found:
    found = Paginator(with_case(application_numbers.pools_counted(span, chosen)), ROWS_A_PAGE).get_page(page)
    rows = list(found.object_list)
    uses = application_numbers.each_pool(rows, span)
    lines = [
        {
            "row": row,
            "household": row.entitlement.birth.household,
            "label": labels.pools.get(row.code, row.code),
            "use": use,
        }
        for row, use in zip(rows, uses, strict=True)
    ]
    names = ("families", "granted", "used", "returned", "left")
    whole = [use for use in application_numbers.pool_uses(span) if use.code == chosen.get("pool")]
    sums = _sums({name: getattr(use, name) for use in whole for name in names})
    return Found("centre/numbers/_pools.html", "枠", found, lines, sums, [row.entitlement for row in rows])


def _applications(span: Span, chosen: Mapping[str, str], page: str) -> Found:
    rows = application_numbers.applications_counted(span, chosen)
    related: Any = rows.select_related("birth__household", "decision", "imported")
    found = Paginator(related, ROWS_A_PAGE).get_page(page)
    lines = [
        {
            "row": row,
            "household": row.birth.household,
            "decided_on": row.decision.decided_on if hasattr(row, "decision") else None,
            "days": application_numbers.days_waited(row),
        }
        for row in found.object_list
    ]
    sums = _sums({"number": found.paginator.count})
    return Found("centre/numbers/_applications.html", "申請", found, lines, sums, list(found.object_list))


def _sums(figures: Mapping[str, int]) -> list[Sum]:
    """In the order of the page; what is nothing is left out."""
    return [Sum(name, figures[name]) for name in SUMS if figures.get(name)]
