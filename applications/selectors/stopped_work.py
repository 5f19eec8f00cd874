"""What stands still at a municipality: jobs that gave up, are held, or were let go of, and what each is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from applications.models import ISSUE_LETTER, Household, Letter
from eligibility.public import Municipality
from postpartum_portal.shared.jobs.runner import failed_jobs
from postpartum_portal.shared.jobs.words import reason_of, work_of
from postpartum_portal.shared.mail import SEND_MAIL
from postpartum_portal.shared.models import Job, Mail

from .changes import latest_numbers

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class StoppedWork:
    """A job with the letter or mail that it makes; both None for any other work.

    `household`: whom it is for, `number`: the case under which the centre finds her, "" for none.
    """

    job: Job
    letter: Letter | None = None
    mail: Mail | None = None
    household: Household | None = None
    number: str = ""

    @property
    def work(self) -> str:
        return work_of(self.job.kind)

    @property
    def about(self) -> str:
        """Number and kind of a letter, or subject of a mail; neither holds health data."""
        if self.letter:
            return f"{self.letter.name} {self.letter.label}"
        return self.mail.subject if self.mail else ""

    @property
    def reason(self) -> str:
        return reason_of(self.job.last_error)

    @property
    def failed(self) -> bool:
        return self.job.status == Job.Status.FAILED


def stopped_work(municipality: Municipality, page: str | int = 1) -> tuple[Page[Job], list[StoppedWork]]:
    """A page of it: first what gave up, what has stopped longest at the top, then what is held or let go of."""
    order = {Job.Status.FAILED: 0, Job.Status.HELD: 1}
    rank = Case(
        *(When(status=status, then=Value(rank)) for status, rank in order.items()),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = _of(municipality).filter(status__in=[*order, Job.Status.DROPPED])
    found = Paginator(rows.order_by(rank, "stopped_at", "pk"), ROWS_A_PAGE).get_page(page)
    return found, _with_subjects(list(found.object_list))


def stopped_mail(municipality: Municipality, job_id: int) -> StoppedWork | None:
    """A mail that gave up, to mend its address or to let go of it."""
    failed = failed_jobs(municipality.pk).filter(kind=SEND_MAIL, pk=job_id).first()
    found = _with_subjects([failed])[0] if failed else None
    return found if found and found.mail else None


def _of(municipality: Municipality) -> QuerySet[Job]:
    """Without mails that went out while a loss was told, which is why they are held."""
    sent = Mail.objects.filter(sent_at__isnull=False).values("pk")
    return Job.objects.filter(~Q(kind=SEND_MAIL, subject_id__in=sent), municipality_id=municipality.pk)


def _with_subjects(jobs: list[Job]) -> list[StoppedWork]:
    """Four queries, however many there are."""
    subjects = {kind: [job.subject_id for job in jobs if job.kind == kind] for kind in (ISSUE_LETTER, SEND_MAIL)}
    letters = Letter.objects.defer("snapshot").select_related("household").in_bulk(subjects[ISSUE_LETTER])
    mails = Mail.objects.defer("text").in_bulk(subjects[SEND_MAIL])
    mothers = Household.objects.filter(citizen__email__in={mail.to for mail in mails.values()})
    by_address = {row.citizen.email: row for row in mothers.select_related("citizen") if row.citizen}
    numbers = latest_numbers([row.pk for row in [*by_address.values(), *_addressees(letters.values())]])

    def with_subject(job: Job) -> StoppedWork:
        letter = letters.get(job.subject_id) if job.kind == ISSUE_LETTER else None
        mail = mails.get(job.subject_id) if job.kind == SEND_MAIL else None
        whose = letter.household if letter else by_address.get(mail.to) if mail else None
        return StoppedWork(job, letter, mail, whose, numbers.get(whose.pk, "") if whose else "")

    return [with_subject(job) for job in jobs]


def _addressees(letters: Iterable[Letter]) -> list[Household]:
    return [letter.household for letter in letters if letter.household]
