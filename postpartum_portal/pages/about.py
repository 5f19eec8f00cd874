"""What every municipality's portal says about itself: privacy, accessibility, where to find help."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.access import MunicipalityRequest
from eligibility.engine import RECORDS
from eligibility.public import keeping_on
from postpartum_portal.accounts import access
from postpartum_portal.shared import clock

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
    context = {"after_loss": page == CONSOLATION, **(_keeping(request) if page == "privacy" else {})}
    return render(request, f"citizen/about_{page}.html", context)


def _keeping(request: MunicipalityRequest) -> dict[str, Any]:
    """For how long what is kept: the municipality's years, and the days after which the portal itself lets go."""
    keeping = keeping_on(request.municipality, clock.today())
    return {
        "kept": [(label, keeping[record].years) for record, label in RECORDS.items() if record in keeping],
        "unset": any(record not in keeping for record in RECORDS),
        "days": {
            "draft": settings.UNSENT_DRAFT_DAYS,
            "proxy": settings.UNANSWERED_PROXY_DAYS,
            "mail": settings.MAIL_TEXT_DAYS,
            "account": settings.IDLE_ACCOUNT_DAYS,
        },
    }
