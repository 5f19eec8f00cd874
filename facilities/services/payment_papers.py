"""The worker's part of a payment list: its paper, made once and kept."""

import hashlib
import secrets

from django.db import transaction
from django.template.loader import render_to_string

from facilities.models import PaymentList
from facilities.models.payment_list import ISSUE_PAYMENT_LIST
from facilities.selectors.payment_lists import ListedPayments, entries_of
from postpartum_portal.shared import clock, events, wareki
from postpartum_portal.shared.jobs import Lease, handler
from postpartum_portal.shared.pdf import render_letter
from postpartum_portal.shared.storage import save_whole


@handler(ISSUE_PAYMENT_LIST)
def issue_payment_list(lease: Lease) -> None:
    """Make the paper of the list `lease.subject_id`. Done twice it leaves one that counts."""
    row = PaymentList.objects.select_related("municipality", "made_by").get(pk=lease.subject_id)
    if row.file:
        return
    rendered = render_letter(html(ListedPayments(row, entries_of(row))))
    # A file of its own name for each try: what a killed worker left behind is seen by nobody.
    name = save_whole(f"payments/{row.municipality_id}/{secrets.token_hex(16)}.pdf", rendered.pdf)
    sha256 = hashlib.sha256(rendered.pdf).hexdigest()
    with transaction.atomic():
        lease.hold()
        if PaymentList.objects.filter(pk=row.pk, file="").update(file=name, sha256=sha256):
            events.record("payment_list.paper_made", row, at=clock.now(), by_id=None)
        lease.finish()


def html(listed: ListedPayments) -> str:
    """The page before it is laid out."""
    day = clock.day_of(listed.row.made_at)
    return render_to_string(
        "letters/payment_list.html",
        {"listed": listed, "row": listed.row, "made_on": wareki.no_weekday(day), "made_on_iso": day.isoformat()},
    )
