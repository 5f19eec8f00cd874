"""公表されていない額: what the programme leaves open, what is entered for it, and entering it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from facilities.forms.centre.amount import AmountForm
from facilities.selectors.amount_sheet import AmountSheet, amount_sheet
from facilities.selectors.effects import effect_of
from facilities.selectors.outcomes import leaves_outcomes_open
from facilities.services.amounts import StartsInPast, enter_amount, to_enter
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

PAST = "もう入力した額があるので、過ぎた日からは変えられません。きょうから後の日を入力してください。"


@access.centre
@require_safe
def amounts(request: PortalRequest) -> HttpResponseBase:
    context = {"sheet": _sheet(request, clock.today()), "outcomes": leaves_outcomes_open(request.municipality)}
    return render(request, "centre/amounts.html", context)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def amount(request: PortalRequest, key: str, offering: int | None = None) -> HttpResponseBase:
    """One amount of the municipality, or of one service of a facility.

    What it changes for open bookings is shown first; it is entered when that was seen, or at once if nothing changes.
    """
    now = clock.now()
    sheet = _sheet(request, now.date())
    found = sheet.find(key, offering)
    if found is None:
        raise Http404
    form = AmountForm(
        request.POST if request.method == "POST" else None,
        key=key,
        classes=sheet.classes,
        initial={"starts_on": sheet.starts or now.date()},
    )
    effect = None
    if form.is_valid():
        typed: dict[str, Any] = {**form.cleaned_data, "by": request.user, "at": now}
        try:
            effect = effect_of(to_enter(found.holder, key, **typed), on=now.date())
            if not effect.changes or request.POST.get("shown") == str(effect):
                enter_amount(found.holder, key, **typed)
                messages.success(request, "額を入力しました。料金の見積もりに使います。")
                return redirect("facilities:amounts", slug=request.municipality.slug)
        except StartsInPast:
            form.add_error("starts_on", ValidationError(PAST, code="year"))
    return render(request, "centre/amount.html", {"form": form, "amount": found, "effect": effect})


def _sheet(request: PortalRequest, on: dt.date) -> AmountSheet:
    sheet = amount_sheet(request.municipality, on=on)
    if sheet is None:
        raise Http404
    return sheet
