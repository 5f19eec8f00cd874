"""The choice between a programme's own Japanese, やさしい日本語 and English."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from eligibility.access import MunicipalityRequest
from eligibility.public import keep_choice
from postpartum_portal.accounts import access


@access.public
@require_POST
def choose(request: MunicipalityRequest) -> HttpResponse:
    """A code of `Words`, or "" for the programme's own Japanese; whoever chose it at the check stays there."""
    page = "eligibility:check" if request.POST.get("at") == "check" else "pages:municipality"
    response = redirect(page, request.municipality.slug)
    keep_choice(response, request.POST.get("words", ""), secure=request.is_secure())
    return response
