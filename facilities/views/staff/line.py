"""空きを待つ人: read only, in the order of asking."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.selectors.waiting_desk import line_at


@facility_staff
@require_safe
def line(request: FacilityRequest) -> HttpResponse:
    context = {"line": line_at(request.facility), "hours": settings.WAITING_OFFER_HOURS}
    return render(request, "facility/line.html", context)
