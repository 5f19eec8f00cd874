"""The public check: may I use it, until when, at what price. Nothing typed is kept unless she goes on to apply."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from eligibility.access import MunicipalityRequest, programme_for, public
from eligibility.answer import answer
from eligibility.engine import Facts
from eligibility.forms import CheckForm, typed_answers
from postpartum_portal.shared import clock

CHECK_ANSWERS = "check_answers"
"""In the session, from the press of 申請をはじめる until the draft takes it over."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: MunicipalityRequest) -> HttpResponse:
    """Answers come by POST, so that no birth date stands in an address or a log."""
    on = clock.today()
    programme = programme_for(request.municipality, on)
    typed = typed_answers(request.POST.dict(), on) if request.method == "POST" else None
    form = CheckForm(typed, terms=programme.terms, on=on)
    context: dict[str, Any] = {"form": form, "programme": programme}
    if not form.is_valid():
        return render(request, "citizen/check.html", context)
    facts = form.facts()
    if "begin" in request.POST:
        request.session[CHECK_ANSWERS] = {"municipality": request.municipality.slug, **_plain(facts)}
        return redirect("applications:start", slug=request.municipality.slug)
    context["answer"] = answer(facts, programme.terms, on=on)
    return render(request, "citizen/check_answer.html", context)


def _plain(facts: Facts) -> dict[str, Any]:
    """Facts as JSON: days as 2026-04-30; proofs can only come with the application."""
    told = {name: value for name, value in asdict(facts).items() if name != "proofs"}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in told.items()}
