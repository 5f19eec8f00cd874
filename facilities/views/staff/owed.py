"""未収のキャンセル料: what was given up late and is owed, was received or is waived."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.fee import WaiverForm
from facilities.models import FeeWaiver
from facilities.selectors.owed_fees import owed_fee, owed_rows, owing
from facilities.services.paying import NothingOwed
from facilities.services.reading import read_card, read_cards
from facilities.services.waiving import undo_waiver, waive_fee
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import booking_or_404

NOT_OWED = "この予約に、受け取っていないキャンセル料はありません。"
CLOSED_SHOWN = 30


@facility_staff
@require_safe
def owed(request: FacilityRequest) -> HttpResponse:
    found = owing(request.facility)
    rows = owed_rows(found, read_cards(found, by=request.user, at=clock.now()))
    context = {
        "open": [row for row in rows if row.fee.open],
        "closed": [row for row in rows if not row.fee.open][:CLOSED_SHOWN],
    }
    return render(request, "facility/owed.html", context)


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: FacilityRequest, number: str) -> HttpResponseBase:
    booking, now = booking_or_404(number), clock.now()
    fee = owed_fee(booking)
    if fee is None or not fee.open:
        messages.warning(request, NOT_OWED)
        return redirect("facility:owed")
    form = WaiverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            waive_fee(booking, reason=form.cleaned_data["reason"], by=request.user, at=now)
        except NothingOwed:
            messages.warning(request, NOT_OWED)
        else:
            messages.success(request, "受け取らないことにしました。お母さんにメールで知らせます。")
        return redirect("facility:owed")
    card = read_card(booking, by=request.user, at=now)
    (row,) = owed_rows([booking], [card])
    return render(request, "facility/waive.html", {"row": row, "card": card, "form": form})


@facility_staff
@require_POST
def undo(request: FacilityRequest, number: str) -> HttpResponseBase:
    waiver = get_object_or_404(FeeWaiver, booking=booking_or_404(number), undone_at=None)
    try:
        undo_waiver(waiver, by=request.user, at=clock.now())
    except Overtaken:
        messages.warning(request, NOT_OWED)
    else:
        messages.success(request, "もういちど、受け取るものに戻しました。お母さんにメールで知らせます。")
    return redirect("facility:owed")
