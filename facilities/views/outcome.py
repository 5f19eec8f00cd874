"""Deciding what an outcome without a published rule means, at the facility and at the centre alike.

First the form, then what it means and the question, then the deed.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from applications.public import UnitsExhausted
from facilities.forms.outcome import OutcomeForm
from facilities.models import Booking
from facilities.selectors.history import decision_steps
from facilities.selectors.outcomes import Receipt, receipt_of
from facilities.services.deciding import decide_outcome
from facilities.services.reading import read_card
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

DECIDED = "決めたことを記録し、お母さんにメールで知らせました。"
OVERTAKEN = "見ているあいだに、ほかの人が決めました。いまの扱いを確かめてください。"
SPENT = (
    "戻った分は、そのあとほかの予約で使われていて、のこりが足りません。使ったことにはできません。"
    "「戻す」を選ぶか、ほかの予約が取り消されてから決めてください。"
)


def outcome_page(request: Any, booking: Booking, *, template: str, done: str) -> HttpResponse:
    """`done`: the page to go to afterwards. Without `decide` nothing is written.

    Raises:
        Http404: there is nothing to decide of the booking, or it is another's to decide.
    """
    receipt = receipt_of(booking)
    if receipt is None or not receipt.left_open or not request.user.has_perm("facilities.decide_outcome", booking):
        raise Http404
    sent = request.POST if request.method == "POST" else give_back(request)
    form = OutcomeForm(sent, taken=receipt.taken, before=receipt.decision)
    if form.is_valid() and "decide" in request.POST:
        try:
            decide_outcome(booking, **form.said(), seen=_seen(request), by=request.user, at=clock.now())
        except Overtaken:
            messages.warning(request, OVERTAKEN)
            return redirect(request.path)
        except UnitsExhausted:
            form.add_error("units", SPENT)
        else:
            messages.success(request, DECIDED)
            return redirect(done)
    return render(request, template, _context(request, booking, receipt, form))


def _context(request: Any, booking: Booking, receipt: Receipt, form: OutcomeForm) -> dict[str, Any]:
    return {
        "card": read_card(booking, by=request.user, at=clock.now()),
        "receipt": receipt,
        "decisions": decision_steps(receipt),
        "form": form,
        "asks": form.is_valid() and "change" not in request.POST,
        "seen": request.POST.get("seen", len(receipt.decisions)),
    }


def _seen(request: Any) -> int:
    """How many decisions the page knew of, some few; what no page says is as good as overtaken."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 4 else -1
