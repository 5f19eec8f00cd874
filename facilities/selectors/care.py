"""Care as it was written down: for the facility by days and versions, for the centre what was handed over."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from applications.public import Application, Birth, Household
from facilities.models import Booking, CareRecord

from .uses import terms_reader

SAFETY = {
    "supine": "仰向けに寝かせた",
    "breathing": "呼吸を目で見て確かめた",
    "not_alone": "一人にしなかった",
}
"""What the national guidance of 2024-10 asks for wherever a child is looked after; a sensor does not replace it."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a facility hands over to the centre, with the record it belongs to. `application`: her latest one."""

    record: CareRecord
    facility: str
    service: str
    checks: tuple[tuple[str, str], ...]
    application: Application | None = None

    @property
    def household(self) -> Household:
        return self.record.booking.entitlement.birth.household

    @property
    def waits(self) -> bool:
        """Whether nobody at the centre has said to have seen it."""
        return self.record.seen_at is None


@dataclass(frozen=True, slots=True)
class CareVersion:
    """A record as its facility reads it: words, and no row from which a template could follow a key."""

    at: dt.datetime
    by: str
    seen_at: dt.datetime | None
    mother: str
    child: str
    care: str
    checks: tuple[tuple[str, str], ...]
    handover: str
    asks_call: bool


def version_told(record: CareRecord) -> CareVersion:
    return CareVersion(
        at=record.at,
        by=str(record.by),
        seen_at=record.seen_at,
        mother=record.mother,
        child=record.child,
        care=record.care,
        checks=checks_told(record),
        handover=record.handover,
        asks_call=record.asks_call,
    )


def has_child(birth: Birth) -> bool:
    """Whether a record may speak of a child."""
    return birth.outcome != Birth.Outcome.LOST


def care_of_day(booking: Booking, day: dt.date) -> tuple[CareRecord, ...]:
    """All versions, the one that holds first."""
    rows = CareRecord.objects.filter(booking=booking, day=day).select_related("by", "seen_by")
    return tuple(rows.order_by("-version"))


def days_of_care(booking: Booking) -> tuple[dt.date, ...]:
    """Those of which something is written down."""
    return tuple(CareRecord.objects.filter(booking=booking).order_by("day").values_list("day", flat=True).distinct())


def checks_told(record: CareRecord) -> tuple[tuple[str, str], ...]:
    """(呼吸を目で見て確かめた, 10:30、11:00) for each check that was made."""
    return tuple((label, "、".join(record.checks[code])) for code, label in SAFETY.items() if record.checks.get(code))


def handovers_of(birth: Birth) -> tuple[Handover, ...]:
    """Those about a family, the latest day first; the scope is the centre's."""
    rows = _handed_over(CareRecord.objects.filter(booking__entitlement__birth=birth))
    return tuple(_told(rows.order_by("-day", "-pk")))


def handover_numbered(pk: int) -> Handover | None:
    """The one with this record, if it still holds; the scope is the centre's."""
    return next(_told(_handed_over(CareRecord.objects.filter(pk=pk))), None)


def handovers_waiting() -> list[Handover]:
    """Those of all families that nobody has seen: who is to be called first. The scope is the centre's."""
    rows = _handed_over(CareRecord.objects.filter(seen_at=None)).order_by("-asks_call", "day", "pk")
    return list(_told(rows))


def _handed_over(records: QuerySet[CareRecord]) -> QuerySet[CareRecord]:
    """Of each day the version that holds, if it is handed over: what was only said before it was put right is not."""
    newest = CareRecord.objects.filter(booking=OuterRef("booking"), day=OuterRef("day")).order_by("-version")
    held = records.filter(pk=Subquery(newest.values("pk")[:1])).exclude(handover="", asks_call=False)
    return held.select_related("facility", "by", "seen_by", "booking__entitlement__birth__household")


def _told(records: Iterable[CareRecord]) -> Iterator[Handover]:
    rows, terms_of = list(records), terms_reader()
    births = {row.booking.entitlement.birth_id for row in rows}
    sent = Application.objects.filter(birth__in=births, number__gt="").order_by("submitted_at", "pk") if births else ()
    latest = {application.birth_id: application for application in sent}
    for row in rows:
        booking = row.booking
        yield Handover(
            record=row,
            facility=row.facility.name,
            service=terms_of(booking).service(booking.service).label,
            checks=checks_told(row),
            application=latest.get(booking.entitlement.birth_id),
        )
