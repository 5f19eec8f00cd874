"""What is done from the centre's list itself: who is in charge of several cases at once, and views that are kept."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from applications.forms.worklist import AssignForm, KeepViewForm
from applications.models import Application
from applications.services import assigning, keeping_views
from applications.services.screening import NotOpen
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .centre_case import OWN, who_took_it

CLOSED = "もう決定されたか、取り下げられています"


@access.centre
@require_POST
def assign(request: PortalRequest) -> HttpResponseBase:
    """Take on, hand over or give back (`deed`) every ticked case; one that is gone holds up no other."""
    form = AssignForm(request.POST, municipality=request.municipality)
    if not form.is_valid():
        return _back(request, *(str(error) for errors in form.errors.values() for error in errors))
    to = form.cleaned_data["to"]
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    match request.POST.get("deed"):
        case "take_on":
            deed, words = partial(assigning.take_on, **acting), "担当になりました"
        case "give_back":
            deed, words = partial(assigning.give_back, **acting), "担当をはずしました"
        case _ if to is not None:
            deed, words = partial(assigning.hand_over, to=to, **acting), f"{to}さんに渡しました"
        case _:
            return _back(request, "渡す人を選んでください。")
    done, refused = _each(form.picked(), deed)
    if done:
        messages.success(request, f"{done}件の{words}。" if to is None else f"{done}件を{words}。")
    return _back(request, *refused)


@access.centre
@require_POST
def keep_view(request: PortalRequest) -> HttpResponseBase:
    """この絞り込みを保存する."""
    form = KeepViewForm(request.POST)
    if not form.is_valid():
        return _back(request, *(str(error) for errors in form.errors.values() for error in errors))
    owner: dict[str, Any] = {"by": request.user, "municipality": request.municipality}
    try:
        view = keeping_views.keep_view(form.cleaned_data["name"], form.chosen, **owner, at=clock.now())
    except keeping_views.TooManyViews:
        return _back(request, f"保存できるのは{form.MOST}個までです。使わないものを消してください。")
    messages.success(request, f"「{view.name}」を保存しました。")
    return _back(request)


@access.centre
@require_POST
def drop_view(request: PortalRequest, pk: int) -> HttpResponseBase:
    keeping_views.drop_view(pk, by=request.user, municipality=request.municipality)
    return _back(request)


def _each(applications: list[Application], deed: Callable[[Application], None]) -> tuple[int, list[str]]:
    """How many were done, and for each of the others why not."""
    done, refused = 0, []
    for application in applications:
        try:
            deed(application)
        except assigning.TakenByAnother as faster:
            refused.append(f"{application.number}は、{who_took_it(faster)}")
        except NotOpen:
            refused.append(f"{application.number}は、{CLOSED}。")
        except (PermissionDenied, assigning.NotTheirWork):
            refused.append(f"{application.number}: {OWN}")
        else:
            done += 1
    return done, refused


def _back(request: PortalRequest, *problems: str) -> HttpResponseBase:
    """To the list as it was narrowed."""
    for problem in problems:
        messages.warning(request, problem)
    narrowed = QueryDict(request.POST.get("narrowed", "")[:500]).urlencode()
    return redirect(f"{reverse('pages:worklist', args=[request.municipality.slug])}?{narrowed}#list")
