"""Keeping days for somebody on the phone: what is kept, one hold with its code, and giving it back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.hold import HoldForm
from facilities.models import Hold
from facilities.selectors.holds import hold_card, holdables, holds_of, open_holds
from facilities.services.booking import DayFull, NotBookable
from facilities.services.holding import hold_days, release_hold
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import Overtaken

FULL = "空きがなくなりました。ほかの日を選んでください。"
CLOSED = "この仮予約は、もう予約になったか、期限が切れています。"


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: FacilityRequest) -> HttpResponse:
    now = clock.now()
    offered = holdables(request.facility, on=now.date())
    form = HoldForm(request.POST if request.method == "POST" else None, holdables=offered, on=now.date())
    if form.is_valid():
        try:
            kept = hold_days(form.offering_chosen(), **form.said(), by=request.user, at=now)
        except NotBookable as refused:
            form.refuse("".join(finding.fact for finding in refused.findings))
        except DayFull as full:
            days = "・".join(wareki.short(day) for day in full.days)
            form.refuse(f"{days}は、{FULL}" if days else FULL)
        else:
            return redirect("facility:hold", pk=kept.pk)
    cards = [hold_card(hold) for hold in open_holds(request.facility, at=now)]
    context = {"form": form, "offered": offered, "cards": cards, "minutes": settings.HOLD_MINUTES}
    return render(request, "facility/holds.html", context)


@facility_desk
@require_safe
def hold(request: FacilityRequest, pk: int) -> HttpResponse:
    """The code to read out, as long as it may be typed; then what became of it."""
    found, now = _hold_or_404(request, pk), clock.now()
    is_open = found.status == Hold.Status.OPEN and now < found.expires_at
    return render(request, "facility/hold.html", {"card": hold_card(found), "open": is_open, "now": now})


@facility_desk
@require_POST
def release(request: FacilityRequest, pk: int) -> HttpResponse:
    try:
        release_hold(_hold_or_404(request, pk), by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, CLOSED)
        return redirect("facility:hold", pk=pk)
    messages.success(request, "仮予約を取りやめました。空きに戻りました。")
    return redirect("facility:holds")


def _hold_or_404(request: FacilityRequest, pk: int) -> Hold:
    """Raises Http404: there is none, or another desk keeps it."""
    return get_object_or_404(holds_of(request.facility), pk=pk)
