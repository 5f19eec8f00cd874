"""Entering a letter in the register: its number, its text, and the job that prints it, in one transaction."""

import datetime as dt
from dataclasses import replace

from applications.models import ISSUE_LETTER, Amendment, Application, Household, Letter
from postpartum_portal.shared import jobs
from postpartum_portal.shared.failpoints import reach

from .content import LetterContent
from .numbers import DECISIONS, take_number


def enter_letter(
    kind: Letter.Kind, content: LetterContent, *, about: Application | Amendment, on: dt.date, at: dt.datetime
) -> Letter:
    """The letter with the next number of the fiscal year of `on`; a worker prints it after the caller's commit.

    Call it late: others who want a number wait for the caller's transaction.
    """
    return enter(
        Letter(
            municipality_id=about.municipality_id,
            citizen_id=about.citizen_id,
            household=_household_of(about),
            kind=kind,
            subject_kind=_SUBJECTS[type(about)],
            subject_id=about.pk,
        ),
        content,
        on=on,
        at=at,
    )


def enter(letter: Letter, content: LetterContent, *, on: dt.date, at: dt.datetime, series: str = DECISIONS) -> Letter:
    """As `enter_letter`, for a letter that says already to whom and about what it is, and is not saved yet."""
    number = take_number(letter.municipality, on, series)
    reach("letter.after_number")
    letter.fiscal_year, letter.series, letter.number = number.fiscal_year, number.series, number.number
    letter.label, letter.title, letter.created_at = number.label, content.title, at
    letter.snapshot = replace(content, number=number.label).as_snapshot()
    letter.save(force_insert=True)
    reach("letter.after_row")
    jobs.enqueue(ISSUE_LETTER, letter.pk, at=at, queue="letters", municipality_id=letter.municipality_id)
    reach("letter.after_job")
    return letter


def _household_of(about: Application | Amendment) -> Household | None:
    application = about if isinstance(about, Application) else about.decision.application
    return application.birth.household if application.birth else None


_SUBJECTS = {Application: Letter.Subject.APPLICATION, Amendment: Letter.Subject.AMENDMENT}
