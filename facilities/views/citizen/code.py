"""予約コード: six digits that the facility said on the phone become a booking, once she has seen what it costs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.public import dates_of
from eligibility import engine
from facilities.forms.citizen.code import CodeForm, HeldForm
from facilities.models import Hold, Offering
from facilities.selectors.holds import hold_card, offering_of
from facilities.selectors.limits import place_of
from facilities.services.booking import DayFull, NotBookable
from facilities.services.holding_entry import HoldOver, TooManyGuesses, WrongCode, enter_hold, find_hold
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

from .case import Case, case_of
from .chosen import chosen_days

CONFIRM = "confirm"
"""The name of the button that books; any other sending of a code shows what it is about."""


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: PortalRequest) -> HttpResponse:
    case, now = case_of(request), clock.now()
    if case is None or not case.may_book:  # that page says what is missing, and leads to it
        return redirect("facilities:book", slug=request.municipality.slug)
    sent = request.POST if request.method == "POST" else give_back(request)
    form = CodeForm(sent)
    if not form.is_valid():
        return _ask(request, form)
    try:
        hold = find_hold(form.cleaned_data["code"], request.municipality, by=request.user, at=now)
    except WrongCode:
        form.add_error("code", _("このコードの仮予約はありません。数字を確かめて、もう一度入力してください。"))
    except TooManyGuesses:
        wait = _("ちがうコードが何回か続きました。%(minutes)s分ほど待つか、施設に電話してください。")
        form.add_error("code", wait % {"minutes": settings.HOLD_MINUTES})
    except HoldOver as over:
        return _closed(request, case, form, over.hold)
    else:
        return _held(request, case, hold, form.data, now)
    return _ask(request, form)


def _held(request: PortalRequest, case: Case, hold: Hold, sent: Mapping[str, Any], now: dt.datetime) -> HttpResponse:
    """What the code is about; with the button that confirms it, the booking."""
    offering = offering_of(hold)
    if offering is None or hold.service not in case.standing.services:
        return _page(request, case, hold, None, None)
    confirmed = request.method == "POST" and CONFIRM in sent
    form = _form(case, hold, offering, sent if CONFIRM in sent else None)
    if not confirmed or not form.is_valid():
        return _page(request, case, hold, offering, form)
    try:
        booking = enter_hold(hold, case.entitlement, **form.told(), by=request.user, at=now)
    except NotBookable as refused:
        return _page(request, case, hold, offering, form, refused.findings)
    except DayFull:
        messages.warning(request, _("空きがなくなりました。施設に電話してください。"))
        return redirect("facilities:book", slug=request.municipality.slug)
    except HoldOver as over:
        return _closed(request, case, CodeForm(), over.hold)
    messages.success(request, _("予約が決まりました。控えをメールで送りました。"))
    return redirect("facilities:booking", slug=request.municipality.slug, number=booking.number)


def _closed(request: PortalRequest, case: Case, form: CodeForm, hold: Hold) -> HttpResponse:
    """Her own booking, where it became one; else why the code leads nowhere, and what to do."""
    if hold.booking and hold.booking.entitlement_id == case.entitlement.pk:
        return redirect("facilities:booking", slug=request.municipality.slug, number=hold.booking.number)
    return _ask(request, form, over=hold)


def _ask(request: PortalRequest, form: CodeForm, over: Hold | None = None) -> HttpResponse:
    return render(request, "citizen/booking/code.html", {"form": form, "over": over})


def _page(
    request: PortalRequest,
    case: Case,
    hold: Hold,
    offering: Offering | None,
    form: HeldForm | None,
    refusals: tuple[engine.Finding, ...] = (),
) -> HttpResponse:
    now = clock.now()
    use = engine.Use(hold.service, hold.first_day, hold.last_day)
    context = {
        "card": hold_card(hold),
        "chosen": chosen_days(case, offering, use, on=now.date()) if offering else None,
        "form": form,
        "refusals": refusals,
        "after_loss": case.after_loss,
        "now": now,
    }
    return render(request, "citizen/booking/code_held.html", context)


def _form(case: Case, hold: Hold, offering: Offering, sent: Mapping[str, Any] | None) -> HeldForm:
    terms = case.standing.terms
    return HeldForm(
        sent,
        code=hold.code,
        arrival=hold.arrival,
        service=terms.service(hold.service),
        rules=terms.booking,
        children=dates_of(case.standing.birth).counted_children,
        place=place_of(offering, terms),
        after_loss=case.after_loss,
    )
