"""Coupons at the reception: the number is typed, or its QR opened with a phone's camera."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.coupon import NOT_HERE, CouponForm
from facilities.services.coupons import TooManyTries, check_coupon
from postpartum_portal.shared import clock

PAUSED = "まちがった番号がつづいたので、いまは確かめられません。1時間ほどたってから、もういちど入れてください。"


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: FacilityRequest) -> HttpResponse:
    form = CouponForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = check_coupon(code, facility=request.facility, by=request.user, at=clock.now())
        except TooManyTries:
            form.add_error("code", PAUSED)
        else:
            if found:
                return redirect("facility:coupon", code=code)
            form.add_error("code", NOT_HERE)
    return render(request, "facility/coupons.html", {"form": form})


@facility_staff
@require_safe
def coupon(request: FacilityRequest, code: str) -> HttpResponse:
    """Another municipality's coupons, and no coupons at all, are the same page that does not exist."""
    try:
        found = check_coupon(code, facility=request.facility, by=request.user, at=clock.now())
    except TooManyTries:
        messages.warning(request, PAUSED)
        return redirect("facility:coupons")
    if found is None:
        raise Http404
    return render(request, "facility/coupon.html", {"check": found, "code": code})
