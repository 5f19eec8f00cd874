"""The steps of an application that is written in a mother's place: the same forms and papers, and nothing known before.

What is kept lies in a draft of nobody's: no earlier answer of hers, and no other row about her, can come into a box.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms.apply import FORMS, HouseholdForm, StepForm
from applications.forms.apply.for_another import fill_in_nothing
from applications.models import Application, Proxy
from applications.selectors.answers import typed_in
from applications.services import documents, drafts, proxies
from applications.services.submission import Incomplete, NotOpenYet
from applications.steps import REVIEW, Step, following, label_of, preceding, steps_of
from eligibility.access import programme_for
from eligibility.engine import Terms
from eligibility.public import chosen_words
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

from .papers import hand_in_files, paper_named
from .proxy import written
from .review import review_context


def in_hand(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only as long as it is not handed over; whoever comes later is led to where it stands."""

    @wraps(view)
    def guarded(request: Any, proxy: Proxy, **named: Any) -> HttpResponse:
        if not proxy.writes:
            return _to_proxy(request, proxy)
        try:
            return view(request, proxy, **named)
        except (drafts.AlreadySubmitted, documents.AlreadyDecided):
            return _to_proxy(request, proxy)
        except (PermissionDenied, ObjectDoesNotExist, proxies.NoLongerWriting):  # she has just said no
            raise Http404 from None

    return guarded


@access.citizen
@written
@in_hand
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PortalRequest, proxy: Proxy, step: str) -> HttpResponse:
    """One step, with the buttons of the application; what is typed is kept, complete or not."""
    now = clock.now()
    if step not in steps_of(_terms(request, now)):
        raise Http404
    if request.method == "POST":
        return _save(request, proxy, Step(step), now)
    if unsent := give_back(request):
        form = _form(request, proxy, Step(step), now, sent=unsent)
        with suppress(drafts.AlreadySubmitted):
            _keep(request, proxy, form, now)
        return redirect(request.get_full_path())
    return _page(request, proxy, _form(request, proxy, Step(step), now))


@access.citizen
@written
@in_hand
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PortalRequest, proxy: Proxy) -> HttpResponse:
    """All that was written, and the button that hands it over to the centre."""
    now, draft = clock.now(), _draft(proxy)
    if request.method != "POST":
        address = partial(_from_review, request, proxy)
        context = {**review_context(draft, now.date(), request=request, address=address), "proxy": proxy}
        return render(request, "citizen/proxy/review.html", context)
    try:
        proxies.hand_over(proxy, by=request.user, at=now)
    except (Incomplete, NotOpenYet):
        return redirect(request.path)  # which says what is missing, or when
    messages.success(request, _("センターに預けました。"))
    return _to_proxy(request, proxy)


def _save(request: PortalRequest, proxy: Proxy, here: Step, now: dt.datetime) -> HttpResponse:
    draft = _draft(proxy)
    take_out = partial(documents.remove, by=request.user, at=now)
    refused = hand_in_files(request, here, draft, _terms(request, now), now, take_out=take_out)
    form = _form(request, proxy, here, now, sent=request.POST)
    if isinstance(form, HouseholdForm):
        form.refused = refused
    complete = _keep(request, proxy, form, now)
    if "remove" in request.POST:
        take_out(paper_named(draft, request.POST["remove"]))
        return redirect(_address(request, proxy, here))
    if refused:
        return _page(request, proxy, form)
    return _onward(request, proxy, form, complete=complete)


def _keep(request: PortalRequest, proxy: Proxy, form: StepForm, now: dt.datetime) -> bool:
    answers = form.answers() if form.is_valid() else None
    proxies.save_step(proxy, form.step, answers, typed=form.typed(), by=request.user, at=now)
    return answers is not None


def _onward(request: PortalRequest, proxy: Proxy, form: StepForm, *, complete: bool) -> HttpResponse:
    go = request.POST.get("go", "next")
    if go == "add":
        return redirect(_address(request, proxy, form.step))
    if go == "later":
        messages.success(request, _("保存しました。続きは、いつでもどの端末からでも書けます。"))
        return _to_proxy(request, proxy)
    if go == "back" and (earlier := preceding(form.step, form.terms)):
        return redirect(_address(request, proxy, earlier))
    if not complete:
        return _page(request, proxy, form)
    later = None if request.GET.get("from") == "review" else following(form.step, form.terms)
    if later:
        return redirect(_address(request, proxy, later))
    return redirect("applications:proxy_review", slug=request.municipality.slug, pk=proxy.pk)


def _page(request: PortalRequest, proxy: Proxy, form: StepForm) -> HttpResponse:
    steps = steps_of(form.terms)
    context = {
        "form": form,
        "names": [*(label_of(step, after_loss=False) for step in steps), REVIEW],
        "current": steps.index(form.step) + 1,
        "saved_at": form.application.saved_at if form.application.answers else None,
        "from_review": request.GET.get("from") == "review",
        "proxy": proxy,
    }
    return render(request, "citizen/apply/step.html", context)


def _form(
    request: PortalRequest, proxy: Proxy, here: Step, now: dt.datetime, *, sent: QueryDict | None = None
) -> StepForm:
    draft = _draft(proxy)
    form = FORMS[here](
        sent,
        request.FILES if sent is not None else None,
        terms=_terms(request, now),
        on=now.date(),
        application=draft,
        typed=typed_in(draft, here),
        prefill={"name": proxy.mother_name} if here is Step.PERSON else {},
        words=chosen_words(request),
    )
    fill_in_nothing(form)
    return form


def _draft(proxy: Proxy) -> Application:
    if proxy.application is None:
        raise Http404
    return proxy.application


def _terms(request: PortalRequest, now: dt.datetime) -> Terms:
    return programme_for(request.municipality, now.date()).terms


def _address(request: PortalRequest, proxy: Proxy, step: Step) -> str:
    named = {"slug": request.municipality.slug, "pk": proxy.pk, "step": step.value}
    return reverse("applications:proxy_step", kwargs=named)


def _from_review(request: PortalRequest, proxy: Proxy, step: Step) -> str:
    return f"{_address(request, proxy, step)}?from=review"


def _to_proxy(request: PortalRequest, proxy: Proxy) -> HttpResponse:
    return redirect("applications:proxy", slug=request.municipality.slug, pk=proxy.pk)
