"""While a reason is being typed: what would be put right, and what could be said better. Nothing is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from applications.forms.reason import ReasonForm
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest

from .centre_case import case_to_work_on


@access.decider
@require_POST
def check_reason(request: PortalRequest, number: str) -> HttpResponse:
    form = ReasonForm(request.POST, case=case_to_work_on(request, number))
    form.is_valid()
    return render(request, "centre/_reason_advice.html", {"form": form, "live": True})
