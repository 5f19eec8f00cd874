"""Uses in a span of days, counted by the database: what the office and the state ask for.

A booking counts whole in the month of its first day. `docs/numbers.md` says what counts when.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, ExtractDay, ExtractMonth, ExtractYear, TruncMonth

from facilities.models import Booking, Facility
from postpartum_portal.shared.span import Span

OLDER_FROM = 4
"""Months of age from which the state's subsidy counts a child apart (4か月以上の受入れ)."""

KEYS = ("month", "service", "facility", "status", "household", "reduced", "multiples", "older", "siblings")
NO_CLASS = "-"
"""Of a use whose price was kept without one; a code, so that a link can narrow to it."""
BOOLEANS = frozenset({"reduced", "multiples", "older", "siblings"})
GIVEN_UP = Q(status__in=sorted(set(Booking.Status.values) - Booking.LIVE - {Booking.Status.ATTENDED}))
SPENT = GIVEN_UP & Q(consequence__has_key="counted") & ~Q(consequence__counted={})
UNKNOWN = {
    "price": Q(quote__total__has_key="reason"),
    "public": Q(quote__public__isnull=True) | Q(quote__public=None),  # not kept, or kept as not known
    "fee": GIVEN_UP & Q(consequence__total__has_key="reason"),
}
"""Which bookings have an amount that nobody has published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Figures of some bookings.

    Yen are sums over those whose amount is known; `unpublished` and `public_unknown` count the others. `yen` is what
    she pays for the use, `public` what reductions and the public share took off, `fee` what a cancellation or a
    no-show cost her, `fee_unpublished` how many cost what nobody has published; `spent`: how many of those given up
    counted as used. `families`: one for each birth; they cannot be added up from parts.
    """

    number: int
    families: int
    days: int
    yen: int
    unpublished: int
    public: int
    public_unknown: int
    fee: int
    fee_unpublished: int
    spent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses(Sums):
    """Bookings that are alike in all that is asked about; `older`: the child was `OLDER_FROM` months or older on the
    first day; `siblings`: others came along.
    """

    month: dt.date
    service: str
    facility: int
    status: str
    household: str
    reduced: bool
    multiples: bool
    older: bool
    siblings: bool


@dataclass(frozen=True, slots=True)
class People:
    """Families (one for each birth) with a use that took place; None stands for all."""

    service: str | None
    household: str | None
    reduced: bool | None
    number: int


def uses(span: Span) -> list[Uses]:
    """One query, however many bookings there are."""
    rows = _rows(span).order_by().values(*KEYS).annotate(**_sums())
    return [Uses(**_figures(row), **{key: row[key] for key in KEYS}) for row in rows]


def people(span: Span) -> list[People]:
    """Three queries: families cannot be added up from parts, since one may have uses in several."""
    attended = _rows(span).filter(status=Booking.Status.ATTENDED).order_by()
    families = Count("entitlement", distinct=True)
    parts = attended.values_list("service", "household", "reduced").annotate(n=families)
    services = attended.values_list("service").annotate(n=families)
    whole = attended.aggregate(n=families)["n"]
    return [
        *(People(service, household, reduced, n) for service, household, reduced, n in parts),
        *(People(service, None, None, n) for service, n in services),
        People(None, None, None, whole),
    ]


def bookings_counted(span: Span, chosen: Mapping[str, str]) -> QuerySet[Booking]:
    """The bookings behind a figure, with the keys that it was counted by.

    `chosen` names some of `KEYS` as text, `unknown` (one of `UNKNOWN`) and `spent`.
    """
    narrowed: dict[str, Any] = {key: chosen[key] for key in KEYS if key != "month" and key in chosen}
    for key in BOOLEANS & narrowed.keys():
        narrowed[key] = narrowed[key] == "1"
    if not str(narrowed.get("facility", 0)).isdecimal():
        return Booking.objects.none()
    rows = _rows(span.month(chosen.get("month", "")))
    if statuses := narrowed.pop("status", ""):
        rows = rows.filter(status__in=statuses.split(","))
    if unknown := UNKNOWN.get(chosen.get("unknown", "")):
        rows = rows.filter(unknown)
    if chosen.get("spent"):
        rows = rows.filter(SPENT)
    return rows.filter(**narrowed).order_by("first_day", "pk")


def sums_of(bookings: QuerySet[Booking]) -> Sums:
    """One query."""
    return Sums(**_figures(bookings.order_by().aggregate(**_sums())))


def facility_names(codes: Iterable[int]) -> dict[int, str]:
    return dict(Facility.objects.filter(pk__in=set(codes)).values_list("pk", "name"))


def _rows(span: Span) -> QuerySet[Any]:
    rows = Booking.objects.filter(first_day__gte=span.first, first_day__lte=span.last).annotate(
        months_old=_months_old()
    )
    return rows.annotate(
        month=TruncMonth("first_day"),
        household=Coalesce(KT("quote__class"), Value(NO_CLASS), output_field=CharField()),
        reduced=_whether(Q(quote__reduced=True)),
        multiples=_whether(Q(entitlement__birth__children__gt=1)),
        older=_whether(Q(entitlement__birth__born_on__isnull=False, months_old__gte=OLDER_FROM)),
    )


def _months_old() -> Any:
    """Whole months from the birth to the first day, as `engine.reaches` counts them: a month is full on its
    corresponding day or, where it has none, on the day after its last.
    """
    born = "entitlement__birth__born_on"
    months = (ExtractYear("first_day") - ExtractYear(born)) * 12 + ExtractMonth("first_day") - ExtractMonth(born)
    not_full = Case(When(first_day__day__lt=ExtractDay(born), then=1), default=0, output_field=IntegerField())
    return ExpressionWrapper(months - not_full, output_field=IntegerField())


def _sums() -> dict[str, Any]:
    return {
        "number": Count("pk"),
        "families": Count("entitlement", distinct=True),
        "nights": Sum(F("last_day") - F("first_day"), output_field=DurationField()),
        "yen": Sum(_yen("quote__total")),
        "unpublished": Count("pk", filter=UNKNOWN["price"]),
        "public": Sum(_taken_off()),
        "public_unknown": Count("pk", filter=UNKNOWN["public"]),
        "fee": Sum(_yen("consequence__total"), filter=GIVEN_UP),
        "fee_unpublished": Count("pk", filter=UNKNOWN["fee"]),
        "spent": Count("pk", filter=SPENT),
    }


def _yen(path: str) -> Case:
    """Where it is a number; what is not published is an object with its reason."""
    return Case(When(**{f"{path}__has_key": "reason"}, then=None), default=Cast(KT(path), IntegerField()))


def _taken_off() -> Case:
    return Case(When(UNKNOWN["public"], then=None), default=Cast(KT("quote__public"), IntegerField()))


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    """What `_sums` asked for, of no bookings too."""
    figures = {name: row[name] or 0 for name in Sums.__dataclass_fields__ if name != "days"}
    return figures | {"days": (row["nights"].days if row["nights"] else 0) + row["number"]}


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
