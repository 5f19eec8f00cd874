"""連絡を受けた日時を直す, at the facility and at the centre alike: what it means instead, then the deed.

It stands at the address of the cancellation itself, once there is one.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_fsm import TransitionNotAllowed

from applications.public import UnitsExhausted
from eligibility import engine
from facilities.forms.staff.contact import ContactForm, CorrectContactForm
from facilities.models import Booking
from facilities.selectors import corrections
from facilities.selectors.outcomes import receipt_of
from facilities.services.cancelling import HasBegun
from facilities.services.correcting import NotCorrectable, correct_contact, preview_correction
from facilities.services.reading import read_card
from facilities.services.shown import ConsequenceChanged, Shown
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .staff.told import told

CLOSED = "この予約は、もう取り消されているか、記録ずみです。"
REFUSED = {
    corrections.CLOSED: CLOSED,
    corrections.HERS: "ご本人がこのサイトで取り消したので、連絡の日時は直せません。",
    corrections.FREE: "この取り消しは、いつの連絡でもお金がかからず、すべて戻ります。直すものはありません。",
    corrections.DECIDED: "扱いを決めて記録してあります。変えるときは、扱いを決めなおしてください。",
    corrections.MONEY: "お金を受け取った記録か、受け取らない記録があります。先にそれを取り消してから、直してください。",
}
SPENT = "戻った分は、そのあとほかの予約で使われていて、のこりが足りません。ほかの予約が取り消されてから直してください。"
MAILED = "連絡を受けた日時を直しました。新しい結果をお母さんにメールで送りました。"
TO_TELL = "連絡を受けた日時を直しました。メールの届かない方なので、新しい結果は電話で伝えてください。"


def correct_page(request: Any, booking: Booking, *, template: str, done: str) -> HttpResponse:
    """`done`: the page to go to afterwards. Without `shown` nothing is written.

    What was sent from a page on which the booking was not cancelled yet is told that it is, and corrects nothing.
    """
    sent = request.POST if request.method == "POST" else None
    against = corrections.against_correcting(booking)
    if against or (sent is not None and "corrects" not in sent):
        messages.warning(request, REFUSED.get(against, CLOSED))
        return redirect(done)
    initial = _initial(booking)
    form = CorrectContactForm(sent, now=clock.now(), requested_at=booking.requested_at, initial=initial)
    consequence = _meaning(booking, form) if form.is_valid() else None
    shown = Shown.read(request.POST.get("shown", ""))
    if consequence is None or shown is None:
        return contact_page(request, booking, form, consequence, template)
    said = {"contact_at": form.contact_at(), "why": form.cleaned_data["why"]}
    try:
        correct_contact(booking, **said, shown=shown, by=request.user, at=form.now)
    except ConsequenceChanged as changed:
        return contact_page(request, booking, form, changed.consequence, template, changed=True)
    except UnitsExhausted:
        form.add_error("time", SPENT)
        return contact_page(request, booking, form, None, template)
    except (TransitionNotAllowed, NotCorrectable, Overtaken):
        messages.warning(request, CLOSED)
    else:
        messages.success(request, MAILED if booking.citizen_id else TO_TELL)
    return redirect(done)


def _initial(booking: Booking) -> dict[str, Any]:
    """What is recorded; nothing where it is that nobody called."""
    if booking.contact_at is None:
        return {}
    at = booking.contact_at.astimezone(clock.TOKYO)
    return {"day": at.date(), "time": f"{at:%H:%M}"}


def _meaning(booking: Booking, form: CorrectContactForm) -> engine.Consequence | None:
    """None, with a sentence at the field, where nothing can be put right with that instant."""
    at = form.contact_at()
    if booking.contact_at and at == booking.contact_at.replace(second=0, microsecond=0):
        form.refuse_same()
        return None
    try:
        return preview_correction(booking, contact_at=at)
    except HasBegun:
        form.refuse_begun()
        return None


def contact_page(
    request: Any,
    booking: Booking,
    form: ContactForm,
    consequence: engine.Consequence | None,
    template: str,
    *,
    changed: bool = False,
) -> HttpResponse:
    """The page of a cancellation and of its correction; `changed`: it means something else by now than was shown."""
    corrects = isinstance(form, CorrectContactForm)
    context = {
        "card": read_card(booking, by=request.user, at=form.now),
        "form": form,
        "receipt": receipt_of(booking) if corrects else None,
        "told": told(booking, consequence) if consequence else None,
        "changed": changed,
        "corrects": corrects,
    }
    return render(request, template, context)
