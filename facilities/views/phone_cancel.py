"""A cancellation that came by phone, typed in at the facility and at the centre alike.

What the call means is shown for the instant of the call, and shown again if it changes; then the deed.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django_fsm import TransitionNotAllowed

from facilities.forms.staff.contact import ContactForm
from facilities.models import Booking
from facilities.services.cancelling import HasBegun, cancel, preview
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .contact_correction import CLOSED, contact_page, correct_page

MAILED = "取り消しを記録しました。控えをお母さんにメールで送りました。"
TO_TELL = "取り消しを記録しました。メールの届かない方なので、結果は電話で伝えてください。"


def phone_cancel_page(request: Any, booking: Booking, *, template: str, done: str) -> HttpResponse:
    """`done`: the page to go to afterwards. Without `shown` nothing is written."""
    if booking.status not in Booking.LIVE:
        return correct_page(request, booking, template=template, done=done)
    sent = request.POST if request.method == "POST" else give_back(request)
    form = ContactForm(sent, now=clock.now(), requested_at=booking.requested_at)
    if sent is not None and not form.is_valid():
        return contact_page(request, booking, form, None, template)
    try:
        consequence = preview(booking, contact_at=form.contact_at())
    except HasBegun:
        if form.is_bound:
            form.refuse_begun()
        return contact_page(request, booking, form, None, template)
    shown = Shown.read(request.POST.get("shown", ""))
    if shown is None:
        return contact_page(request, booking, form, consequence, template)
    try:
        cancel(booking, contact_at=form.contact_at(), shown=shown, by=request.user, at=form.now)
    except ConsequenceChanged as changed:
        return contact_page(request, booking, form, changed.consequence, template, changed=True)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, CLOSED)
    else:
        messages.success(request, MAILED if booking.citizen_id else TO_TELL)
    return redirect(done)
