"""公表されていない額: what the programme leaves open, what is entered for it, and entering it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from eligibility.access import programme_for
from facilities.forms.centre.amount import AmountForm
from facilities.selectors.amounts import amount_sheet
from facilities.services.amounts import StartsInPast, enter_amount
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

PAST = "もう入力した額があるので、過ぎた日からは変えられません。きょうから後の日を入力してください。"


@access.centre
@require_safe
def amounts(request: PortalRequest) -> HttpResponseBase:
    today = clock.today()
    terms = programme_for(request.municipality, today).terms
    sheet = amount_sheet(request.municipality, terms, on=today)
    return render(request, "centre/amounts.html", {"sheet": sheet})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def amount(request: PortalRequest, key: str, offering: int | None = None) -> HttpResponseBase:
    """One amount of the municipality, or of one service of a facility."""
    now = clock.now()
    terms = programme_for(request.municipality, now.date()).terms
    found = amount_sheet(request.municipality, terms, on=now.date()).find(key, offering)
    if found is None:
        raise Http404
    form = AmountForm(
        request.POST if request.method == "POST" else None,
        key=key,
        classes=terms.classes,
        initial={"starts_on": now.date()},
    )
    if form.is_valid():
        try:
            enter_amount(found.holder, key, **form.cleaned_data, by=request.user, at=now)
        except StartsInPast:
            form.add_error("starts_on", ValidationError(PAST, code="year"))
        else:
            messages.success(request, "額を入力しました。料金の見積もりに使います。")
            return redirect("facilities:amounts", slug=request.municipality.slug)
    return render(request, "centre/amount.html", {"form": form, "amount": found})
