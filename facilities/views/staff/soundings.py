"""Soundings in the inbox: yes to one of the days, another day, or no with a reason."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_fsm import TransitionNotAllowed

from facilities.access import FacilityRequest, facility_desk
from facilities.forms.staff.sounding import AnotherDayForm, CannotForm
from facilities.models import Sounding
from facilities.selectors.desks import answered_by
from facilities.selectors.soundings import SoundingCard, soundings_of_desk, with_wish
from facilities.services.reading import read_soundings
from facilities.services.sounding import accept, decline
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

OVER = "この打診は、もう終わっています。"


def asked_soundings(request: FacilityRequest, now: dt.datetime) -> tuple[SoundingCard, ...]:
    """Those of this desk: open ones first, then what came of the others lately."""
    return read_soundings(soundings_of_desk(request.facility, now=now), by=request.user, at=now)


@facility_desk
@require_POST
def yes(request: FacilityRequest, pk: int) -> HttpResponse:
    """One of the days that were asked for, at the hour that was."""
    sounding = _sounding_or_404(request, pk)
    day = next((day for day in sounding.asked_days if day.isoformat() == request.POST.get("day")), None)
    if day is None:
        raise Http404
    try:
        accept(sounding, day=day, hour=sounding.arrival, words="", by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        return _over(request)
    return _thanked(request)


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def another(request: FacilityRequest, pk: int) -> HttpResponse:
    sounding, now = _sounding_or_404(request, pk), clock.now()
    if sounding.status not in Sounding.OPEN:
        return _over(request)
    sent = request.POST if request.method == "POST" else None
    form = AnotherDayForm(sent, sounding=sounding, on=now.date())
    if not form.is_valid():
        (card,) = read_soundings([sounding], by=request.user, at=now)
        return render(request, "facility/sounding_another.html", {"card": card, "form": form})
    try:
        accept(sounding, **form.said(), by=request.user, at=now)
    except (TransitionNotAllowed, Overtaken):
        return _over(request)
    return _thanked(request)


@facility_desk
@require_http_methods(["GET", "HEAD", "POST"])
def no(request: FacilityRequest, pk: int) -> HttpResponse:
    sounding, now = _sounding_or_404(request, pk), clock.now()
    if sounding.status not in Sounding.OPEN:
        return _over(request)
    form = CannotForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        (card,) = read_soundings([sounding], by=request.user, at=now)
        return render(request, "facility/sounding_no.html", {"card": card, "form": form})
    try:
        decline(sounding, reason=form.cleaned_data["reason"], by=request.user, at=now)
    except (TransitionNotAllowed, Overtaken):
        return _over(request)
    messages.success(request, "受けられないとセンターに伝えました。")
    return redirect("facility:requests")


def _sounding_or_404(request: FacilityRequest, pk: int) -> Sounding:
    """Raises Http404: there is none here, or another desk answers it."""
    return get_object_or_404(with_wish(Sounding.objects.filter(answered_by(request.facility))), pk=pk)


def _thanked(request: FacilityRequest) -> HttpResponse:
    messages.success(request, "受けられるとセンターに伝えました。まだ予約ではありません。決まると、ここに出ます。")
    return redirect("facility:requests")


def _over(request: FacilityRequest) -> HttpResponse:
    messages.warning(request, OVER)
    return redirect("facility:requests")
