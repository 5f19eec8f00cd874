"""Her coupons on screen and on paper: what is left, until when, and the number that a facility looks them up by."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.public import (
    Standing,
    coupon_of,
    coupon_return_of,
    entitlement_of,
    has_paper_too,
    replace_coupon,
    standing_of,
)
from facilities.public import bookings_of, coupon_pools, usable_until
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.qr import qr_to


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def coupons(request: PortalRequest) -> HttpResponse:
    """A POST asks for another number, where the printed one was lost.

    Raises:
        Http404: nothing is granted, or the programme has no coupons.
    """
    standing, now = _standing(request), clock.now()
    entitlement = standing.entitlement
    if returned := coupon_return_of(entitlement):
        back = {"coupons": standing.terms.coupons, "returned": returned.returned_on}
        return render(request, "citizen/coupons_returned.html", back)
    if request.method == "POST":
        replace_coupon(entitlement, lost=request.POST.get("lost", ""), by=request.user, at=now)
        messages.success(request, _("新しい番号にしました。前の番号と、前に印刷した紙は、もう使えません。"))
        return redirect(request.path)
    coupon = coupon_of(entitlement, at=now)
    where = reverse("pages:check_coupon", args=[request.municipality.slug, coupon.code])
    context = {
        "coupons": standing.terms.coupons,
        "coupon": coupon,
        "qr": qr_to(where),
        "name": standing.birth.household.name,
        "pools": coupon_pools(standing, bookings_of(entitlement), now=now),
        "until": usable_until(standing, on=now.date()),
        "today": now.date(),
        "on_paper_too": has_paper_too(standing.birth),
    }
    return render(request, "citizen/coupons.html", context)


def _standing(request: PortalRequest) -> Standing:
    entitlement = entitlement_of(request.user, request.municipality)
    standing = standing_of(entitlement) if entitlement else None
    if standing is None or standing.terms.coupons is None or not standing.services:
        raise Http404
    return standing
