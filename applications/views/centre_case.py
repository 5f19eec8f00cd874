"""What every form of a case shares: how it is read, shown on a page of its own, and what is said when it cannot be."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django_fsm import TransitionNotAllowed

from applications.listed import case_address, list_of
from applications.models import Application
from applications.selectors.case import Case, case_of
from applications.services import (
    assigning,
    births,
    carrying_over,
    certificates,
    deciding,
    hearing,
    losses,
    noting,
    posting_coupons,
    preparing,
    rectifying,
    regranting,
    returning,
    returning_coupons,
    revoking,
    screening,
)
from applications.services.reading import read_case
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.forms import DadsForm
from postpartum_portal.shared.lifecycle import Overtaken

CLOSED = "この申請は、もう決定されたか、取り下げられています。"
OWN = "自分の申請は、ほかの職員が進めます。"
SAME_HANDS = "聞き取りをした人とは別の人が決定します。"
NOTHING_TO_CHECK = "この証明書は、もう確かめたか、いまの区分では要りません。"
AGE_NOT_OPEN = "このお子さんの月齢の数え方は、決まっています。"
RETURNED = "この申請は、差し戻しています。本人が直して出すか、差し戻しをやめると進められます。"
NOT_RETURNED = "もう直したものが届いたか、差し戻しをやめたあとです。"
LOSS_ON_RECORD = "お知らせは、もう記録されています。"
LOSS_ACTED_ON = "お知らせのあとに手続きが進んだか、もう取り消されています。"
ANSWER_CHOSEN = "どちらの答えにするかは、もう選ばれています。"
NOTE_STRUCK = "このメモには、もう線が引かれています。"
NOT_APPROVED = "この申請には、変更や取り消しをする承認がありません。"
NOT_RECTIFIABLE = "いまは訂正できません。本人が直しているか、申請が終わっています。"
NOT_WAITING = "この申請は、決定を待っていません。"
NOTHING_GRANTED = "まだ承認がないので、使った分を数えられません。"
ENTRY_UNDONE = "この記録は、もう取り消されています。"
NO_COUPONS = "送る利用券がありません。"
COUPONS_BACK = "利用券は、もう返されたと記録されています。"
COUPONS_NOT_BACK = "返された利用券の記録はありません。"
UNUSED = "この画面の内容は使っていません。"
SAID: Mapping[type[Exception], str] = {
    PermissionDenied: OWN,
    deciding.NotToBeDecided: NOT_WAITING,
    preparing.SameHands: SAME_HANDS,
    revoking.NotApproved: NOT_APPROVED,
    certificates.NothingToCheck: NOTHING_TO_CHECK,
    births.AgeNotOpen: AGE_NOT_OPEN,
    returning.NotReturned: NOT_RETURNED,
    losses.LossNotRecordable: LOSS_ON_RECORD,
    losses.LossActedOn: LOSS_ACTED_ON,
    hearing.NothingAside: ANSWER_CHOSEN,
    noting.NothingToStrike: NOTE_STRUCK,
    rectifying.NotRectifiable: NOT_RECTIFIABLE,
    returning_coupons.AlreadyReturned: COUPONS_BACK,
    returning_coupons.NothingReturned: COUPONS_NOT_BACK,
    returning_coupons.NothingGranted: COUPONS_NOT_BACK,
    posting_coupons.NoCoupons: NO_COUPONS,
    carrying_over.NothingGranted: NOTHING_GRANTED,
    carrying_over.NothingToUndo: ENTRY_UNDONE,
}
NAMING = (  # say who was faster
    assigning.TakenByAnother,
    deciding.AlreadyDecided,
    revoking.AlreadyRevoked,
    regranting.ChangedMeanwhile,
)
REFUSALS = (*SAID, *NAMING, Overtaken, TransitionNotAllowed, screening.NotOpen)


def explained(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What cannot be done (any more) leads back to the case, with the sentence that says why."""

    @wraps(view)
    def told(request: Any, number: str) -> HttpResponseBase:
        try:
            return view(request, number)
        except REFUSALS as refusal:
            if request.htmx:
                return saved_line(request, refused=_why(refusal))
            messages.warning(request, _why(refusal))
            return to_case(request, number)

    return told


def posted(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def case_to_work_on(request: PortalRequest, number: str) -> Case:
    """The case; looking at it is recorded, sending a form of it is a deed of its own."""
    if request.method == "POST":
        case = case_of(number, on=clock.today())
    else:
        case = read_case(number, by=request.user, at=clock.now())
    if case is None:
        raise Http404
    return case


def form_page(
    request: PortalRequest, case: Case, form: DadsForm, heading: str, buttons: str, **more: object
) -> HttpResponse:
    """One form of the case on a page of its own."""
    context = {"case": case, "form": form, "heading": heading, "buttons": buttons, **more}
    return render(request, "centre/step.html", context)


def saved_line(
    request: PortalRequest,
    *,
    at: dt.datetime | None = None,
    form: DadsForm | None = None,
    refused: str = "",
    others: tuple[str, ...] = (),
) -> HttpResponse:
    """The line in the hearing's card, after it saved by itself or could not; `others` is what colleagues wrote."""
    context = {"at": at, "form": form, "refused": refused, "others": others}
    return render(request, "centre/_saved.html", context)


def told_how(application: Application) -> str:
    """How she learns of it; whoever applied on paper has no mail."""
    return "本人にメールでお知らせします。" if application.citizen_id else "メールはないので、電話か郵送で知らせます。"


def to_case(request: PortalRequest, number: str) -> HttpResponseBase:
    """As it was opened, with the way to its list."""
    return redirect(case_address(request.municipality.slug, number, list_of(request, number)))


def _why(refusal: Exception) -> str:
    match refusal:
        case assigning.TakenByAnother():
            return who_took_it(refusal)
        case deciding.AlreadyDecided():
            return _who_decided(refusal)
        case revoking.AlreadyRevoked(revocation=row):
            return f"{row.by}さんが{wareki.moment(row.revoked_at)}に取り消しています。{UNUSED}"
        case regranting.ChangedMeanwhile(amendment=row):
            return f"{row.by}さんが{wareki.moment(row.issued_at or row.drafted_at)}に変更しています。{UNUSED}"
        case TransitionNotAllowed() if refusal.object.status == Application.Status.RETURNED:
            return RETURNED
    return SAID.get(type(refusal), CLOSED)


def who_took_it(faster: assigning.TakenByAnother) -> str:
    if faster.colleague is None:
        return "先に担当がはずされました。"
    return f"先に{faster.colleague}さんが担当になりました。"


def _who_decided(earlier: deciding.AlreadyDecided) -> str:
    decision = earlier.decision
    return (
        f"{decision.by}さんが{wareki.moment(decision.decided_at)}に"
        f"{decision.get_outcome_display()}と決定しました。{UNUSED}"
    )
