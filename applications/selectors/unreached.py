"""Mothers whom no mail reaches: their servers refused it, and somebody has to tell them otherwise."""

import datetime as dt
from dataclasses import dataclass

from applications.models import Household
from eligibility.public import Municipality
from postpartum_portal.shared.jobs.runner import failed_jobs
from postpartum_portal.shared.mail import SEND_MAIL
from postpartum_portal.shared.mail_kinds import Group, group_of
from postpartum_portal.shared.mail_server import AddressRefused, ServerBusy, TextRefused
from postpartum_portal.shared.models import Job, Mail

from .changes import latest_numbers

HERS = tuple(reason.__name__ for reason in (AddressRefused, TextRefused, ServerBusy))
"""Why a mail stopped for its reader alone; a server that is away stops everybody's."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """`number`: the case under which the centre finds her, "" for none; `missed`: her mails with their jobs."""

    household: Household
    number: str
    missed: tuple[tuple[Job, Mail], ...]

    @property
    def since(self) -> dt.datetime:
        return min(job.stopped_at or job.created_at for job, _ in self.missed)

    @property
    def address(self) -> str:
        return self.missed[0][1].to

    @property
    def official(self) -> tuple[Mail, ...]:
        """What she must hear of; the others tell her of a date or a message, and are counted."""
        return tuple(mail for _, mail in self.missed if group_of(mail.kind) == Group.OFFICIAL)

    @property
    def others(self) -> int:
        return len(self.missed) - len(self.official)


def unreached(municipality: Municipality, *, household: int | None = None) -> list[Unreached]:
    """Who has waited longest first; with `household` that one only. Four queries, however many there are."""
    jobs = list(failed_jobs(municipality.pk).filter(kind=SEND_MAIL, last_error__in=HERS))
    mails = Mail.objects.defer("text").in_bulk([job.subject_id for job in jobs])
    missed: dict[str, list[tuple[Job, Mail]]] = {}
    for job in jobs:
        if mail := mails.get(job.subject_id):
            missed.setdefault(mail.to, []).append((job, mail))
    rows = Household.objects.filter(municipality=municipality, citizen__email__in=missed).select_related("citizen")
    found = list(rows if household is None else rows.filter(pk=household))
    numbers = latest_numbers([row.pk for row in found])
    lines = [Unreached(row, numbers.get(row.pk, ""), tuple(missed[row.citizen.email])) for row in found if row.citizen]
    return sorted(lines, key=lambda line: (line.since, line.household.pk))
