"""What a facility's desk does with a booking of the demo: answer, receive her, take the money, write the care down."""

import datetime as dt

from eligibility import engine
from facilities import public as facilities
from postpartum_portal.accounts.models import User

from .days import Days
from .samples import SampleCare, SampleUse

OPENS, EVENING = dt.time(9), dt.time(15, 30)


def serve(booking: facilities.Booking, use: SampleUse, *, by: User, days: Days) -> None:
    """As far as the sample says that it has happened."""
    if use.answered is not None:
        facilities.confirm(booking, by=by, at=days.at(use.answered, OPENS))
    if use.attended:
        facilities.attend(booking, by=by, at=days.at(use.first, dt.time.fromisoformat(use.arrival)))
    for care in use.care:
        _write(booking, care, by=by, days=days)
    if use.paid:
        _receive(booking, by=by, at=days.at(use.last, EVENING))


def _receive(booking: facilities.Booking, *, by: User, at: dt.datetime) -> None:
    kind = facilities.Payment.Kind.USE
    due = facilities.due_of(booking, kind)
    assert not isinstance(due, engine.Unpublished), "a desk knows what it receives"  # noqa: S101  # the sample's mistake
    item = facilities.Item(kind, str(kind.label), due)
    facilities.receive(booking, [item], form_token=f"demo-{booking.number}", by=by, at=at)


def _write(booking: facilities.Booking, care: SampleCare, *, by: User, days: Days) -> None:
    words = facilities.CareWords(
        mother=care.mother,
        child=care.child,
        care=care.care,
        checks=dict.fromkeys(facilities.SAFETY, care.checks),
        handover=care.handover,
        asks_call=care.asks_call,
    )
    facilities.write_care(booking, days.day(care.on), words, seen=0, by=by, at=days.at(care.on, EVENING))
