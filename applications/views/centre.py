"""What the centre does with a case: calls, hearing, decision. The case page joins the forms; a mistake is shown here.

Each form has an address of its own, so it works without JavaScript and comes back by itself when something is missing.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_fsm import TransitionNotAllowed

from applications.forms.ages import AgeForm
from applications.forms.certificates import RefuseCertificateForm
from applications.forms.decide import ApproveForm, RefuseForm
from applications.forms.hearing import CallForm, HearingForm
from applications.letters.content import LetterContent
from applications.letters.preview import preview_page
from applications.models import Hearing
from applications.selectors.case import Case, case_of
from applications.selectors.certificates import to_check
from applications.services import births, certificates, deciding, preparing, screening
from applications.services.reading import read_case
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.forms import DadsForm
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.pdf import MissingGlyph

CLOSED = "この申請は、もう決定されたか、取り下げられています。"
OWN = "自分の申請は、ほかの職員が進めます。"
SAME_HANDS = "聞き取りをした人とは別の人が決定します。"
NOTHING_TO_CHECK = "この証明書は、もう確かめたか、いまの区分では要りません。"
AGE_NOT_OPEN = "このお子さんの月齢の数え方は、決まっています。"
NOT_WAITING = "この申請は、決定を待っていません。"
REFUSALS = (
    PermissionDenied,
    Overtaken,
    TransitionNotAllowed,
    screening.NotOpen,
    certificates.NothingToCheck,
    births.AgeNotOpen,
    deciding.AlreadyDecided,
    deciding.NotToBeDecided,
    preparing.SameHands,
)


def _explained(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What cannot be done (any more) leads back to the case, with the sentence that says why."""

    @wraps(view)
    def told(request: Any, number: str) -> HttpResponseBase:
        try:
            return view(request, number)
        except REFUSALS as refusal:
            if request.htmx:
                return _saved(request, refused=_why(refusal))
            messages.warning(request, _why(refusal))
            return _to_case(request, number)

    return told


@access.centre
@require_POST
@_explained
def take_on(request: PortalRequest, number: str) -> HttpResponseBase:
    """担当になる."""
    screening.take_on(_case(request, number).application, by=request.user, at=clock.now())
    return _to_case(request, number)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@_explained
def call(request: PortalRequest, number: str) -> HttpResponseBase:
    case = _case(request, number)
    form = CallForm(_posted(request), on=clock.today())
    if not form.is_valid():
        return _step(request, case, form, "電話の記録", "centre/_call_buttons.html")
    reached = request.POST.get("reached") == "yes"
    screening.record_call(
        case.application,
        by=request.user,
        at=clock.now(),
        reached=reached,
        call_back_at=form.call_back_at,
        note=form.cleaned_data["note"],
    )
    messages.success(request, "電話がつながったと記録しました。" if reached else "電話に出なかったと記録しました。")
    return _to_case(request, number)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@_explained
def hearing(request: PortalRequest, number: str) -> HttpResponseBase:
    """Save what she has said so far; with a recommendation, end the hearing and hand the case to the decider."""
    case = _case(request, number)
    form = HearingForm(_posted(request), application=case.application, terms=case.terms, hearing=case.hearing)
    if not form.is_valid():
        if request.htmx:
            return _saved(request, form=form)
        return _step(request, case, form, "電話で聞く", "centre/_hearing_buttons.html")
    saved = screening.save_hearing(case.application, form.answers, by=request.user, at=clock.now())
    if request.htmx:
        return _saved(request, at=saved.at)
    return _recommend(request, case, form)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
@_explained
def decide(request: PortalRequest, number: str) -> HttpResponseBase:
    """Approve or refuse (`outcome`); with `preview`, show the letter instead and change nothing."""
    case = _case(request, number)
    refusing = request.POST.get("outcome", request.GET.get("outcome")) == "refuse"
    form = (RefuseForm if refusing else ApproveForm)(_posted(request), case=case)
    if form.is_valid():
        try:
            if "preview" in request.POST:
                return HttpResponse(preview_page(_prepare(request, case, form)))
            _decide(request, case, form)
        except (preparing.NotGrantable, preparing.ReasonTooThin, MissingGlyph) as mistake:
            form.add_error(None, str(mistake))
        else:
            messages.success(request, "決定しました。通知書は数秒でできます。")
            return _to_case(request, number)
    elif request.method != "POST" and case.state != "decide":
        raise deciding.NotToBeDecided
    if refusing:
        return _step(request, case, form, "不承認にする", "centre/_refuse_buttons.html")
    return _step(request, case, form, "承認する", "centre/_approve_buttons.html")


@access.centre
@require_POST
@_explained
def certificate(request: PortalRequest, number: str) -> HttpResponseBase:
    """Accept a certificate that came after the decision, or say why it cannot be used (`outcome`)."""
    case = _case(request, number)
    year = request.POST.get("fiscal_year", "")
    check = next((item for item in to_check(case.application) if str(item.fiscal_year or "") == year), None)
    if check is None:
        raise certificates.NothingToCheck
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if request.POST.get("outcome") == "accept":
        certificates.accept_certificate(case.application, check.kind, check.fiscal_year, **acting)
        messages.success(request, f"{check.label}を確かめました。本人にメールでお知らせします。")
        return _to_case(request, number)
    form = RefuseCertificateForm(request.POST)
    if not form.is_valid():
        return _step(request, case, form, f"{check.label}は使えない", "centre/_certificate_buttons.html", check=check)
    reason = form.cleaned_data["reason"]
    certificates.refuse_certificate(case.application, check.kind, check.fiscal_year, reason=reason, **acting)
    messages.success(request, f"{check.label}は使えないと、本人にお知らせします。")
    return _to_case(request, number)


@access.decider
@require_POST
@_explained
def age(request: PortalRequest, number: str) -> HttpResponseBase:
    """Settle after the approval from which day the child's age is counted."""
    case = _case(request, number)
    form = AgeForm(request.POST, settled=case.birth.corrected_age)
    if not form.is_valid():
        return _step(request, case, form, "月齢の数え方を変える", "centre/_age_buttons.html")
    births.settle_age(case.birth, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, "月齢の数え方を決めました。使える期間が変わるときは、本人にお知らせします。")
    return _to_case(request, number)


def _recommend(request: PortalRequest, case: Case, form: HearingForm) -> HttpResponseBase:
    recommendation = request.POST.get("recommendation", "")
    if recommendation not in Hearing.Recommendation.values:
        messages.success(request, "聞き取りを保存しました。")
        return _to_case(request, case.application.number)
    try:
        screening.recommend(case.application, Hearing.Recommendation(recommendation), by=request.user, at=clock.now())
    except screening.HearingIncomplete as incomplete:
        form.add_error(
            None, f"まだ聞いていないことがあります({'、'.join(incomplete.missing)})。書いたものは保存しました。"
        )
        return _step(request, case, form, "電話で聞く", "centre/_hearing_buttons.html")
    messages.success(request, "聞き取りを終え、決定に回しました。")
    return _to_case(request, case.application.number)


def _prepare(request: PortalRequest, case: Case, form: ApproveForm | RefuseForm) -> LetterContent:
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if isinstance(form, RefuseForm):
        return preparing.prepare_refusal(case.application, reason=form.cleaned_data["reason"], **acting)
    return preparing.prepare_approval(case.application, **form.decision, **acting)


def _decide(request: PortalRequest, case: Case, form: ApproveForm | RefuseForm) -> None:
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if isinstance(form, RefuseForm):
        deciding.refuse(case.application, reason=form.cleaned_data["reason"], **acting)
    else:
        deciding.approve(case.application, **form.decision, **acting)


def _why(refusal: Exception) -> str:
    match refusal:
        case deciding.AlreadyDecided():
            return _who_decided(refusal)
        case deciding.NotToBeDecided():
            return NOT_WAITING
        case preparing.SameHands():
            return SAME_HANDS
        case certificates.NothingToCheck():
            return NOTHING_TO_CHECK
        case births.AgeNotOpen():
            return AGE_NOT_OPEN
        case PermissionDenied():
            return OWN
    return CLOSED


def _who_decided(earlier: deciding.AlreadyDecided) -> str:
    decision = earlier.decision
    return (
        f"{decision.by}さんが{wareki.moment(decision.decided_at)}に"
        f"{decision.get_outcome_display()}と決定しました。この画面の内容は使っていません。"
    )


def _posted(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _case(request: PortalRequest, number: str) -> Case:
    """The case; looking at it is recorded, sending a form of it is a deed of its own."""
    if request.method == "POST":
        case = case_of(number, on=clock.today())
    else:
        case = read_case(number, by=request.user, at=clock.now())
    if case is None:
        raise Http404
    return case


def _step(
    request: PortalRequest, case: Case, form: DadsForm, heading: str, buttons: str, **more: object
) -> HttpResponse:
    """One form of the case on a page of its own."""
    context = {"case": case, "form": form, "heading": heading, "buttons": buttons, **more}
    return render(request, "centre/step.html", context)


def _saved(
    request: PortalRequest, *, at: dt.datetime | None = None, form: DadsForm | None = None, refused: str = ""
) -> HttpResponse:
    """The line in the hearing's card, after it saved by itself or could not."""
    return render(request, "centre/_saved.html", {"at": at, "form": form, "refused": refused})


def _to_case(request: PortalRequest, number: str) -> HttpResponseBase:
    return redirect("pages:case", slug=request.municipality.slug, number=number)
