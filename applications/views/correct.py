"""She corrects a returned application: what is asked, the marked steps, what has changed, and handing it in again."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.forms.apply import FORMS, HouseholdForm, StepForm
from applications.forms.apply.told import boxes_of
from applications.models import Application
from applications.selectors.answers import typed_in
from applications.selectors.corrections import Marked, Returned, kept_answers, returned
from applications.selectors.taken_back import taken_back
from applications.services import correcting, documents
from applications.services.submission import Incomplete
from applications.steps import REVIEW, Step
from eligibility.public import chosen_words
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

from .papers import hand_in_files, paper_named
from .status import own_application


@access.citizen
@require_safe
def correct(request: PortalRequest, number: str) -> HttpResponse:
    """The centre's message, and every marked answer with the way to it."""
    application = own_application(request, number)
    asked = returned(application)
    if asked is None:
        return _to_status(request, application)
    sections = [_section(request, asked, part) for part in asked.parts]
    open_ones = [section["address"] for section in sections if not section["done"]]
    context = {"asked": asked, "sections": sections, "next_step": open_ones[0] if open_ones else ""}
    return render(request, "citizen/correct.html", context)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PortalRequest, number: str, step: str) -> HttpResponse:
    """A marked step, with the buttons of the application; the centre does not see what stands in its boxes."""
    application = own_application(request, number)
    unsent = give_back(request)
    asked = returned(application)
    if asked is None:
        return _too_late(request, application, step, unsent)
    part = asked.part(step)
    if part is None:
        raise Http404
    if request.method != "POST" and unsent is None:
        return _page(request, asked, _form(request, asked, part.step))
    try:
        if unsent:
            return _put_back(request, asked, part.step, unsent)
        return _save(request, asked, part.step, clock.now())
    except (correcting.NoLongerAsked, documents.AlreadyDecided):
        return _too_late(request, own_application(request, number), step, unsent)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PortalRequest, number: str) -> HttpResponse:
    """What has changed, before and after, and the one button that hands it in again."""
    application = own_application(request, number)
    if request.method == "POST":
        return _resubmit(request, application)
    asked = returned(application)
    if asked is None:
        return _to_status(request, application)
    if not asked.done:
        return redirect(_address(request, "correct", application))
    names = [*(part.title for part in asked.parts), REVIEW]
    context = {"asked": asked, "changes": asked.changes, "names": names, "current": len(names)}
    return render(request, "citizen/correct_review.html", context)


def _resubmit(request: PortalRequest, application: Application) -> HttpResponse:
    try:
        correcting.resubmit(application, by=request.user, at=clock.now())
    except Incomplete:
        return redirect(_address(request, "correct", application))
    except correcting.NoLongerAsked:
        return _to_status(request, application)
    messages.success(request, _("直したものを受け付けました。"))
    return redirect(_address(request, "done", application))


def _save(request: PortalRequest, asked: Returned, here: Step, now: dt.datetime) -> HttpResponse:
    application, acting = asked.application, _acting(request, now)
    take_out = partial(correcting.leave_out, application, by=request.user, at=now)
    refused = hand_in_files(request, here, asked.seen, asked.terms, now, take_out=take_out)
    asked = returned(application) or asked  # without the papers that others have come in the place of
    form = _form(request, asked, here, sent=request.POST)
    if isinstance(form, HouseholdForm):
        form.refused = refused
    answers = form.answers() if form.is_valid() else None
    correcting.save_correction(application, here, answers, typed=form.typed(), **acting)
    if "remove" in request.POST:
        take_out(paper_named(application, request.POST["remove"]))
        return redirect(_step(request, application, here))
    if refused:
        return _page(request, asked, form)
    return _onward(request, asked, form, complete=answers is not None)


def _put_back(request: PortalRequest, asked: Returned, here: Step, unsent: QueryDict) -> HttpResponse:
    """Save what she had sent as her session ended, and show it."""
    form = _form(request, asked, here, sent=unsent)
    answers = form.answers() if form.is_valid() else None
    acting = _acting(request, clock.now())
    correcting.save_correction(asked.application, here, answers, typed=form.typed(), **acting)
    return redirect(request.get_full_path())


def _too_late(request: PortalRequest, application: Application, step: str, unsent: QueryDict | None) -> HttpResponse:
    """Nothing is asked any more: what she has just sent stays hers, on the page that says so."""
    sent = request.POST if request.method == "POST" else unsent
    asked = taken_back(application)
    part = asked.part(step) if asked else None
    if sent and asked and part:
        form = _form(request, asked, part.step, sent=sent)
        answers = form.answers() if form.is_valid() else None
        acting = _acting(request, clock.now())
        correcting.keep_unsent(application, part.step, answers, typed=form.typed(), **acting)
    return _to_status(request, application)


def _onward(request: PortalRequest, asked: Returned, form: StepForm, *, complete: bool) -> HttpResponse:
    """Where the pressed button leads: through the marked steps and, once all are done, to what has changed."""
    application, go = asked.application, request.POST.get("go", "next")
    if go == "add":
        return redirect(_step(request, application, form.step))
    if go == "later":
        messages.success(request, _("保存しました。続きは、いつでもどの端末からでも書けます。"))
        return redirect("pages:my_page", slug=request.municipality.slug)
    if go == "back":
        return redirect(_address(request, "correct", application))
    if not complete:
        return _page(request, asked, form)
    waiting = [part.step for part in asked.parts if not part.done and part.step is not form.step]
    if waiting:
        return redirect(_step(request, application, waiting[0]))
    return redirect(_address(request, "correct_review", application))


def _page(request: PortalRequest, asked: Returned, form: StepForm) -> HttpResponse:
    form.mark(asked.correction.marks[form.step])
    steps = [part.step for part in asked.parts]
    context = {
        "form": form,
        "names": [*(part.title for part in asked.parts), REVIEW],
        "current": steps.index(form.step) + 1,
        "asked": asked,
        "saved_at": None,
        "from_review": False,
    }
    return render(request, "citizen/apply/step.html", context)


def _form(request: PortalRequest, asked: Returned, here: Step, *, sent: QueryDict | None = None) -> StepForm:
    """With what she typed here last, else with what she handed in."""
    seen = asked.seen
    return FORMS[here](
        sent,
        request.FILES if sent is not None else None,
        terms=asked.terms,
        on=clock.today(),
        application=seen,
        typed=typed_in(seen, here),
        prefill=boxes_of(here, kept_answers(seen, here), asked.terms),
        words=chosen_words(request),
    )


def _section(request: PortalRequest, asked: Returned, part: Marked) -> dict[str, Any]:
    """The marked answers; those that she has changed already, before and after."""
    address = _step(request, asked.application, part.step)
    changes = [change for change in asked.changes if change.step == part.step] if part.done else []
    changed = {change.label for change in changes}
    rows = [
        {"term": line.label, "value": line.value, "href": f"{address}#id_{line.field}"}
        for line in part.lines
        if line.label not in changed
    ]
    return {"title": part.title, "rows": rows, "changes": changes, "done": part.done, "address": address}


def _acting(request: PortalRequest, now: dt.datetime) -> dict[str, Any]:
    return {"by": request.user, "at": now}


def _address(request: PortalRequest, name: str, application: Application) -> str:
    return reverse(f"applications:{name}", kwargs={"slug": request.municipality.slug, "number": application.number})


def _step(request: PortalRequest, application: Application, step: Step) -> str:
    return f"{_address(request, 'correct', application)}{step.value}/"


def _to_status(request: PortalRequest, application: Application) -> HttpResponse:
    """Where it stands, with the word that nothing is asked (any more)."""
    messages.info(request, _("直していただくことは、いまはありません。"))
    return redirect(_address(request, "done", application))
