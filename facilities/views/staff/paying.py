"""Money at the desk: what is to be paid and was, its receipts, and a mistake taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.pay import PayForm, VoidForm
from facilities.models import Booking, Payment
from facilities.selectors.money_desk import desk_of
from facilities.selectors.receipts import receipt_numbered
from facilities.services.issuing import issue_receipt
from facilities.services.paying import MoreThanDue, NothingOwed, receive, void_payment
from facilities.services.reading import read_card
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import booking_or_404

NOT_OWED = "この予約では、まだ受け取るお金がありません。"
VOID = "この領収書は、もう取り消されています。"


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: FacilityRequest, number: str) -> HttpResponse:
    booking, now = booking_or_404(number), clock.now()
    desk, card = desk_of(booking), read_card(booking, by=request.user, at=now)
    if not desk.dues and not desk.receipts:
        messages.warning(request, NOT_OWED)
        return redirect("facility:booking", number=number)
    label = f"{card.service} {card.length}"
    form = PayForm(request.POST if request.method == "POST" else None, desk=desk, label=label)
    if form.is_valid():
        try:
            paid, *_ = receive(booking, form.items(), form_token=_token(booking, form), by=request.user, at=now)
        except MoreThanDue as more:
            form.refuse_more(more.left, more.kind)
        except NothingOwed:
            messages.warning(request, NOT_OWED)
            return redirect("facility:booking", number=number)
        else:
            messages.success(request, "受け取ったことを記録しました。")
            return redirect("facility:receipt", number=number, receipt=paid.receipt)
    return render(request, "facility/pay.html", {"card": card, "desk": desk, "form": form})


@facility_staff
@require_safe
def receipt(request: FacilityRequest, number: str, receipt: str) -> HttpResponse:
    payment = _first_or_404(number, receipt)
    context = {
        "card": read_card(booking_or_404(number), by=request.user, at=clock.now()),
        "facility": request.facility,
        "receipt": receipt_numbered(payment.booking, receipt),
    }
    return render(request, "facility/receipt_paid.html", context)


@facility_staff
@require_POST
def issue(request: FacilityRequest, number: str, receipt: str) -> HttpResponse:
    try:
        issue_receipt(_first_or_404(number, receipt), by=request.user, at=clock.now())
    except Overtaken:
        messages.warning(request, VOID)
    return redirect("facility:receipt", number=number, receipt=receipt)


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: FacilityRequest, number: str, receipt: str) -> HttpResponse:
    """The whole receipt; what was right on it is received anew."""
    payment, form = _first_or_404(number, receipt), VoidForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            void_payment(payment, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
        except Overtaken:
            messages.warning(request, VOID)
        else:
            messages.success(request, f"領収書 {receipt} を取り消しました。正しい額を受け取りなおしてください。")
        return redirect("facility:pay", number=number)
    context = {
        "card": read_card(payment.booking, by=request.user, at=clock.now()),
        "receipt": receipt_numbered(payment.booking, receipt),
        "form": form,
    }
    return render(request, "facility/receipt_void.html", context)


def _first_or_404(number: str, receipt: str) -> Payment:
    """Raises Http404: there is no such receipt of this facility's booking."""
    rows = Payment.objects.select_related("booking")
    payment = get_object_or_404(rows, booking__number=number, receipt=receipt, line=1)
    payment.booking = booking_or_404(number)
    return payment


def _token(booking: Booking, form: PayForm) -> str:
    """With the booking in front: nobody's token can be somebody else's."""
    return f"{booking.pk}:{form.cleaned_data['token']}"
