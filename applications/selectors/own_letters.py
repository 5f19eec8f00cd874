"""A mother's own letters, each with until when its decision may be contested."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from applications.models import Letter
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event

from .contesting import Contest, contests_of, told

CANCELLED = ("booking.cancelled", "booking.contact_corrected")
"""The latter also where it was first recorded that nobody called."""
NEVER_OUT = Q(status=Letter.Status.VOID, issued_at=None)


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter as she sees it. `contests`: the review and the suit, () where it says nothing of contesting (教示).

    `cancelled_on`: the day on which the booking that it grants was cancelled; the letter itself stays as it is.
    """

    letter: Letter
    contests: tuple[Contest, ...]
    cancelled_on: dt.date | None = None

    @property
    def issued(self) -> bool:
        return self.letter.status == Letter.Status.ISSUED

    @property
    def void(self) -> bool:
        """Whether it says nothing any more: another one stands in its place, or the decision does not."""
        return self.letter.status == Letter.Status.VOID

    @property
    def replaced_by(self) -> Letter | None:
        """The letter that stands in the place of this one, which is void."""
        return getattr(self.letter, "replaced_by", None)

    @property
    def review(self) -> Contest | None:
        """The review, as long as its days run."""
        return next((way for way in self.contests if way.term.begun and not way.over), None)


def own_letters(*, on: dt.date) -> list[OwnLetter]:
    """All letters of the tenant scope, which is a mother's, latest first; one still being made is among them, and one
    that was voided after she could read it."""
    rows = told(Letter.objects.exclude(NEVER_OUT)).select_related("replaced_by")
    letters = list(rows.order_by("-created_at", "-pk"))
    contests, cancelled = contests_of(letters, on=on), _cancelled(letters)
    return [OwnLetter(letter, contests.get(letter.pk, ()), cancelled.get(letter.pk)) for letter in letters]


def _cancelled(letters: list[Letter]) -> dict[int, dt.date]:
    """By letter, from the log: bookings are no tables of this app."""
    about = [letter for letter in letters if letter.subject_kind == Letter.Subject.BOOKING]
    if not about:
        return {}
    bookings = {letter.subject_id for letter in about}
    events = Event.objects.filter(verb__in=CANCELLED, subject_kind="booking", subject_id__in=bookings)
    closed = {event.subject_id: clock.day_of(event.at) for event in events.order_by("-at", "-pk")}  # the first remains
    return {letter.pk: closed[letter.subject_id] for letter in about if letter.subject_id in closed}
