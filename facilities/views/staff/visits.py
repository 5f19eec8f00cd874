"""訪問の地域と時間: what the facility says of its visits, and the days off that are to come."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.visits import VisitBreakForm, VisitPlanForm
from facilities.models import VisitBreak, VisitPlan
from facilities.selectors.visit_services import visit_services
from facilities.selectors.visits import visits_of
from facilities.services.visit_plans import add_break, drop_break, set_visits
from postpartum_portal.shared import clock

SAVED = "訪問の地域と時間を保存しました。これからの予約に使います。決まっている訪問は、そのままです。"


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: FacilityRequest) -> HttpResponse:
    """One form of what holds every week and of days off: each button saves all that was changed in both."""
    return _page(request)


@facility_staff
@require_POST
def remove_break(request: FacilityRequest, pk: int) -> HttpResponse:
    """Beside what else was changed."""
    return _page(request, get_object_or_404(VisitBreak.objects.filter(facility=request.facility), pk=pk))


def _page(request: FacilityRequest, dropped: VisitBreak | None = None) -> HttpResponse:
    now, sent = clock.now(), request.POST if request.method == "POST" else None
    plan = VisitPlan.objects.filter(facility=request.facility).first()
    services = visit_services(request.facility, on=now.date())
    off = VisitBreakForm(sent, on=now.date(), empty_permitted="add_break" not in request.POST)
    form = VisitPlanForm(
        sent,
        plan=plan,
        area=request.facility.area,
        unknown_length=any(service.duration is None for service in services),
        empty_permitted=bool(dropped) or off.has_changed() or "add_break" in request.POST,
    )
    if form.is_valid() and off.is_valid():
        _save(request, form, off, dropped, now)
        return redirect("facility:visits")
    context = {
        "form": form,
        "off": off,
        "services": services,
        "plan": plan,
        "breaks": VisitBreak.objects.filter(facility=request.facility, last_day__gte=now.date()),
    }
    return render(request, "facility/visits.html", context)


def _save(
    request: FacilityRequest, form: VisitPlanForm, off: VisitBreakForm, dropped: VisitBreak | None, now: dt.datetime
) -> None:
    if form.cleaned_data:
        set_visits(request.facility, **form.said(), by=request.user, at=now)
        messages.success(request, SAVED)
    if off.cleaned_data:
        row = add_break(request.facility, **off.said(), by=request.user, at=now)
        _told_of_break(request, VisitPlan.objects.filter(facility=request.facility).first(), row)
    if dropped:
        drop_break(dropped, by=request.user, at=now)
        messages.success(request, "訪問できない日をやめました。")


def _told_of_break(request: FacilityRequest, plan: VisitPlan | None, row: VisitBreak) -> None:
    """What is arranged on these days stays, and is for the facility to speak of with the mothers."""
    arranged = len(visits_of(plan, row.first_day, row.last_day)) if plan else 0
    if arranged:
        messages.warning(
            request,
            f"訪問できない日に入れました。この間に、決まった訪問や依頼が{arranged}件あります。電話で相談してください。",
        )
    else:
        messages.success(request, "訪問できない日に入れました。この間の日は、予約の画面で選べません。")
