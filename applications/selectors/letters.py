"""Letters as lists: the centre's register, narrowed and searched, and how many a worker could not make."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from applications.models import ISSUE_LETTER, Application, Letter
from eligibility.public import Municipality
from postpartum_portal.shared.models import Job

from .amendments import amended
from .changes import latest_numbers
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
    """A line of the register: the letter and the `number` of the case that it belongs to, "" where there is none.

    `review`: until when a review may be asked for; None where the letter is not out, or says nothing of it.
    """

    letter: Letter
    number: str
    review: Contest | None

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
    numbers, contests = _case_numbers(letters), contests_of(letters, on=on)
    return [Registered(row, numbers[row.pk], next(iter(contests.get(row.pk, ())), None)) for row in letters]


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


def stopped_letters(municipality: Municipality) -> int:
    """How many letters have a job that gave up or is held; `selectors.stopped_work` lists them."""
    return Job.objects.filter(
        kind=ISSUE_LETTER,
        municipality_id=municipality.pk,
        status__in=[Job.Status.FAILED, Job.Status.HELD],
        subject_id__in=Letter.objects.exclude(status=Letter.Status.VOID).values("pk"),
    ).count()


def _case_numbers(letters: list[Letter]) -> dict[int, str]:
    """Letter id → the application that it tells of; of other letters, the one under which the centre finds her."""

    def subjects(kind: Letter.Subject) -> list[int]:
        return [row.subject_id for row in letters if row.subject_kind == kind]

    sent = Application.objects.filter(pk__in=subjects(Letter.Subject.APPLICATION)).values_list("pk", "number")
    own = {(Letter.Subject.APPLICATION, pk): number for pk, number in sent}
    changed = amended(subjects(Letter.Subject.AMENDMENT))
    own |= {(Letter.Subject.AMENDMENT, pk): application.number for pk, application in changed.items()}
    latest = latest_numbers({row.household_id for row in letters if row.household_id})
    return {
        row.pk: own.get((Letter.Subject(row.subject_kind), row.subject_id)) or latest.get(row.household_id or 0, "")
        for row in letters
    }
