"""A mother's own letters, each with until when its decision may be contested."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from applications.models import Application, Entitlement, Letter
from eligibility import engine
from eligibility.public import programme_of
from postpartum_portal.shared import clock


@dataclass(frozen=True, slots=True)
class Contest:
    """One way to contest a decision, seen from a day."""

    term: engine.AppealTerm
    on: dt.date

    @property
    def over(self) -> bool:
        return self.term.is_over(self.on)

    @property
    def left(self) -> int:
        return self.term.days_left(self.on)

    @property
    def last_is_closed(self) -> bool:
        """Whether the office does not open on the last day."""
        return self.term.open_day != self.term.last


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter as she sees it. `contests`: the review and the suit, () where it says nothing of contesting (教示)."""

    letter: Letter
    contests: tuple[Contest, ...]

    @property
    def issued(self) -> bool:
        return self.letter.status == Letter.Status.ISSUED

    @property
    def review(self) -> Contest | None:
        """The review, as long as its days run."""
        return next((way for way in self.contests if way.term.begun and not way.over), None)


def own_letters(*, on: dt.date) -> list[OwnLetter]:
    """All letters of the tenant scope, which is a mother's, latest first; one still being made is among them."""
    rows = Letter.objects.exclude(status=Letter.Status.VOID).defer("snapshot")
    told = rows.annotate(appeal=F("snapshot__appeal"), decided_on=F("snapshot__issued_on"))
    letters = list(told.order_by("-created_at", "-pk"))
    terms = _terms_of([letter for letter in letters if letter.appeal])
    return [OwnLetter(letter, _contests(letter, terms.get(letter.pk), on)) for letter in letters]


def _contests(letter: Letter, terms: engine.Terms | None, on: dt.date) -> tuple[Contest, ...]:
    """`letter` is annotated. On screen it became known when she opened it first; on paper nobody here knows when."""
    if terms is None or letter.status != Letter.Status.ISSUED:
        return ()
    found = engine.appeal_terms(
        terms.letters.appeal,
        decided_on=dt.date.fromisoformat(letter.decided_on),  # type: ignore[attr-defined]  # annotated
        known_on=clock.day_of(letter.first_read_at) if letter.first_read_at else None,
        office_days=terms.office_days,
    )
    return tuple(Contest(term, on) for term in found)


def _terms_of(letters: Sequence[Letter]) -> dict[int, engine.Terms]:
    """Letter id → the terms it was decided under: its application's; of a letter on another row, the entitlement's."""
    applications = Application.objects.select_related("programme_version").in_bulk(
        [letter.subject_id for letter in letters if letter.subject_kind == Letter.Subject.APPLICATION]
    )
    latest = Entitlement.objects.select_related("programme_version").order_by("-pk").first() if letters else None
    found: dict[int, engine.Terms] = {}
    for letter in letters:
        of_application = letter.subject_kind == Letter.Subject.APPLICATION
        row = applications.get(letter.subject_id) if of_application else latest
        if row and row.programme_version:
            found[letter.pk] = programme_of(row.programme_version).terms
    return found
