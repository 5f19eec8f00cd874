"""The last look before handing in: every answer, what the programme says to it, and the button that submits."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from applications.selectors.answers import after_loss, clean_in
from applications.selectors.mine import draft_of
from applications.selectors.offices import other_office_named
from applications.selectors.readiness import readiness
from applications.selectors.summary import Section, summary
from applications.services import submission
from applications.steps import REVIEW, Step, label_of, steps_of
from eligibility.access import programme_for
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_key


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PortalRequest) -> HttpResponse:
    """Before the window opens it says from when; steps that are open are linked; both keep everything."""
    now = clock.now()
    if request.method == "POST":
        return _submit(request, now)
    draft = draft_of(request.user, request.municipality)
    if draft is None:
        return redirect("applications:start", slug=request.municipality.slug)
    context = review_context(draft, now.date(), request=request, address=partial(_address, request))
    return render(request, "citizen/apply/review.html", context)


def _submit(request: PortalRequest, now: dt.datetime) -> HttpResponse:
    """The form names its draft, so that a second tap finds what the first one handed in."""
    wanted = row_key(request.POST.get("application", ""))
    application = get_object_or_404(Application.objects.select_related("municipality"), pk=wanted)
    try:
        submitted = submission.submit(application, by=request.user, at=now)
    except (submission.Incomplete, submission.NotOpenYet):
        return redirect("applications:review", slug=request.municipality.slug)  # which says what is missing, or when
    messages.success(request, _("申請を受け付けました。"))
    return redirect("applications:done", slug=request.municipality.slug, number=submitted.number)


def review_context(
    draft: Application, on: dt.date, *, request: PortalRequest, address: Callable[[Step], str]
) -> dict[str, Any]:
    """What the page shows of a draft; `address` is where a step of it is written."""
    terms = programme_for(request.municipality, on).terms
    lost = after_loss(draft)
    state = readiness(draft, terms, on=on)
    person = clean_in(draft, Step.PERSON)
    return {
        "application": draft,
        "state": state,
        "terms": terms,
        "after_loss": lost,
        "window": state.assessment.finding("application_window"),
        "standing": terms.classes[0],
        "sections": [_section(section, address(section.step)) for section in summary(draft, terms, to_her=True)],
        "open_steps": [(label_of(step, after_loss=lost), address(step)) for step in state.open_steps],
        "certificates": address(Step.HOUSEHOLD),
        "other_office": other_office_named(person.get("address", ""), person.get("office", ""), terms),
        "person": address(Step.PERSON),
        "names": [*(label_of(step, after_loss=lost) for step in steps_of(terms)), REVIEW],
        "current": len(steps_of(terms)) + 1,
    }


def _section(section: Section, address: str) -> dict[str, Any]:
    rows = [{"term": line.label, "value": line.value, "href": f"{address}#id_{line.field}"} for line in section.lines]
    return {"title": section.title, "rows": rows}


def _address(request: PortalRequest, step: Step) -> str:
    address = reverse("applications:step", kwargs={"slug": request.municipality.slug, "step": step.value})
    return f"{address}?from=review"
