"""Writing down the care that was given, reading it, and the centre's word that it has seen what was handed over."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction

from facilities.models import Booking, CareRecord
from facilities.selectors.care import has_child
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, authorise

READ = "care.read"


@dataclass(frozen=True, slots=True)
class CareWords:
    """What is written down of a day. `checks`: code of a safety check → the times at which it was made, 10:30."""

    mother: str = ""
    child: str = ""
    care: str = ""
    checks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    handover: str = ""
    asks_call: bool = False


def write_care(booking: Booking, day: dt.date, words: CareWords, *, seen: int, by: User, at: dt.datetime) -> CareRecord:
    """Write down a day of a use, or put right what was written: the version before stays to be read.

    `seen`: the version that the page knew of, 0 for none. The same words sent twice are one version. After a loss
    nothing is kept of a child. What the centre has seen of the hand-over stays seen as long as it says the same.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotHere: she has not come, or the day is none of her days here so far.
        Overtaken: a colleague has written something else since the page was opened.
    """
    authorise(by, "facilities.attend", booking)

    if booking.status != Booking.Status.ATTENDED or not booking.first_day <= day <= booking.last_day:
        raise NotHere
    if day > clock.day_of(at):
        raise NotHere
    said = _said(booking, words)

    with transaction.atomic():
        held = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
        before = CareRecord.objects.filter(booking=held, day=day).order_by("-version").first()
        if before and all(getattr(before, name) == value for name, value in said.items()):
            return before
        if (before.version if before else 0) != seen:
            raise Overtaken(booking)
        record = CareRecord.objects.create(
            municipality_id=held.municipality_id,
            facility_id=held.facility_id,
            citizen_id=held.citizen_id,
            booking=held,
            day=day,
            version=seen + 1,
            by=by,
            at=at,
            **said,
            **_seen_already(before, said),
        )
        events.record("care.written", record, at=at, by_id=by.pk, booking=held.number, version=record.version)
    return record


def read_care(records: Iterable[CareRecord], *, by: User, at: dt.datetime) -> None:
    """Note who has looked at what was written about her."""
    events.record_reads(READ, list(records), at=at, by_id=by.pk)


def see_handover(record: CareRecord, *, by: User, at: dt.datetime) -> None:
    """The centre has seen what was handed over, and called where it was asked to.

    Raises:
        PermissionDenied: `by` does not work at the family's centre, or it is about herself.
        Overtaken: somebody else has seen it, or the facility has put it right meanwhile.
    """
    authorise(by, "facilities.see_handover", record)
    with transaction.atomic():
        later = CareRecord.objects.filter(booking=record.booking_id, day=record.day, version__gt=record.version)
        unseen = CareRecord.objects.filter(pk=record.pk, seen_at=None)
        if later.exists() or not unseen.update(seen_at=at, seen_by=by):
            raise Overtaken(record)
        events.record("care.seen", record, at=at, by_id=by.pk)


class NotHere(Exception):
    """Care is written down of who came, for the days on which she was here."""


def _said(booking: Booking, words: CareWords) -> dict[str, object]:
    said = asdict(words)
    said["checks"] = {code: list(times) for code, times in words.checks.items() if times}
    return said if has_child(booking.entitlement.birth) else {**said, "child": "", "checks": {}}


def _seen_already(before: CareRecord | None, said: Mapping[str, object]) -> dict[str, object]:
    if before is None or (before.handover, before.asks_call) != (said["handover"], said["asks_call"]):
        return {}
    return {"seen_at": before.seen_at, "seen_by": before.seen_by}
