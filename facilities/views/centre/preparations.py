"""事前訪問 at the centre: planned for a wish, recorded, and the visits that were agreed there booked at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from facilities.forms.centre.visits import VisitsForm
from facilities.forms.preparation import PlanForm
from facilities.models import Preparation
from facilities.selectors.home_visits import with_rows
from facilities.services.arranging_visits import VisitRefused, arrange_visits
from facilities.services.booking import DayFull, NotBookable
from facilities.services.preparations import PlannedAlready, plan_preparation
from facilities.services.reading import read_wish
from facilities.views.preparation import answer
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .arrange import MOVED_ON, may_work
from .arrange_page import Desk, desk_of
from .who_visits import who_visits

PLANNED = "事前訪問の予定が、もうあります。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PortalRequest, pk: int) -> HttpResponse:
    """Who comes before the visits, and when."""
    desk = _desk_or_404(request, pk)
    service = desk.card.service
    if service.preparatory_visit is None or not may_work(request, desk):
        return _to_wish(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, service=service, offerings=desk.offerings, on=desk.on)
    if form.is_valid():
        token = f"{desk.wish.entitlement_id}:{form.cleaned_data['token']}"
        try:
            plan_preparation(desk.wish, **form.said(), form_token=token, by=request.user, at=clock.now())
        except NotBookable as refused:
            for finding in refused.findings:
                form.add_error("arrival" if finding.code == "visitor_hours" else "day", finding.fact)
        except PlannedAlready:
            messages.warning(request, PLANNED)
            return _to_wish(request, pk)
        else:
            messages.success(request, "事前訪問の予定を入れ、お母さんと訪問する人にメールで知らせました。")
            return _to_wish(request, pk)
    context = {"desk": desk, "form": form, "here": "事前訪問の予定", "served": who_visits(desk)}
    return render(request, "centre/plan_preparation.html", context)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def preparation(request: PortalRequest, pk: int) -> HttpResponse:
    """Done, moved or given up, as somebody has told on the phone."""
    row = _preparation_or_404(pk)
    if not request.user.has_perm("facilities.prepare", row):
        raise Http404
    back = reverse("facilities:arrange", args=[request.municipality.slug, row.wish_id])
    return answer(request, row, by=request.user, back=back, base="base_centre.html")


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: PortalRequest, pk: int) -> HttpResponse:
    """The days and hours that were agreed, all booked or none."""
    row = _preparation_or_404(pk)
    desk = _desk_or_404(request, row.wish_id)
    offering = next((item for item in desk.offerings if item.facility_id == row.facility_id), None)
    left = min((pool.left for pool in desk.left), default=0)
    if row.status != Preparation.Status.DONE or offering is None or not left or not may_work(request, desk):
        return _to_wish(request, row.wish_id)
    row.wish = desk.wish
    form = VisitsForm(request.POST if request.method == "POST" else None, most=left, on=desk.on, **desk.asks())
    if form.is_valid():
        token = f"{row.wish.entitlement_id}:{form.cleaned_data['token']}"
        asked = {"visits": form.visits(), "hours": form.cleaned_data["hours"], "note": form.cleaned_data["note"]}
        try:
            made = arrange_visits(row, offering, **asked, form_token=token, by=request.user, at=clock.now())
        except VisitRefused as refused:
            form.refuse_visit(refused.number, refused.findings)
        except DayFull as full:
            form.add_error(None, f"空きのない日があります: {'、'.join(day.isoformat() for day in full.days)}")
        except (PermissionDenied, TransitionNotAllowed, Overtaken):
            messages.warning(request, MOVED_ON)
            return _to_wish(request, row.wish_id)
        else:
            messages.success(request, f"{len(made)}回の訪問を予約しました。お母さんにメールで知らせました。")
            return _to_wish(request, row.wish_id)
    context = {"desk": desk, "here": "訪問をまとめて予約する", "preparation": row, "form": form}
    return render(request, "centre/visits.html", context)


def _desk_or_404(request: PortalRequest, pk: int) -> Desk:
    now = clock.now()
    wish = read_wish(pk, by=request.user, at=now)
    if wish is None:
        raise Http404
    return desk_of(wish, on=now.date())


def _preparation_or_404(pk: int) -> Preparation:
    """Inside the municipality's scope."""
    return get_object_or_404(with_rows(Preparation.objects.all()), pk=pk)


def _to_wish(request: PortalRequest, pk: int) -> HttpResponse:
    return redirect("facilities:arrange", slug=request.municipality.slug, pk=pk)
