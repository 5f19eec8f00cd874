"""数字: the dashboard, the tables that city and state ask for, and the cases behind each figure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events

from .asked import Asked, asked_of, chosen_of
from .cases import cases_behind
from .labels import labels_of
from .tables import dashboard, report


@access.centre
@require_safe
def numbers(request: PortalRequest) -> HttpResponse:
    """Figures of nobody in particular: only the lists behind them are written down as read."""
    asked = _asked(request)
    context = {"asked": asked, "sheets": dashboard(asked, request.municipality.pk)}
    return render(request, "centre/numbers/numbers.html", context)


@access.centre
@require_safe
def numbers_report(request: PortalRequest) -> HttpResponse:
    asked = _asked(request)
    return render(
        request, "centre/numbers/report.html", {"asked": asked, "sheets": report(asked, request.municipality.pk)}
    )


@access.centre
@require_safe
def numbers_cases(request: PortalRequest) -> HttpResponse:
    asked, chosen = _asked(request), chosen_of(request.GET)
    found = cases_behind(asked.span, chosen, labels_of(request.municipality.pk), page=request.GET.get("page", "1"))
    events.record_reads("list.read", found.read, at=clock.now(), by_id=request.user.pk)
    context = {"when": asked.narrowed_to(chosen.get("month", "")), "found": found, "page": found.page}
    return render(request, "centre/numbers/cases.html", context)


@access.centre
@require_safe
def numbers_words(request: PortalRequest) -> HttpResponse:
    """What each figure counts, and when."""
    return render(request, "centre/numbers/words.html")


def _asked(request: PortalRequest) -> Asked:
    return asked_of(request.GET, slug=request.municipality.slug, today=clock.today())
