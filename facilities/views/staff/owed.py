"""未収のキャンセル料: what cancellations and no-shows owe, what was received, and what is waived."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility.engine import Unpublished
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.fee import ReceivedForm, WaiverForm
from facilities.models import FeeWaiver, Payment
from facilities.selectors.owed_fees import owed_fee, owed_rows, owing
from facilities.services.paying import MoreThanDue, NothingOwed, pay
from facilities.services.reading import read_card, read_cards
from facilities.services.waiving import undo_waiver, waive_fee
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import booking_or_404

NOT_OWED = "この予約に、受け取っていないキャンセル料はありません。"
CLOSED_SHOWN, LABEL = 30, "キャンセル料"


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
def receive(request: FacilityRequest, number: str) -> HttpResponseBase:
    """It was paid: the amount is filled in where it is known."""
    booking, now = booking_or_404(number), clock.now()
    fee = owed_fee(booking)
    if fee is None or not fee.open:
        messages.warning(request, NOT_OWED)
        return redirect("facility:owed")
    known = {} if isinstance(fee.left, Unpublished) else {"amount": fee.left}
    form = ReceivedForm(request.POST if request.method == "POST" else None, initial=known | {"token": token_hex(16)})
    if form.is_valid():
        typed = form.cleaned_data
        said: dict[str, Any] = {"kind": Payment.Kind.CANCEL_FEE, "label": LABEL, "amount": typed["amount"]}
        try:
            paid = pay(booking, **said, form_token=typed["token"], by=request.user, at=now)
        except MoreThanDue as more:
            form.add_error("amount", f"まだ受け取っていない額は {more.left:,}円です。")
        except NothingOwed:
            messages.warning(request, NOT_OWED)
            return redirect("facility:owed")
        else:
            messages.success(request, "受け取ったことを記録しました。お母さんの画面に出ます。")
            return redirect("facility:receipt", number=number, receipt=paid.receipt)
    card = read_card(booking, by=request.user, at=now)
    (row,) = owed_rows([booking], [card])
    return render(request, "facility/receive_fee.html", {"row": row, "card": card, "form": form})


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
            messages.success(request, "受け取らないことにしました。お母さんの画面に出ます。")
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
        messages.success(request, "もういちど、受け取るものに戻しました。")
    return redirect("facility:owed")
