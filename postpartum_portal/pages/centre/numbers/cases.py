"""The cases behind a figure, a line each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, OuterRef, Subquery

from applications.public import Application, application_numbers
from facilities.public import Booking, bookings_counted
from postpartum_portal.shared.span import Span
from postpartum_portal.shared.yen import Yen, format_yen

ROWS_A_PAGE = 50
BOOKINGS = "bookings"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """`case` is the number of the application by which the case page is found; `price`: yen, or who knows it."""

    row: Model
    case: str
    number: str
    name: str
    what: str
    where: str
    first: dt.date | dt.datetime
    last: dt.date | None
    state: str
    price: str = ""


def case_lines(
    span: Span, chosen: Mapping[str, str], services: Mapping[str, str], *, page: str
) -> tuple[Page[Any], list[CaseLine]]:
    if chosen.get("of") == BOOKINGS:
        found = Paginator(_with_case(bookings_counted(span, chosen)), ROWS_A_PAGE).get_page(page)
        return found, [_booking_line(row, services) for row in found.object_list]
    rows = application_numbers.applications_counted(span, chosen).select_related("birth__household", "decision")
    found = Paginator(rows, ROWS_A_PAGE).get_page(page)
    return found, [_application_line(row) for row in found.object_list]


def _with_case(bookings: Any) -> Any:
    latest = Application.objects.filter(birth=OuterRef("entitlement__birth")).exclude(number="").order_by("-pk")
    related = bookings.select_related("facility", "entitlement__birth__household")
    return related.annotate(case=Subquery(latest.values("number")[:1]))


def _booking_line(row: Any, services: Mapping[str, str]) -> CaseLine:
    return CaseLine(
        row=row,
        case=row.case or "",
        number=row.number,
        name=row.entitlement.birth.household.name,
        what=services.get(row.service, row.service),
        where=row.facility.name,
        first=row.first_day,
        last=row.last_day,
        state=row.status_label,
        price=_price(row),
    )


def _price(booking: Booking) -> str:
    total = booking.quote.get("total")
    return format_yen(Yen(total)) if isinstance(total, int) else "公表されていない"


def _application_line(row: Any) -> CaseLine:
    decision = getattr(row, "decision", None)
    return CaseLine(
        row=row,
        case=row.number,
        number=row.number,
        name=row.birth.household.name,
        what=row.get_channel_display(),
        where="",
        first=row.submitted_at,
        last=decision.decided_on if decision else None,
        state=row.status_label,
    )
