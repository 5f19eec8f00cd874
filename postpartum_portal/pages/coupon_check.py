"""A coupon's QR code, opened by anybody's phone: good or not, how many are left, until when, and nobody's name.

Who works at a facility is led on to its own page. Whoever tries one number after the other is not answered any more,
right or wrong; the tries are counted in the cache by where they come from, so no address is ever written down.
"""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from facilities.public import public_coupon, workplaces_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

TRIES, PAUSE_SECONDS = 10, 3_600
"""So many unknown numbers from one source within this time, as at a facility's desk: a rule of the portal."""


@access.public
@require_safe
def check_coupon(request: PortalRequest, code: str) -> HttpResponse:
    """Unknown numbers answer 404 in the same words, whatever is wrong with them."""
    if request.user.is_authenticated and workplaces_of(request.user):
        return redirect("facility:coupon", code=code)
    source = _source(request)
    if cache.get(source, 0) >= TRIES:
        return render(request, "citizen/coupon_check.html", {"paused": True}, status=429)
    found = public_coupon(code, request.municipality, on=clock.today())
    if found is None:
        cache.add(source, 0, PAUSE_SECONDS)
        cache.incr(source)
    answer = render(request, "citizen/coupon_check.html", {"found": found, "code": code}, status=200 if found else 404)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _source(request: PortalRequest) -> str:
    address = str(get_adapter().get_client_ip(request))
    return f"coupon-tries:{hashlib.sha256(address.encode()).hexdigest()}"
