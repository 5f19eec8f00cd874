"""A draft of the programme in the centre's pages: uploaded, read with all that was found, published or taken away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from eligibility.public import (
    AlreadyThere,
    DayNotPossible,
    ProgrammeDraft,
    ProgrammeFileError,
    ReplayIsOld,
    SameHands,
    discard_draft,
    draft_of,
    publish_draft,
    replay_again,
    upload_draft,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.lifecycle import Overtaken

from .draft_page import SAME_HANDS, draft_context, publish_form
from .programme import as_file
from .programme_forms import PublishForm, UploadForm

SENTENCES: dict[type[Exception], str] = {
    SameHands: SAME_HANDS,
    ReplayIsOld: "計算のあとに、ほかの版が公開されました。「もう一度計算する」を押してから公開してください。",
    AlreadyThere: "同じ内容の版が、もう公開されています。",
    ProgrammeFileError: "この案は、いまの書き方に合いません。直したファイルを、新しい案として出してください。",
    Overtaken: "ほかの人が先に進めました。この画面の内容は使っていません。",
    TransitionNotAllowed: "この案では、いまはできません。",
    PermissionDenied: "公開できるのは、決定者だけです。",
}


def _explained(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What cannot be done (any more) leads back to the draft, with the sentence that says why."""

    @wraps(view)
    def told(request: Any, pk: int) -> HttpResponseBase:
        try:
            return view(request, pk)
        except tuple(SENTENCES) as refusal:
            messages.warning(request, next(words for kind, words in SENTENCES.items() if isinstance(refusal, kind)))
            return _to_draft(request, pk)

    return told


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PortalRequest) -> HttpResponseBase:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        draft = upload_draft(
            request.municipality,
            file_name=form.cleaned_data["file"].name,
            text=form.text,
            by=request.user,
            at=clock.now(),
        )
        return _to_draft(request, draft.pk)
    return render(request, "centre/draft_new.html", {"form": form})


@access.centre
@require_safe
def draft(request: PortalRequest, pk: int) -> HttpResponse:
    return _page(request, _draft(pk))


@access.centre
@require_safe
def file(request: PortalRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded, to go on with."""
    found = _draft(pk)
    return as_file(found.file_name, found.text)


@access.centre
@require_POST
@_explained
def replay(request: PortalRequest, pk: int) -> HttpResponseBase:
    """もう一度計算する."""
    replay_again(_draft(pk), by=request.user, at=clock.now())
    messages.success(request, "もう一度計算しています。")
    return _to_draft(request, pk)


@access.centre
@require_POST
@_explained
def discard(request: PortalRequest, pk: int) -> HttpResponseBase:
    """取りやめる."""
    discard_draft(_draft(pk), by=request.user, at=clock.now())
    messages.success(request, "この案を取りやめました。")
    return _to_draft(request, pk)


@access.decider
@require_POST
@_explained
def publish(request: PortalRequest, pk: int) -> HttpResponseBase:
    """この日から公開する."""
    found = _draft(pk)
    form = publish_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    day = form.cleaned_data["effective_from"]
    try:
        publish_draft(found, effective_from=day, by=request.user, at=clock.now())
    except DayNotPossible as refusal:
        form.add_error("effective_from", str(refusal))
        return _page(request, found, form)
    messages.success(request, f"公開しました。{wareki.no_weekday(day)}から、このきまりを使います。")
    return _to_draft(request, pk)


def _page(request: PortalRequest, found: ProgrammeDraft, form: PublishForm | None = None) -> HttpResponse:
    context = draft_context(found, membership=request.membership, form=form)
    return render(request, "centre/draft.html", context)


def _draft(pk: int) -> ProgrammeDraft:
    found = draft_of(pk)
    if found is None:
        raise Http404
    return found


def _to_draft(request: PortalRequest, pk: int) -> HttpResponseBase:
    return redirect("pages:draft", slug=request.municipality.slug, pk=pk)
