"""The steps of an application: each at its own address, saved on every press, complete or not."""

import datetime as dt
from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.forms.apply import FORMS, HouseholdForm, StepForm
from applications.forms.apply.told import boxes_of
from applications.models import Application
from applications.selectors.answers import open_steps, typed_in
from applications.selectors.mine import draft_of, open_application_of
from applications.selectors.prefill import prefill, told_before, told_by
from applications.services import documents, drafts
from applications.steps import REVIEW, Step, following, label_of, preceding, steps_of
from eligibility.access import programme_for
from eligibility.engine import Terms
from eligibility.public import chosen_words
from eligibility.views import CHECK_ANSWERS
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

from .papers import hand_in_files, paper_named


@access.citizen
@require_safe
def start(request: PortalRequest) -> HttpResponse:
    """Lead to where she left off, or to the application that she has handed in already."""
    if waiting := open_application_of(request.user, request.municipality):
        return redirect("applications:done", slug=request.municipality.slug, number=waiting.number)
    unfinished = open_steps(_draft(request), _terms(request, clock.now()))
    return _to_step(request, unfinished[0]) if unfinished else _to_review(request)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PortalRequest, step: str) -> HttpResponse:
    """One step. Buttons say by `go` where she wants to be next: next, back, later, add; `remove` names a document."""
    now = clock.now()
    if step not in steps_of(_terms(request, now)):
        raise Http404
    if open_application_of(request.user, request.municipality):
        return redirect("applications:start", slug=request.municipality.slug)
    if request.method == "POST":
        return _save(request, Step(step), now)
    if unsent := give_back(request):
        return _put_back(request, Step(step), unsent, now)
    return _page(request, _form(request, Step(step), _draft(request), now))


def _save(request: PortalRequest, here: Step, now: dt.datetime) -> HttpResponse:
    draft = _draft_to_save_in(request, now)
    take_out = partial(documents.remove, by=request.user, at=now)
    refused = hand_in_files(request, here, draft, _terms(request, now), now, take_out=take_out)
    form = _form(request, here, draft, now, sent=request.POST)
    if isinstance(form, HouseholdForm):
        form.refused = refused
    complete = form.is_valid()
    try:
        drafts.save_step(draft, here, form.answers() if complete else None, typed=form.typed(), by=request.user, at=now)
    except drafts.AlreadySubmitted:
        return redirect("applications:start", slug=request.municipality.slug)
    if "remove" in request.POST:
        take_out(paper_named(draft, request.POST["remove"]))
        return _to_step(request, here)
    return _onward(request, form, complete=complete, files_refused=bool(refused))


def _put_back(request: PortalRequest, here: Step, unsent: QueryDict, now: dt.datetime) -> HttpResponse:
    """Save what she had sent as her session ended, and show it; she presses the button herself."""
    draft = _draft_to_save_in(request, now)
    form = _form(request, here, draft, now, sent=unsent)
    answers = form.answers() if form.is_valid() else None
    with suppress(drafts.AlreadySubmitted):  # the page says so
        drafts.save_step(draft, here, answers, typed=form.typed(), by=request.user, at=now)
    return redirect(request.get_full_path())


def _onward(request: PortalRequest, form: StepForm, *, complete: bool, files_refused: bool) -> HttpResponse:
    """Where the pressed button leads; what is wrong holds her only on the way forward, a refused file always."""
    go = request.POST.get("go", "next")
    if files_refused:
        return _page(request, form)
    if go == "add":
        return _to_step(request, form.step)
    if go == "later":
        messages.success(request, _("保存しました。続きは、いつでもどの端末からでも書けます。"))
        return redirect("pages:my_page", slug=request.municipality.slug)
    if go == "back" and (earlier := preceding(form.step, form.terms)):
        return _to_step(request, earlier)
    if not complete:
        return _page(request, form)
    later = None if _from_review(request) else following(form.step, form.terms)
    return _to_step(request, later) if later else _to_review(request)


def _page(request: PortalRequest, form: StepForm) -> HttpResponse:
    steps = steps_of(form.terms)
    context = {
        "form": form,
        "names": [*(label_of(step, after_loss=form.after_loss) for step in steps), REVIEW],
        "current": steps.index(form.step) + 1,
        "saved_at": form.application.saved_at if form.application.pk else None,
        "from_review": _from_review(request),
    }
    return render(request, "citizen/apply/step.html", context)


def _form(
    request: PortalRequest, here: Step, draft: Application, now: dt.datetime, *, sent: QueryDict | None = None
) -> StepForm:
    terms = _terms(request, now)
    before = boxes_of(here, told_before(draft, here), terms)
    offered = before | prefill(draft, here, terms, told_by(draft, request.session.get(CHECK_ANSWERS)))
    return FORMS[here](
        sent,
        request.FILES if sent is not None else None,
        terms=terms,
        on=now.date(),
        application=draft,
        typed=typed_in(draft, here),
        prefill=offered,
        words=chosen_words(request),
    )


def _draft(request: PortalRequest) -> Application:
    """Her draft, or a blank one that is in no database before she saves something."""
    found = draft_of(request.user, request.municipality)
    return found or Application(citizen=request.user, municipality=request.municipality)


def _draft_to_save_in(request: PortalRequest, now: dt.datetime) -> Application:
    """A new draft takes the answers of the public check out of this visit's session into its own keeping."""
    if found := draft_of(request.user, request.municipality):
        return found
    told = told_by(_draft(request), request.session.pop(CHECK_ANSWERS, None))
    return drafts.open_draft(request.user, request.municipality, at=now, told=told)


def _terms(request: PortalRequest, now: dt.datetime) -> Terms:
    return programme_for(request.municipality, now.date()).terms


def _from_review(request: PortalRequest) -> bool:
    return request.GET.get("from") == "review"


def _to_step(request: PortalRequest, step: Step) -> HttpResponse:
    return redirect("applications:step", slug=request.municipality.slug, step=step.value)


def _to_review(request: PortalRequest) -> HttpResponse:
    return redirect("applications:review", slug=request.municipality.slug)
