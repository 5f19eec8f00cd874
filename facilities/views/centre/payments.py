"""支払一覧: making one of accepted months, the day on which it was paid, and giving one up."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.forms.centre.payment import ListForm, PaidForm, VoidForm
from facilities.selectors.months import payable_reports
from facilities.selectors.payment_lists import ListedPayments, listed_payments, payment_file, payment_lists
from facilities.services.payment_lists import NotPayable, NotYet, Owing, make_list, record_paid, void_list
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.served import PDF, file_response

MOVED = "そのあいだに、請求か一覧のようすが変わりました。いまの画面を見てください。"
OWING = "訂正で、払いもどしになる施設があります。その施設の、あとの月の請求といっしょに入れてください。"
NOT_YET = "まだ来ていない日です。支払った日を入力してください。"


@access.centre
@require_safe
def payments(request: PortalRequest) -> HttpResponse:
    here = request.municipality.pk
    context = {"lists": payment_lists(here), "payable": payable_reports(here)}
    return render(request, "centre/payments.html", context)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: PortalRequest) -> HttpResponseBase:
    """Chosen months are read back with their total before the list is made."""
    payable = list(payable_reports(request.municipality.pk))
    form = ListForm(request.POST if request.method == "POST" else None, payable=payable)
    chosen = [row for row in payable if form.is_bound and form.is_valid() and row.pk in form.chosen]
    total = sum(row.public_share or 0 for row in chosen)
    if chosen and request.POST.get("shown") == f"{sorted(form.chosen)} {total}":
        try:
            made = make_list(request.municipality, form.chosen, by=request.user, at=clock.now())
        except Owing:
            form.add_error("reports", OWING)
            chosen = []
        except NotPayable:
            messages.warning(request, MOVED)
            return redirect("facilities:payments", slug=request.municipality.slug)
        else:
            messages.success(request, "支払一覧を作りました。PDFは、まもなくできます。")
            return redirect("facilities:payment", slug=request.municipality.slug, pk=made.pk)
    shown = f"{sorted(form.chosen)} {total}" if chosen else ""
    context = {"form": form, "payable": payable, "chosen": chosen, "total": total, "shown": shown}
    return render(request, "centre/payment_make.html", context)


@access.centre
@require_safe
def payment(request: PortalRequest, pk: int) -> HttpResponse:
    listed = _listed(request, pk)
    context = {"listed": listed, "form": PaidForm(initial={"paid_on": clock.today()}), "giving_up": VoidForm()}
    return render(request, "centre/payment.html", context)


@access.decider
@require_POST
def paid(request: PortalRequest, pk: int) -> HttpResponseBase:
    listed, form = _listed(request, pk), PaidForm(request.POST)
    if form.is_valid():
        try:
            record_paid(listed.row, on=form.cleaned_data["paid_on"], by=request.user, at=clock.now())
            messages.success(request, "支払った日を記録しました。施設の画面に出ています。")
            return _back(request, pk)
        except NotYet:
            form.add_error("paid_on", NOT_YET)
        except Overtaken:
            messages.warning(request, MOVED)
            return _back(request, pk)
    context = {"listed": listed, "form": form, "giving_up": VoidForm()}
    return render(request, "centre/payment.html", context)


@access.decider
@require_POST
def void(request: PortalRequest, pk: int) -> HttpResponseBase:
    listed, giving_up = _listed(request, pk), VoidForm(request.POST)
    if giving_up.is_valid():
        try:
            void_list(listed.row, reason=giving_up.cleaned_data["reason"], by=request.user, at=clock.now())
            messages.success(request, "一覧を取りやめました。入っていた請求は、支払いを待っています。")
        except Overtaken:
            messages.warning(request, MOVED)
        return _back(request, pk)
    context = {"listed": listed, "form": PaidForm(initial={"paid_on": clock.today()}), "giving_up": giving_up}
    return render(request, "centre/payment.html", context)


@access.centre
@require_safe
def paper(request: PortalRequest, pk: int) -> HttpResponse:
    listed = _listed(request, pk)
    content = payment_file(listed.row)
    if content is None:
        raise Http404
    return file_response(content, f"支払一覧_{listed.label}.pdf", kind=PDF)


def _listed(request: PortalRequest, pk: int) -> ListedPayments:
    listed = listed_payments(request.municipality.pk, pk)
    if listed is None:
        raise Http404
    return listed


def _back(request: PortalRequest, pk: int) -> HttpResponseBase:
    return redirect("facilities:payment", slug=request.municipality.slug, pk=pk)
