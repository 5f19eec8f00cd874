"""What every municipality's portal says about itself: privacy, accessibility, where to find help."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.access import MunicipalityRequest
from postpartum_portal.accounts import access

from .bereaved import is_bereaved

COUNSELLING, CONSOLATION = "counselling", "consolation"
PAGES = ("privacy", "accessibility", COUNSELLING, CONSOLATION)


@access.public
@require_safe
def about(request: MunicipalityRequest, page: str) -> HttpResponse:
    """Where to find help speaks of no child after a loss: to those whose loss is known, whichever address they take."""
    if page not in PAGES:
        raise Http404
    if page == COUNSELLING and is_bereaved(request):
        page = CONSOLATION
    return render(request, f"citizen/about_{page}.html", {"after_loss": page == CONSOLATION})
