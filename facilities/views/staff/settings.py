"""設定: one line for each thing that a facility sets for itself, and what parents read about it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.selectors.colleagues import waiting_resets
from facilities.selectors.owed_fees import count_open
from facilities.selectors.own_listing import own_listings
from facilities.selectors.visit_services import visit_services
from postpartum_portal.shared import clock


@facility_staff
@require_safe
def settings(request: FacilityRequest) -> HttpResponse:
    today = clock.today()
    context = {
        "resets": waiting_resets(at=clock.now()).filter(facility=request.facility).count(),
        "owed": count_open(request.facility),
        "listings": own_listings(request.facility, on=today),
        "visits": visit_services(request.facility, on=today),
    }
    return render(request, "facility/settings.html", context)
