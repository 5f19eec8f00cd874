"""Letters as lists: a mother's own, the centre's register, and those that a worker could not make."""

from django.core.paginator import Page, Paginator

from applications.models import ISSUE_LETTER, Letter
from eligibility.public import Municipality
from postpartum_portal.shared.models import Job

ROWS_A_PAGE = 50


def own_letters() -> list[Letter]:
    """All letters of the tenant scope, which is a mother's, latest first; one still being made is among them."""
    rows = Letter.objects.exclude(status=Letter.Status.VOID).defer("snapshot")
    return list(rows.order_by("-created_at", "-pk"))


def register(page: str | int = 1) -> Page[Letter]:
    """Every number that was given, latest first, void ones too."""
    rows = Letter.objects.defer("snapshot").order_by("-fiscal_year", "series", "-number")
    return Paginator(rows, ROWS_A_PAGE).get_page(page)


def stopped(municipality: Municipality) -> list[tuple[Job, Letter]]:
    """Letters whose job gave up or is held, with the job that a button starts over."""
    jobs = Job.objects.filter(
        kind=ISSUE_LETTER,
        municipality_id=municipality.pk,
        status__in=[Job.Status.FAILED, Job.Status.HELD],
    ).order_by("created_at")
    letters = Letter.objects.defer("snapshot").in_bulk([job.subject_id for job in jobs])
    return [(job, letters[job.subject_id]) for job in jobs if job.subject_id in letters]
