"""Recording the birth, or putting its date right, with every period that moves by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms.birth import BirthForm
from applications.models import Birth
from applications.selectors.births import dates_of
from applications.selectors.records import as_json, facts_from_json
from applications.selectors.standing import Standing, entitlement_of, latest_birth, standing_of
from applications.services.births import record_birth
from eligibility import engine
from eligibility.engine.wording import pool_units
from eligibility.public import programme_on
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

BEFORE = "birth_before"
"""Session key of the facts before the last recording: what moved is shown once, on the page that follows."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Services whose period is the same before and after, told once."""

    label: str
    before: engine.Period | None
    after: engine.Period
    corrected: bool
    """Counted by a corrected age, 修正月齢."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A pool of which there is more or less, since more or fewer children came: 7回 → 14回."""

    label: str
    before: str
    after: str


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def birth(request: PortalRequest) -> HttpResponse:
    found = latest_birth(request.user, request.municipality)
    if found is None or found.outcome == Birth.Outcome.LOST:
        return redirect("pages:my_page", slug=request.municipality.slug)
    sent = request.POST if request.method == "POST" else give_back(request)
    form = BirthForm(sent, birth=found, today=clock.today())
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form)
    request.session[BEFORE] = as_json(dates_of(found))
    record_birth(found, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, _("生まれた日を届け出ました。"))
    return redirect("applications:birth", slug=request.municipality.slug)


def _page(request: PortalRequest, found: Birth, form: BirthForm) -> HttpResponse:
    entitlement = entitlement_of(request.user, request.municipality)
    standing = standing_of(entitlement) if entitlement and entitlement.birth_id == found.pk else None
    terms = standing.terms if standing else programme_on(request.municipality, clock.today()).terms
    services = [service for service in terms.services if standing is None or service.code in standing.services]
    kept = request.session.pop(BEFORE, None) if not form.is_bound else None
    before, now = facts_from_json(kept) if kept else None, dates_of(found)
    context = {
        "birth": found,
        "form": form,
        "granted": standing is not None,
        "periods": _periods(before, now, terms, services),
        "counted": _counted(before, now, terms, services, standing) if before else (),
    }
    return render(request, "citizen/birth.html", context)


def _periods(
    before: engine.Facts | None, now: engine.Facts, terms: engine.Terms, services: Iterable[engine.Service]
) -> list[Moved]:
    """Until when each service may be used, and what was said before where that day has just moved."""
    told: dict[tuple[engine.Period | None, engine.Period, bool], list[str]] = {}
    for service in services:
        period = engine.use_period(service.code, now, terms)
        earlier = engine.use_period(service.code, before, terms) if before else None
        moved = earlier if earlier and earlier.last != period.last else None
        correction = service.age_limit.correction
        corrected = correction is not None and period.source == correction
        told.setdefault((moved, period, corrected), []).append(service.short_label)
    return [Moved("・".join(labels), *periods) for periods, labels in told.items()]


def _counted(
    before: engine.Facts,
    now: engine.Facts,
    terms: engine.Terms,
    services: Iterable[engine.Service],
    standing: Standing | None,
) -> list[Counted]:
    """What the number of children has moved: of what was granted or, before that, of what the rules give."""
    granted = {pool.code: pool.limit for pool in standing.pools} if standing else {}
    pools = {pool.code: pool for service in services for pool in terms.pools_of(service.code)}
    found = []
    for pool in pools.values():
        was, limit = pool.limit_for(before.counted_children), pool.limit_for(now.counted_children)
        if was != limit:
            held = granted.get(pool.code, limit)
            found.append(Counted(pool.label, pool_units(held - limit + was, pool), pool_units(held, pool)))
    return found
