"""A month of places: how many there are, how many are booked, and setting them for chosen days."""

import datetime as dt
from calendar import monthrange

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.places import PlacesForm
from facilities.selectors.places import PlaceKind, place_kinds, places_between
from facilities.selectors.waiting_list import waiting_on
from facilities.services.capacity import BelowBooked, set_places
from facilities.services.notices import take_last_minute
from facilities.services.publishing_places import NothingToPublish, publish_places
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

from .blocks import new_for
from .month_page import month_page
from .refusal import Refusal, lowered, refusal_of, refused_days


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: FacilityRequest, month: dt.date | None = None) -> HttpResponse:
    now = clock.now()
    shown = month or now.date().replace(day=1)
    kinds = place_kinds(request.facility, on=now.date())
    sent = request.POST if request.method == "POST" else give_back(request)
    form = PlacesForm(
        sent,
        kinds=kinds,
        days=[day for day in _days(shown) if day >= now.date()],
        first=not request.facility.keeps_capacity,
        only_days=bool({"block", "last_minute"} & (sent or {}).keys()),
    )
    if not form.is_valid() or request.method != "POST":
        return _page(request, shown, kinds, form)
    if "block" in request.POST:
        return redirect(new_for(form.days()))
    if form.only_days:
        return _last_minute(request, shown, form.days(), now)
    try:
        set_places(request.facility, form.wanted(), days=form.days(), by=request.user, at=now)
    except BelowBooked as below:
        days = refused_days(request.facility, kinds, below.shortages, lowered, by=request.user, at=now)
        return _page(request, shown, kinds, form, refusal_of(form, days))
    messages.success(request, f"{len(form.days())}日に反映しました。保護者の画面に出ています。")
    return redirect("facility:month", month=shown)


@facility_staff
@require_POST
def publish(request: FacilityRequest) -> HttpResponse:
    """Show the free places to everybody, or no longer."""
    shown = "publish" in request.POST
    try:
        publish_places(request.facility, publish=shown, by=request.user, at=clock.now())
    except NothingToPublish:
        messages.warning(request, "空きの数を反映してから、公開できます。")
    else:
        messages.success(request, "空きを公開しました。" if shown else "空きの公開をやめました。")
    return redirect("facility:month")


def _last_minute(request: FacilityRequest, shown: dt.date, days: list[dt.date], now: dt.datetime) -> HttpResponse:
    """The chosen days take requests up to the last minute, or no longer."""
    take = request.POST["last_minute"] == "take"
    number = take_last_minute(request.facility, days, take=take, by=request.user, at=now)
    told = "直前でも受けるようにしました。" if take else "締切のとおりに戻しました。"
    messages.success(request, f"{number}日を、{told}")
    return redirect("facility:month", month=shown)


def _page(
    request: FacilityRequest,
    shown: dt.date,
    kinds: tuple[PlaceKind, ...],
    form: PlacesForm,
    refusal: Refusal | None = None,
) -> HttpResponse:
    days = _days(shown)
    found = places_between(request.facility, kinds, days[0], days[-1])
    context = {
        "page": month_page(found, form=form, refusal=refusal),
        "kinds": kinds,
        "in_line": waiting_on(request.facility, days),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "facility/month.html", context)


def _days(month: dt.date) -> list[dt.date]:
    return [month.replace(day=number + 1) for number in range(monthrange(month.year, month.month)[1])]
