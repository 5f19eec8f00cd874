"""What every municipality's portal says about itself: privacy, accessibility, where to find help."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.access import MunicipalityRequest
from postpartum_portal.accounts import access

PAGES = ("privacy", "accessibility", "counselling")


@access.public
@require_safe
def about(request: MunicipalityRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    return render(request, f"citizen/about_{page}.html")
