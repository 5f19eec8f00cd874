"""Certificates that have not come yet, and those that will soon be too old: one mail for each."""

import datetime as dt

from django.conf import settings

from applications.models import Application
from applications.selectors.papers_due import DUE, MISSING, PaperDue, asking_key, may_owe_papers, papers_due
from eligibility.public import each_morning
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import Lease, go_through, handler, planner

REMIND_OF_PAPERS = "remind_of_papers"


@planner
def plan_paper_reminders(now: dt.datetime) -> None:
    """Ask once a day for a look at every municipality."""
    each_morning(REMIND_OF_PAPERS, now, hour=settings.REMINDER_HOUR)


@handler(REMIND_OF_PAPERS)
def remind_of_papers(lease: Lease) -> None:
    """Mail the families of the municipality `lease.subject_id`, once for each paper that is missing or needed soon."""
    now = clock.now()

    def tell(applications: list[Application]) -> None:
        for application in applications:
            for due in papers_due(application, on=clock.day_of(now)):
                ask_for_paper(due, at=now)

    go_through(lease, may_owe_papers(clock.day_of(now)), tell)


def ask_for_paper(due: PaperDue, *, at: dt.datetime) -> None:
    """Once for each paper; nothing to whoever has no account.

    Which paper it is stands on her page: its name tells what the household earns.
    """
    application = due.application
    if application.citizen is None:
        return
    kind = DUE if due.needed_from else MISSING
    mail.post(
        kind,
        application.citizen.email,
        key=asking_key(application, due.fiscal_year, replaces=due.needed_from is not None),
        at=at,
        municipality=application.municipality,
        approved=application.status == Application.Status.APPROVED,
        number=application.number,
        needed_from=due.needed_from,
    )
