"""The phone screening from the case page: an attempt to reach her, what she says, two answers to one question.

The hearing saves by itself as it is filled in (htmx); without JavaScript by its button.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.call import CallForm
from applications.forms.hearing import HearingForm
from applications.letters.grounds import draft_grounds
from applications.models import Hearing
from applications.selectors.answers import clean_in
from applications.selectors.calling import call_times_of
from applications.selectors.case import Case
from applications.selectors.hearing import answers_of, told_by_others
from applications.services import hearing as hearings
from applications.services import screening
from applications.steps import Step
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.typed import row_key

from .centre_case import case_to_work_on, explained, form_page, posted, saved_line, to_case

DIFFERENT = "ほかの人も同じところを書いていました。両方を残しています。電話の欄で、どちらにするかを選んでください。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def call(request: PortalRequest, number: str) -> HttpResponseBase:
    case, now = case_to_work_on(request, number), clock.now()
    offered = call_times_of(case.application, case.terms.office_days, now=now)
    form = CallForm(posted(request), on=clock.day_of(now), offered=offered)
    if not form.is_valid():
        return form_page(request, case, form, "電話の記録", "centre/_call_buttons.html")
    reached = request.POST.get("reached") == "yes"
    screening.record_call(
        case.application,
        by=request.user,
        at=now,
        reached=reached,
        call_back_at=form.call_back_at,
        note=form.cleaned_data["note"],
        known=form.cleaned_data["known"],
    )
    messages.success(request, "電話がつながったと記録しました。" if reached else "電話に出なかったと記録しました。")
    return to_case(request, number)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def hearing(request: PortalRequest, number: str) -> HttpResponseBase:
    """Save what she has said so far; `draft` words it for the decider; with a recommendation, hand the case on.

    What was sent after the session had ended stands here again after the sign-in.
    """
    case = case_to_work_on(request, number)
    sent = posted(request)
    form = HearingForm(sent or give_back(request), application=case.application, terms=case.terms, hearing=case.hearing)
    if sent is None or not form.is_valid():
        if request.htmx:
            return saved_line(request, form=form)
        return form_page(request, case, form, "電話で聞く", "centre/_hearing_buttons.html")
    seen: dict[str, Any] = {"page": form.cleaned_data["page"], "stood": form.cleaned_data["stood"]}
    now = clock.now()
    saved = hearings.save_hearing(case.application, form.answers, by=request.user, at=now, **seen)
    if request.htmx:
        return saved_line(request, at=now, others=told_by_others(saved.others, form.script))
    if saved.others:
        messages.warning(request, DIFFERENT)
        return to_case(request, number)
    if "draft" in request.POST:
        return _draft(request, number, form)
    return _recommend(request, case, form)


@access.centre
@require_POST
@explained
def choose_answer(request: PortalRequest, number: str) -> HttpResponseBase:
    """Settle which of two different answers stands (`use`: the one that was set aside)."""
    case = case_to_work_on(request, number)
    entry, use = row_key(request.POST.get("entry", "")), request.POST.get("use") == "yes"
    if entry is None:
        raise hearings.NothingAside
    hearings.choose_answer(case.application, entry, use=use, by=request.user, at=clock.now())
    messages.success(request, "答えを選びました。")
    return to_case(request, number)


def _draft(request: PortalRequest, number: str, form: HearingForm) -> HttpResponseBase:
    """The draft stands below what the nurse has written already."""
    case, now = case_to_work_on(request, number), clock.now()  # as it stands after the save
    told = answers_of(case.application, case.hearing, case.terms)
    wished = clean_in(case.application, Step.WISHES).get("services", [])
    text = draft_grounds(form.script, told, case.assessment, case.terms, wished=wished)
    before = form.cleaned_data["grounds"]
    grounds = {"grounds": f"{before}\n\n{text}" if before else text}
    hearings.save_hearing(case.application, grounds, by=request.user, at=now, page=form.cleaned_data["page"])
    messages.success(request, f"申し送りの下書きをつくりました({wareki.clock_time(now)})。読んで直してください。")
    return to_case(request, number)


def _recommend(request: PortalRequest, case: Case, form: HearingForm) -> HttpResponseBase:
    recommendation = request.POST.get("recommendation", "")
    if recommendation not in Hearing.Recommendation.values:
        messages.success(request, "聞き取りを保存しました。")
        return to_case(request, case.application.number)
    try:
        screening.recommend(case.application, Hearing.Recommendation(recommendation), by=request.user, at=clock.now())
    except screening.HearingIncomplete as incomplete:
        form.add_error(
            None, f"まだ聞いていないことがあります({'、'.join(incomplete.missing)})。書いたものは保存しました。"
        )
        return form_page(request, case, form, "電話で聞く", "centre/_hearing_buttons.html")
    messages.success(request, "聞き取りを終え、決定に回しました。")
    return to_case(request, case.application.number)
