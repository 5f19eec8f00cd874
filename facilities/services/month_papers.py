"""The worker's part of a month that was sent: its two papers, made once and kept."""

import hashlib
import secrets

from django.db import transaction
from django.template.loader import render_to_string

from facilities.models import MonthReport
from facilities.models.month_report import ISSUE_MONTH_PAPERS
from facilities.selectors.month_papers import CLAIM, REPORT, Paper, paper_of
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.jobs import Lease, handler
from postpartum_portal.shared.pdf import render_letter
from postpartum_portal.shared.storage import save_whole

TEMPLATES = {REPORT: "letters/month_report.html", CLAIM: "letters/month_claim.html"}


@handler(ISSUE_MONTH_PAPERS)
def issue_month_papers(lease: Lease) -> None:
    """Make the papers of the report `lease.subject_id` as it was sent last. Done twice it leaves one pair that counts.

    A month that was taken back, or sent again, meanwhile has no use for them.
    """
    report = MonthReport.objects.select_related("municipality", "facility").get(pk=lease.subject_id)
    if report.is_open or report.claim_file:
        return
    made = {which: _made(report, which) for which in TEMPLATES}
    kept = {f"{which}_file": name for which, (name, _) in made.items()}
    kept |= {f"{which}_sha256": sha256 for which, (_, sha256) in made.items()}
    with transaction.atomic():
        lease.hold()
        standing = MonthReport.objects.filter(pk=report.pk, revision=report.revision, status__in=MonthReport.CLOSED)
        if standing.update(**kept):
            events.record("month.papers_made", report, at=clock.now(), by_id=None, revision=report.revision)
        lease.finish()


def html(paper: Paper, which: str) -> str:
    """The page before it is laid out."""
    return render_to_string(
        TEMPLATES[which], {"paper": paper, "head": paper.head, "sent_on": wareki.no_weekday(paper.sent_on)}
    )


def _made(report: MonthReport, which: str) -> tuple[str, str]:
    """Name and SHA-256. A file of its own name for each try: what a killed worker left behind is seen by nobody."""
    rendered = render_letter(html(paper_of(report, which), which))
    name = save_whole(f"months/{report.municipality_id}/{secrets.token_hex(16)}.pdf", rendered.pdf)
    return name, hashlib.sha256(rendered.pdf).hexdigest()
