"""事務: the way to all that a centre does besides single cases, as settings, staff, and what is carried over."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import closed_words
from eligibility.engine import RECORDS
from eligibility.public import keeping_on
from facilities.public import resets_reached, waiting_reports
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.services.resetting import waiting_resets
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs.holding import held_jobs, planners_are_held
from postpartum_portal.shared.jobs.runner import failed_jobs


@access.centre
@require_safe
def office(request: PortalRequest) -> HttpResponse:
    here = request.municipality.pk
    context = {
        "stopped": failed_jobs(here).count(),
        "claims": waiting_reports(here).count(),
        "closed": closed_words(request.municipality),
        "held": held_jobs().filter(municipality_id=here).count(),
        "planners_held": planners_are_held(),
        "resets": waiting_resets(here, at=clock.now()).count(),
        "staff_resets": resets_reached(request.municipality, at=clock.now()).count(),
        "kept_without_end": len(keeping_on(request.municipality, clock.today())) < len(RECORDS),
    }
    return render(request, "centre/office.html", context)
