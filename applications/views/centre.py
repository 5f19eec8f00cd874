"""What the centre does with a case: taking it on, the decision, certificates, an age; its page joins the forms.

Each form has an address of its own, so it works without JavaScript and comes back by itself when something is missing.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.ages import AgeForm
from applications.forms.certificates import RefuseCertificateForm
from applications.forms.decide import ApproveForm, RefuseForm
from applications.letters.content import LetterContent
from applications.letters.numbers import closed_words
from applications.letters.preview import preview_page
from applications.selectors.case import Case
from applications.selectors.certificates import ToCheck, to_check
from applications.services import assigning, births, certificates, deciding, preparing, reducing
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.pdf import Unissuable

from .centre_case import case_to_work_on, explained, form_page, posted, to_case, told_how


@access.centre
@require_POST
@explained
def take_on(request: PortalRequest, number: str) -> HttpResponseBase:
    """担当になる."""
    application = case_to_work_on(request, number).application
    application.assignee = None  # as she saw it: the button is there as long as nobody is in charge
    assigning.take_on(application, by=request.user, at=clock.now())
    return to_case(request, number)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def decide(request: PortalRequest, number: str) -> HttpResponseBase:
    """Approve or refuse (`outcome`); with `preview`, show the letter instead and change nothing."""
    case = case_to_work_on(request, number)
    refusing = request.POST.get("outcome", request.GET.get("outcome")) == "refuse"
    form = (RefuseForm if refusing else ApproveForm)(posted(request), case=case)
    if form.is_valid():
        try:
            if "preview" in request.POST:
                return HttpResponse(preview_page(_prepare(request, case, form)))
            _decide(request, case, form)
        except (preparing.NotGrantable, preparing.ReasonTooThin, Unissuable) as mistake:
            form.add_error(None, str(mistake))
        except deciding.NotLookedAt:  # somebody came meanwhile
            messages.warning(request, "同じ方かもしれない申請があります。見てから決めてください。")
            return to_case(request, number)
        else:
            messages.success(request, "決定しました。通知書は数秒でできます。")
            return to_case(request, number)
    elif request.method != "POST" and case.state != "decide":
        raise deciding.NotToBeDecided
    closed = closed_words(request.municipality) if not form.errors else ""
    if refusing:
        return form_page(request, case, form, "不承認にする", "centre/_refuse_buttons.html", closed=closed)
    return form_page(request, case, form, "承認する", "centre/_approve_buttons.html", closed=closed)


@access.centre
@require_POST
@explained
def certificate(request: PortalRequest, number: str) -> HttpResponseBase:
    """Accept a certificate that came after the decision, or say why it cannot be used (`outcome`); with `preview`, show
    the letter that would go out instead and change nothing.
    """
    case = case_to_work_on(request, number)
    year = request.POST.get("fiscal_year", "")
    check = next((item for item in to_check(case.application) if str(item.fiscal_year or "") == year), None)
    if check is None:
        raise certificates.NothingToCheck
    refusing = request.POST.get("outcome", request.POST.get("preview")) != "accept"
    form = RefuseCertificateForm(request.POST if refusing else None)
    if not refusing or form.is_valid():
        reason = form.cleaned_data["reason"] if refusing else None
        try:
            return _judge(request, case, check, reason)
        except (preparing.ReasonTooThin, Unissuable) as mistake:
            if not refusing:
                messages.warning(request, str(mistake))
                return to_case(request, number)
            form.add_error(None, str(mistake))
    return form_page(request, case, form, f"{check.label}は使えない", "centre/_certificate_buttons.html", check=check)


def _judge(request: PortalRequest, case: Case, check: ToCheck, reason: str | None) -> HttpResponseBase:
    """Accept it, or refuse it for a `reason`."""
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    about = (case.application, check.kind, check.fiscal_year)
    if "preview" in request.POST and (content := certificates.judgement_to_come(*about, reason=reason, **acting)):
        return HttpResponse(preview_page(content))
    if reason is None:
        certificates.accept_certificate(*about, **acting)
        messages.success(request, f"{check.label}を確かめました。{told_how(case.application)}")
    else:
        certificates.refuse_certificate(*about, reason=reason, **acting)
        messages.success(request, f"{check.label}は使えないと、本人にお知らせします。")
    return to_case(request, case.application.number)


@access.decider
@require_POST
@explained
def age(request: PortalRequest, number: str) -> HttpResponseBase:
    """Settle after the approval from which day the child's age is counted."""
    case = case_to_work_on(request, number)
    form = AgeForm(request.POST, settled=case.birth.corrected_age)
    if not form.is_valid():
        return form_page(request, case, form, "月齢の数え方を変える", "centre/_age_buttons.html")
    births.settle_age(case.birth, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, "月齢の数え方を決めました。使える期間が変わるときは、本人にお知らせします。")
    return to_case(request, number)


def _prepare(request: PortalRequest, case: Case, form: ApproveForm | RefuseForm) -> LetterContent:
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if isinstance(form, RefuseForm):
        return preparing.prepare_refusal(case.application, reason=form.cleaned_data["reason"], **acting)
    said = form.decision
    approval = preparing.prepare_approval(case.application, **said, **acting)
    if request.POST["preview"] != "class":
        return approval
    about = {"services": said["services"], "reason": form.class_reason, "at": acting["at"]}
    judgement = reducing.prepare_with_approval(case.application, said["class_code"], **about)
    return judgement.content if judgement else approval


def _decide(request: PortalRequest, case: Case, form: ApproveForm | RefuseForm) -> None:
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if isinstance(form, RefuseForm):
        deciding.refuse(case.application, reason=form.cleaned_data["reason"], **acting)
    else:
        beside = {"class_reason": form.class_reason, "looked": form.cleaned_data.get("looked", False)}
        deciding.approve(case.application, **form.decision, **beside, **acting)
