"""Entering a letter in the register: its number, its text, and the job that prints it, in one transaction."""

import datetime as dt
from dataclasses import replace

from applications.models import ISSUE_LETTER, Amendment, Application, Letter
from postpartum_portal.shared import jobs

from .content import LetterContent
from .numbers import take_number

SERIES = "decision"
"""Decisions and the changes of them are numbered in one series."""


def enter_letter(
    kind: Letter.Kind, content: LetterContent, *, about: Application | Amendment, on: dt.date, at: dt.datetime
) -> Letter:
    """The letter with the next number of the fiscal year of `on`; a worker prints it after the caller's commit.

    Call it late: others who want a number wait for the caller's transaction.
    """
    number = take_number(about.municipality, on, SERIES)
    letter = Letter.objects.create(
        municipality_id=about.municipality_id,
        citizen_id=about.citizen_id,
        kind=kind,
        subject_kind=_SUBJECTS[type(about)],
        subject_id=about.pk,
        fiscal_year=number.fiscal_year,
        series=number.series,
        number=number.number,
        label=number.label,
        title=content.title,
        snapshot=replace(content, number=number.label).as_snapshot(),
        created_at=at,
    )
    jobs.enqueue(ISSUE_LETTER, letter.pk, at=at, queue="letters", municipality_id=about.municipality_id)
    return letter


_SUBJECTS = {Application: Letter.Subject.APPLICATION, Amendment: Letter.Subject.AMENDMENT}
