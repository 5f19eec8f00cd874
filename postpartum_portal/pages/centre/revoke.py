"""取消: a decider ends an approval, after having seen exactly what goes with it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.public import (
    AlreadyRevoked,
    Case,
    NotApproved,
    RevokeForm,
    SameHands,
    authorise_revocation,
    case_address,
    entitlement_under,
    list_of,
    lost_with,
    prepare_revocation,
    preview_page,
    read_case,
    revoke,
)
from eligibility.engine.wording import span
from facilities.public import GivenUp, given_up
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.pdf import Unissuable

OWN = "自分の承認は、ほかの職員が取り消します。"
SAME_HANDS = "聞き取りをした人とは別の人が決定します。"
NOT_APPROVED = "この申請には、取り消す承認がありません。"
MORE = "取り消される予約などが、見ていたあいだに変わりました。もういちど確かめてください。"
NOT_SENT_ON = ("csrfmiddlewaretoken", "seen", "act")


class Lost(NamedTuple):
    """A line of what goes: 予約・宿泊型, 3月11日(水)〜13日(金), where."""

    what: str
    when: str
    where: str


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_approval(request: PortalRequest, number: str) -> HttpResponseBase:
    """The form (`act` empty or "back"), its letter ("preview"), what goes with it ("ask"), and the deed ("revoke")."""
    now = clock.now()
    case, act = read_case(number, by=request.user, at=now), request.POST.get("act", "")
    if case is None:
        raise Http404
    try:
        return _answer(request, case, act, now)
    except (PermissionDenied, SameHands, NotApproved, AlreadyRevoked) as refusal:
        messages.warning(request, _why(refusal))
        return _to_case(request, number)


def _answer(request: PortalRequest, case: Case, act: str, now: dt.datetime) -> HttpResponseBase:
    authorise_revocation(case.application, request.user)
    form = RevokeForm(request.POST or None, case=case, today=clock.day_of(now))
    if not form.is_valid():
        return _form_page(request, case, form)
    acting: dict[str, Any] = {**form.cleaned_data, "by": request.user, "at": now}
    try:
        content = prepare_revocation(case.application, **acting)
    except Unissuable as missing:
        form.add_error("reason", str(missing))
        return _form_page(request, case, form)
    if act == "preview":
        return HttpResponse(preview_page(content))
    if act == "back":
        return _form_page(request, case, form)
    found = _goes(case, form.cleaned_data["effective_on"], now)
    if act == "revoke" and request.POST.get("seen") == found.key:
        revoke(case.application, **acting)
        messages.success(request, "承認を取り消しました。通知書は数秒でできます。")
        return _to_case(request, case.application.number)
    return _confirm_page(request, case, form, found, changed=act == "revoke")


def _form_page(request: PortalRequest, case: Case, form: RevokeForm) -> HttpResponse:
    context = {"case": case, "form": form, "heading": "承認を取り消す", "buttons": "centre/_revoke_buttons.html"}
    return render(request, "centre/step.html", context)


def _confirm_page(
    request: PortalRequest, case: Case, form: RevokeForm, found: GivenUp, *, changed: bool
) -> HttpResponse:
    if changed:
        messages.warning(request, MORE)
    context = {
        "case": case,
        "form": form,
        "effective_on": form.cleaned_data["effective_on"],
        "reason": form.cleaned_data["reason"],
        "lost": list(_lines(case, found)),
        "under_way": [_line("利用中", case, row) for row in found.under_way],
        "seen": found.key,
        "kept": [(name, value) for name, value in request.POST.items() if name not in NOT_SENT_ON],
    }
    return render(request, "centre/revoke_confirm.html", context)


def _goes(case: Case, effective_on: dt.date, now: dt.datetime) -> GivenUp:
    decision = case.decision
    if decision is None:
        raise NotApproved
    services = lost_with(decision, on=effective_on)
    return given_up(entitlement_under(decision), services, since=effective_on, now=now)


def _lines(case: Case, found: GivenUp) -> Iterator[Lost]:
    for booking in found.bookings:
        yield _line(f"予約({booking.status_label})", case, booking)
    for move in found.moves:
        yield Lost("日の変更の申しこみ", span(move.first_day, move.last_day), f"予約番号 {move.booking.number}")
    for waiting in found.waiting:
        yield _line("空き待ち", case, waiting)
    for wish in found.wishes:
        yield Lost(f"日程の希望・{case.terms.service(wish.service).label}", wish.words, "")


def _line(what: str, case: Case, row: Any) -> Lost:
    label = case.terms.service(row.service).label
    return Lost(f"{what}・{label}", span(row.first_day, row.last_day), row.facility.name)


def _why(refusal: Exception) -> str:
    match refusal:
        case AlreadyRevoked():
            row = refusal.revocation
            return f"{row.by}さんが{wareki.moment(row.revoked_at)}に取り消しています。この画面の内容は使っていません。"
        case SameHands():
            return SAME_HANDS
        case PermissionDenied():
            return OWN
    return NOT_APPROVED


def _to_case(request: PortalRequest, number: str) -> HttpResponseBase:
    return redirect(case_address(request.municipality.slug, number, list_of(request, number)))
