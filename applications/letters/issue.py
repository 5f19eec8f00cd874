"""The worker's part of a letter's life: render it, keep the file, and only then say that it is issued."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from applications.models import ISSUE_LETTER, Letter
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.failpoints import reach
from postpartum_portal.shared.jobs import Lease, handler
from postpartum_portal.shared.storage import save_whole

from .content import LetterContent
from .rendering import render


@handler(ISSUE_LETTER)
def issue_letter(lease: Lease) -> None:
    """Issue the letter `lease.subject_id`. Called twice, or killed anywhere, it leaves one file that counts, one mail.

    Each try writes a file of its own name; the row names the one that counts, so what a killed worker left behind is
    seen by nobody. Nothing slow happens inside the transaction.
    """
    reach("letter.after_claim")
    letter = Letter.objects.get(pk=lease.subject_id)
    if letter.status != Letter.Status.QUEUED:
        return
    rendered = render(LetterContent.from_snapshot(letter.snapshot))
    reach("letter.after_render")
    name = save_whole(f"letters/{letter.municipality_id}/{secrets.token_hex(16)}.pdf", rendered.pdf)
    reach("letter.after_file")
    with transaction.atomic():
        lease.hold()
        _check_text(letter)
        _mark_issued(letter, name, hashlib.sha256(rendered.pdf).hexdigest(), at=clock.now())
        lease.finish()
        reach("letter.before_commit")
    reach("letter.after_commit")


class Reworded(Exception):
    """The letter's text became another while it was rendered: a loss was told. The next try prints the new one."""


def _check_text(rendered: Letter) -> None:
    """Raises Reworded. Whoever words it anew waits for the transaction that issues it."""
    now = Letter.objects.select_for_update(of=("self",)).get(pk=rendered.pk)
    if now.snapshot != rendered.snapshot:
        raise Reworded


def _mark_issued(letter: Letter, name: str, sha256: str, *, at: dt.datetime) -> None:
    """Tell her in the same breath: when the mail arrives, the letter can be read."""
    waiting = Letter.objects.filter(pk=letter.pk, status=Letter.Status.QUEUED)
    if not waiting.update(status=Letter.Status.ISSUED, storage_name=name, sha256=sha256, issued_at=at):
        return
    events.record("letter.issued", letter, at=at, by_id=None)
    if letter.citizen is not None:
        mail.post(
            "decision_ready",
            letter.citizen.email,
            key=f"decision_ready:{letter.pk}",
            at=at,
            municipality=letter.municipality,
        )
