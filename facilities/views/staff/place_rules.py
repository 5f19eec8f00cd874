"""空きのきまり: writing them down, looking at what they would set, and setting it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.place_rules import PlaceRulesForm, SpanForm
from facilities.selectors.notices import notice_of
from facilities.selectors.patterns import patterns_of, plan_between
from facilities.selectors.places import PlaceKind, place_kinds
from facilities.selectors.sharing import rooms_of
from facilities.services.patterns import PlanChanged, apply_patterns
from facilities.services.place_rules import set_place_rules
from postpartum_portal.shared import clock

from .plan_page import plan_page


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: FacilityRequest) -> HttpResponse:
    kinds = place_kinds(request.facility, on=clock.today())
    form = _rules_form(request, kinds, request.POST if request.method == "POST" else None)
    if kinds and form.is_valid():
        set_place_rules(request.facility, form.weeks(), form.notices(), by=request.user, at=clock.now())
        messages.success(request, "きまりを保存しました。")
        return redirect("facility:place_rules")
    rooms = rooms_of(request.facility, on=clock.today())
    context = {"form": form, "kinds": kinds, "patterns": _has_week(request), "rooms": rooms}
    return render(request, "facility/place_rules.html", context)


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: FacilityRequest) -> HttpResponse:
    """Asked with days, what would be set; sent with what was shown, it is set."""
    now = clock.now()
    if not request.facility.keeps_capacity or not _has_week(request):
        messages.warning(request, "先に、空きの数を設定して、毎週のきまりを保存してください。")
        return redirect("facility:place_rules")
    sent: Mapping[str, Any] | None = request.POST if request.method == "POST" else request.GET or None
    form = SpanForm(sent, on=now.date())
    if not form.is_valid():
        return render(request, "facility/place_rules_apply.html", {"form": form})
    if request.method == "POST":
        try:
            plan = apply_patterns(
                request.facility, **_asked(form), shown=form.cleaned_data["shown"], by=request.user, at=now
            )
        except PlanChanged:
            messages.warning(request, "見ているあいだに、予約や空きが変わりました。もう一度確かめてください。")
        else:
            page = plan_page(plan, place_kinds(request.facility, on=now.date()))
            messages.success(request, f"{page.days}日に反映しました。" if page.days else "変わる日はありませんでした。")
            return redirect("facility:month", month=form.cleaned_data["first"].replace(day=1))
    plan = plan_between(request.facility, **_asked(form), on=now.date())
    page = plan_page(plan, place_kinds(request.facility, on=now.date()))
    return render(request, "facility/place_rules_apply.html", {"form": form, "plan": plan, "page": page})


def _rules_form(request: FacilityRequest, kinds: Sequence[PlaceKind], sent: Mapping[str, Any] | None) -> PlaceRulesForm:
    notices = {kind.code: notice_of(request.facility, kind.code) for kind in kinds}
    return PlaceRulesForm(sent, kinds=kinds, patterns=patterns_of(request.facility), notices=notices)


def _has_week(request: FacilityRequest) -> bool:
    """Whether there is anything to apply."""
    patterns = patterns_of(request.facility).values()
    return any(row.ward_places or any(number is not None for number in row.numbers) for row in patterns)


def _asked(form: SpanForm) -> dict[str, Any]:
    first: dt.date = form.cleaned_data["first"]
    return {"first": first, "last": form.cleaned_data["last"], "by_hand": form.cleaned_data["by_hand"]}
