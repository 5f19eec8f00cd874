"""Recording the birth, or putting its date right, with every period that moves by it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms.birth import BirthForm
from applications.models import Birth
from applications.selectors.answers import day
from applications.selectors.births import dates_of
from applications.selectors.standing import entitlement_of, latest_birth
from applications.services.births import record_birth
from eligibility import engine
from eligibility.public import programme_of, programme_on
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

BEFORE = "birth_before"
"""Session key of the dates before the last recording: what moved is shown once, on the page that follows."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Services whose period is the same before and after, told once."""

    label: str
    before: engine.Period | None
    after: engine.Period


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def birth(request: PortalRequest) -> HttpResponse:
    found = latest_birth(request.user, request.municipality)
    if found is None or found.outcome == Birth.Outcome.LOST:
        return redirect("pages:my_page", slug=request.municipality.slug)
    if request.method != "POST":
        return _page(request, found, BirthForm(birth=found, today=clock.today()))
    form = BirthForm(request.POST, birth=found, today=clock.today())
    if not form.is_valid():
        return _page(request, found, form)
    request.session[BEFORE] = _kept(dates_of(found))
    record_birth(found, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, "生まれた日を届け出ました。")
    return redirect("applications:birth", slug=request.municipality.slug)


def _page(request: PortalRequest, found: Birth, form: BirthForm) -> HttpResponse:
    entitlement = entitlement_of(request.user, request.municipality)
    version = entitlement.programme_version if entitlement else None
    programme = programme_of(version) if version else programme_on(request.municipality, clock.today())
    before = _told(request.session.pop(BEFORE, None)) if not form.is_bound else None
    context = {
        "birth": found,
        "form": form,
        "granted": entitlement is not None,
        "periods": _periods(before, dates_of(found), programme.terms),
    }
    return render(request, "citizen/birth.html", context)


def _periods(before: engine.Facts | None, now: engine.Facts, terms: engine.Terms) -> list[Moved]:
    """Until when each service may be used, and what was said before where that has just changed."""
    moved = {item.code: item.before for item in engine.differences(before, now, terms)} if before else {}
    told: dict[tuple[Any, Any], list[str]] = {}
    for service in terms.services:
        earlier = moved.get(service.code)
        told.setdefault((earlier, engine.use_period(service.code, now, terms)), []).append(service.short_label)
    return [Moved("・".join(labels), earlier, period) for (earlier, period), labels in told.items()]


def _kept(facts: engine.Facts) -> dict[str, Any]:
    return {"due": _kept_day(facts.due_date), "born": _kept_day(facts.birth_date), "children": facts.children}


def _kept_day(told: dt.date | None) -> str | None:
    return told.isoformat() if told else None


def _told(kept: dict[str, Any] | None) -> engine.Facts | None:
    if kept is None:
        return None
    return engine.Facts(due_date=day(kept["due"]), birth_date=day(kept["born"]), children=kept["children"])
