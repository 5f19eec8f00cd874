"""事務: the way to all that a centre does besides single cases, as settings, staff, and what is carried over."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from facilities.public import waiting_reports
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared.jobs.runner import failed_jobs


@access.centre
@require_safe
def office(request: PortalRequest) -> HttpResponse:
    here = request.municipality.pk
    context = {"stopped": failed_jobs(here).count(), "claims": waiting_reports(here).count()}
    return render(request, "centre/office.html", context)
