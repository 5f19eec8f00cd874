"""How a later letter names the one that it changes, ends or takes the place of."""

from applications.models import Decision, Letter
from postpartum_portal.shared import wareki

from .content import LetterContent


def told_of(decision: Decision, original: Letter | None) -> dict[str, str]:
    """Date and number of the approval's letter, as an opening wants them; without one, the day of the decision."""
    dated = LetterContent.from_snapshot(original.snapshot).issued_on if original else decision.decided_on
    return {"original_on": wareki.no_weekday(dated), "original_number": original.label if original else ""}


def named(decision: Decision, original: Letter | None) -> tuple[str, ...]:
    """The lines of もとの通知書. `original`: None where the approval was given on paper, or its letter voided."""
    return named_letter(original) if original else (f"{wareki.no_weekday(decision.decided_on)}の承認",)


def named_letter(letter: Letter) -> tuple[str, ...]:
    """Its name, then its date and number."""
    dated = LetterContent.from_snapshot(letter.snapshot).issued_on
    return (letter.name, f"{wareki.no_weekday(dated)}付け {letter.label}")
