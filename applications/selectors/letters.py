"""Letters as lists: the centre's register, narrowed and searched, and those that a worker could not make."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from applications.models import ISSUE_LETTER, Application, Letter
from eligibility.public import Municipality
from postpartum_portal.shared.models import Job

from .amendments import amended
from .contesting import Contest, contests_of, told

ROWS_A_PAGE = 50
ISSUED = Q(status=Letter.Status.ISSUED)
TO_POST = "to_post"
STATES: Mapping[str, tuple[str, Q]] = {
    "": ("すべて", Q()),
    TO_POST: ("郵送する", ISSUED & Q(citizen=None, posted_on=None, delivered_on=None)),
    "posted": ("郵送した", ISSUED & Q(posted_on__isnull=False)),
    "read": ("画面で読んだ", ISSUED & Q(first_read_at__isnull=False)),
    "unread": ("まだ読んでいない", ISSUED & Q(citizen__isnull=False, first_read_at=None, delivered_on=None)),
    "queued": ("作成中", Q(status=Letter.Status.QUEUED)),
    "void": ("無効", Q(status=Letter.Status.VOID)),
}
"""Where a letter stands, by the code in the page's address. Who has no account can read on paper only."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the register is asked for; "" and None ask for all. `words`: part of a number, a name or its kana."""

    state: str = ""
    year: int | None = None
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Registered:
    """A line of the register: the letter and, where it is about one, the application with the mother's name."""

    letter: Letter
    application: Application | None
    review: Contest | None
    """Until when a review may be asked for; None where the letter is not out, or says nothing of it."""

    @property
    def replaced_by(self) -> Letter | None:
        return getattr(self.letter, "replaced_by", None)


def register(sought: Sought, *, on: dt.date, page: str | int = 1) -> tuple[Page[Letter], list[Registered]]:
    """Numbers that were given, latest first, void ones too: the page and its lines."""
    rows = told(found(sought)).select_related("household", "replaced_by", "replaces", "voided_by")
    shown = Paginator(rows.order_by("-fiscal_year", "series", "-number"), ROWS_A_PAGE).get_page(page)
    return shown, registered(list(shown.object_list), on=on)


def registered(letters: list[Letter], *, on: dt.date) -> list[Registered]:
    """`letters` come from `told`, with the rows beside them."""
    about = [row.subject_id for row in letters if row.subject_kind == Letter.Subject.APPLICATION]
    applications = Application.objects.select_related("birth__household").in_bulk(about)
    changed = amended([row.subject_id for row in letters if row.subject_kind == Letter.Subject.AMENDMENT])
    contests = contests_of(letters, on=on)
    return [
        Registered(row, _application(row, applications, changed), next(iter(contests.get(row.pk, ())), None))
        for row in letters
    ]


def found(sought: Sought) -> QuerySet[Letter]:
    """The letters of the tenant scope that are asked for."""
    rows = Letter.objects.filter(STATES[sought.state][1])
    if sought.year:
        rows = rows.filter(fiscal_year=sought.year)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    for word in sought.words.split():
        rows = rows.filter(
            Q(label__icontains=word) | Q(household__name__icontains=word) | Q(household__kana__icontains=word)
        )
    return rows


def tabs() -> list[Tab]:
    """How many stand where, over all years."""
    return [Tab(code, label, Letter.objects.filter(of).count()) for code, (label, of) in STATES.items()]


def years() -> list[int]:
    """The fiscal years in which numbers were given, the latest first."""
    return list(Letter.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())


def stopped(municipality: Municipality) -> list[tuple[Job, Letter]]:
    """Letters whose job gave up or is held, with the job that a button starts over."""
    jobs = Job.objects.filter(
        kind=ISSUE_LETTER,
        municipality_id=municipality.pk,
        status__in=[Job.Status.FAILED, Job.Status.HELD],
    ).order_by("created_at")
    letters = Letter.objects.defer("snapshot").exclude(status=Letter.Status.VOID)
    known = letters.in_bulk([job.subject_id for job in jobs])
    return [(job, known[job.subject_id]) for job in jobs if job.subject_id in known]


def _application(
    letter: Letter, applications: dict[int, Application], changed: dict[int, Application]
) -> Application | None:
    """`changed`: by the amendments of their approvals."""
    about = {Letter.Subject.APPLICATION.value: applications, Letter.Subject.AMENDMENT.value: changed}
    return about.get(letter.subject_kind, {}).get(letter.subject_id)
