"""Where somebody goes who has just signed in and did not ask for a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from applications.public import latest_municipality
from facilities.public import workplaces_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.models import Membership


@access.citizen
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Centre staff to their worklist, facility staff to their day, a mother to her page where she has applied."""
    user: Any = request.user
    membership = Membership.objects.select_related("municipality").filter(user=user).order_by("pk").first()
    if membership:
        return redirect("pages:worklist", slug=membership.municipality.slug)
    if workplaces_of(user):
        return redirect("facility:today")
    municipality = latest_municipality(user)
    return redirect("pages:my_page", slug=municipality.slug) if municipality else redirect("home")
