"""Letters as lists: the centre's register, and those that a worker could not make."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from applications.models import ISSUE_LETTER, Application, Letter
from eligibility.public import Municipality
from postpartum_portal.shared.models import Job

from .amendments import amended

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Registered:
    """A line of the register: the letter and, where it is about one, the application with the mother's name."""

    letter: Letter
    application: Application | None


def register(page: str | int = 1) -> tuple[Page[Letter], list[Registered]]:
    """Every number that was given, latest first, void ones too: the page and its lines."""
    rows = Letter.objects.defer("snapshot").order_by("-fiscal_year", "series", "-number")
    found = Paginator(rows, ROWS_A_PAGE).get_page(page)
    letters = list(found.object_list)
    about = [row.subject_id for row in letters if row.subject_kind == Letter.Subject.APPLICATION]
    applications = Application.objects.select_related("birth__household").in_bulk(about)
    changed = amended([row.subject_id for row in letters if row.subject_kind == Letter.Subject.AMENDMENT])
    return found, [Registered(row, _application(row, applications, changed)) for row in letters]


def stopped(municipality: Municipality) -> list[tuple[Job, Letter]]:
    """Letters whose job gave up or is held, with the job that a button starts over."""
    jobs = Job.objects.filter(
        kind=ISSUE_LETTER,
        municipality_id=municipality.pk,
        status__in=[Job.Status.FAILED, Job.Status.HELD],
    ).order_by("created_at")
    letters = Letter.objects.defer("snapshot").in_bulk([job.subject_id for job in jobs])
    return [(job, letters[job.subject_id]) for job in jobs if job.subject_id in letters]


def _application(
    letter: Letter, applications: dict[int, Application], changed: dict[int, Application]
) -> Application | None:
    """`changed`: by the amendments of their approvals."""
    about = {Letter.Subject.APPLICATION.value: applications, Letter.Subject.AMENDMENT.value: changed}
    return about.get(letter.subject_kind, {}).get(letter.subject_id)
