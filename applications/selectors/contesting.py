"""Until when the decisions that letters tell may be contested, each reckoned from when she knew of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from applications.models import Application, Entitlement, Letter
from eligibility import engine
from eligibility.public import programme_of


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


def told(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters without their text, but with what it says of contesting; `contests_of` wants them so."""
    return letters.defer("snapshot").annotate(appeal=F("snapshot__appeal"), decided_on=F("snapshot__issued_on"))


def contests_of(letters: Iterable[Letter], *, on: dt.date) -> dict[int, tuple[Contest, ...]]:
    """Letter id → the review and the suit; none where it is not out, or says nothing of contesting (教示).

    Three queries, however many letters.
    """
    out = [letter for letter in letters if letter.status == Letter.Status.ISSUED and _appeal(letter)]
    terms = _terms_of(out)
    return {letter.pk: _contests(letter, terms[letter.pk], on) for letter in out if letter.pk in terms}


def _appeal(letter: Letter) -> bool:
    return bool(letter.appeal)  # type: ignore[attr-defined]  # annotated by `told`


def _contests(letter: Letter, terms: engine.Terms, on: dt.date) -> tuple[Contest, ...]:
    found = engine.appeal_terms(
        terms.letters.appeal,
        decided_on=dt.date.fromisoformat(letter.decided_on),  # type: ignore[attr-defined]  # annotated by `told`
        known_on=letter.known_on,
        office_days=terms.office_days,
    )
    return tuple(Contest(term, on) for term in found)


def _terms_of(letters: list[Letter]) -> dict[int, engine.Terms]:
    """Letter id → the terms it was decided under: its application's; of a letter on another row, the entitlement's."""
    applications = Application.objects.select_related("programme_version").in_bulk(
        [letter.subject_id for letter in letters if letter.subject_kind == Letter.Subject.APPLICATION]
    )
    others = {letter.household_id for letter in letters if letter.subject_kind != Letter.Subject.APPLICATION}
    rows = Entitlement.objects.filter(birth__household__in=others).select_related("programme_version", "birth")
    held = {row.birth.household_id: row for row in rows.order_by("pk")} if others else {}
    found: dict[int, engine.Terms] = {}
    for letter in letters:
        of_application = letter.subject_kind == Letter.Subject.APPLICATION
        row = applications.get(letter.subject_id) if of_application else held.get(letter.household_id or 0)
        if row and row.programme_version:
            found[letter.pk] = programme_of(row.programme_version).terms
    return found
