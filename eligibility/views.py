"""The public check: may I use it, until when, at what price. Nothing typed is kept unless she goes on to apply."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from eligibility.access import MunicipalityRequest, programme_for, public
from eligibility.amounts import entered_amounts
from eligibility.answer import answer
from eligibility.chosen_words import chosen_words
from eligibility.engine import Facts, Family, Place
from eligibility.forms import LossForm, families_of, question_form, typed_answers
from eligibility.signals import check_opens
from postpartum_portal.shared import clock

CHECK_ANSWERS = "check_answers"
"""In the session, from the press of 申請をはじめる until the draft takes it over."""
CHECK_DUE_DATE = "check_due_date"
"""In the session, from the press of 知らせてほしい until she has signed in and asked for it."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: MunicipalityRequest) -> HttpResponse:
    """Answers come by POST, so that no birth date and no loss stands in an address or a log.

    Whose loss is known meets the form for it at once; where the programme has none, she is led to her own page.
    """
    on = clock.today()
    programme = programme_for(request.municipality, on)
    typed = typed_answers(request.POST.dict(), on) if request.method == "POST" else None
    if typed is None and _is_known_to_be_bereaved(request):
        if Family.BEREAVED not in families_of(programme.terms):
            return redirect("pages:my_page", slug=request.municipality.slug)
        typed = {"family": Family.BEREAVED.value}
    words = chosen_words(request)
    form = question_form(typed, terms=programme.terms, on=on, words=words)
    after_loss = isinstance(form, LossForm)
    context: dict[str, Any] = {
        "form": form,
        "programme": programme,
        "words": words,
        "after_loss": after_loss,
        "asks_loss": not after_loss and Family.BEREAVED in families_of(programme.terms),
    }
    if not form.is_valid():
        return render(request, "citizen/check.html", context)
    facts = form.facts()
    if "begin" in request.POST and not after_loss:
        request.session[CHECK_ANSWERS] = {"municipality": request.municipality.slug, **_plain(facts)}
        return redirect("applications:start", slug=request.municipality.slug)
    if "tell" in request.POST and facts.due_date:
        told = {"municipality": request.municipality.slug, "due_date": _day(facts.due_date)}
        request.session[CHECK_DUE_DATE] = told
        return redirect("applications:window_notice", slug=request.municipality.slug)
    place = Place(entered=entered_amounts(request.municipality))
    context["answer"] = answer(facts, programme.terms, on=on, place=place)
    return render(request, "citizen/check_answer.html", context)


def _is_known_to_be_bereaved(request: MunicipalityRequest) -> bool:
    return any(known for _, known in check_opens.send(None, request=request))


def _plain(facts: Facts) -> dict[str, Any]:
    """What the form asked, as JSON: days as 2026-04-30; proofs can only come with the application."""
    return {
        "due_date": _day(facts.due_date),
        "birth_date": _day(facts.birth_date),
        "children": facts.children,
        "family": facts.family.value,
        "household_class": facts.household_class,
        "told": dict(facts.told),
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
