"""設定 › キャンセル料: what the programme leaves to the facility, entered once and from a day on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.fee import FeeForm
from facilities.selectors.colleagues import manages_staff
from facilities.selectors.own_fees import find_fee, own_fees
from facilities.services.amounts import StartsInPast, enter_amount
from postpartum_portal.shared import clock

PAST = "もう入力した額があるので、過ぎた日からは変えられません。きょうから後の日を入力してください。"
NOT_YOURS = "キャンセル料は、管理者だけが決められます。"


@facility_staff
@require_safe
def fees(request: FacilityRequest) -> HttpResponse:
    context = {
        "fees": own_fees(request.facility, on=clock.today()),
        "may_manage": manages_staff(request.user, request.facility),
    }
    return render(request, "facility/fees.html", context)


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def fee(request: FacilityRequest, offering: int, key: str) -> HttpResponseBase:
    """One amount. It holds for uses from a day on; what was recorded before stands."""
    now = clock.now()
    found = find_fee(request.facility, offering, key, on=now.date())
    if found is None:
        raise Http404
    fees, amount = found
    form = FeeForm(request.POST if request.method == "POST" else None, initial={"starts_on": fees.starts or now.date()})
    if form.is_valid():
        try:
            enter_amount(amount.holder, key, **form.cleaned_data, by_facility=True, by=request.user, at=now)
        except StartsInPast:
            form.add_error("starts_on", ValidationError(PAST, code="year"))
        except PermissionDenied:
            messages.warning(request, NOT_YOURS)
            return redirect("facility:fees")
        else:
            messages.success(request, "キャンセル料を入力しました。お母さんの画面と、市町村の画面に出ます。")
            return redirect("facility:fees")
    return render(request, "facility/fee.html", {"form": form, "amount": amount, "municipality": fees.municipality})
