"""支援措置 at the centre: an address is kept back, asked for, opened by a second person, and closed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.forms.protection import AskAddressForm, ProtectForm
from applications.models import AddressOpening, Household
from applications.selectors.case import Case
from applications.selectors.changes import latest_numbers
from applications.selectors.protection import address_for, openings_to_confirm, protection_of
from applications.services import protecting
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.forms import DadsForm
from postpartum_portal.shared.typed import row_key

from .centre_case import case_to_work_on

NOT_YOURS = "確かめるのは、頼んだ人とは別の職員です。解除は決定する職員が、自分のことはほかの職員がします。"
OVER = "この確認は、もう済んだか、日が過ぎています。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def protection(request: PortalRequest, number: str) -> HttpResponseBase:
    """The household's protection, and all that may be done about it, by the word of the button."""
    case = case_to_work_on(request, number)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, case)
    if act not in _DEEDS:
        raise Http404
    form = _form(act, request)
    if form is not None and not form.is_valid():
        return _page(request, case, **{act: form})
    try:
        said = _DEEDS[act](request, case.household, form.cleaned_data if form else {})
    except PermissionDenied:
        messages.warning(request, NOT_YOURS)
    except protecting.OpeningOver:
        messages.warning(request, OVER)
    except protecting.TermWrong as refused:
        if form is None:
            raise Http404 from refused
        form.add_error("until" if "until" in form.fields else "last_day", str(refused))
        return _page(request, case, **{act: form})
    else:
        messages.success(request, said)
    return redirect(request.path)


@access.centre
@require_safe
def protections(request: PortalRequest) -> HttpResponseBase:
    """事務 › 支援措置: which households are protected, and what waits for a second person."""
    households = Household.objects.exclude(protected_until=None).order_by("protected_until", "pk")
    numbers = latest_numbers(households.values_list("pk", flat=True))
    waiting = openings_to_confirm(on=clock.today())
    shown = [*households, *(opening.household for opening in waiting)]
    events.record_reads("list.read", shown, at=clock.now(), by_id=request.user.pk)
    context = {
        "rows": [(household, numbers.get(household.pk, "")) for household in households],
        "waiting": [(opening, numbers.get(opening.household_id, "")) for opening in waiting],
        "today": clock.today(),
    }
    return render(request, "centre/protections.html", context)


def _page(request: PortalRequest, case: Case, **bound: DadsForm) -> HttpResponseBase:
    now, household = clock.now(), case.household
    may_change = request.membership.may_change and household.citizen_id != request.user.pk
    found = protection_of(household, request.user, at=now)
    context = {
        "case": case,
        "protection": found,
        "address": address_for(household, request.user, at=now),
        "form": next(iter(bound.values()), DadsForm()),
        "may_change": may_change,
        "may_lift": may_change and request.membership.may_decide and found is not None,
        "protect_form": bound.get("protect") or ProtectForm(today=now.date()),
        "ask_form": bound.get("ask") or AskAddressForm(),
    }
    if found and found.open:
        events.record("address.read", household, at=now, by_id=request.user.pk)
    return render(request, "centre/protection.html", context)


def _form(act: str, request: PortalRequest) -> DadsForm | None:
    if act == "protect":
        return ProtectForm(request.POST, today=clock.today())
    return AskAddressForm(request.POST) if act == "ask" else None


def _protected(request: PortalRequest, household: Household, said: dict[str, Any]) -> str:
    protecting.protect(household, **said, by=request.user, at=clock.now())
    return "住所を隠しました。手紙も、もう1人が確かめるまで印刷できません。"


def _lifted(request: PortalRequest, household: Household, _said: dict[str, Any]) -> str:
    protecting.lift_protection(household, by=request.user, at=clock.now())
    return "支援措置を解除しました。住所は、ふつうに表示されます。"


def _asked(request: PortalRequest, household: Household, said: dict[str, Any]) -> str:
    audience = AddressOpening.Audience(said.pop("audience"))
    protecting.ask_for_address(household, audience=audience, **said, by=request.user, at=clock.now())
    return "もう1人の職員に、確認を頼みました。"


def _confirmed(request: PortalRequest, household: Household, _said: dict[str, Any]) -> str:
    protecting.confirm_address(_opening(request, household), by=request.user, at=clock.now())
    return "確かめたことを記録しました。"


def _closed(request: PortalRequest, household: Household, _said: dict[str, Any]) -> str:
    protecting.close_address(_opening(request, household), by=request.user, at=clock.now())
    return "住所を、また隠しました。"


def _opening(request: PortalRequest, household: Household) -> AddressOpening:
    rows = AddressOpening.objects.filter(household=household)
    return get_object_or_404(rows, pk=row_key(request.POST.get("opening", "")))


_DEEDS: Mapping[str, Callable[[PortalRequest, Household, dict[str, Any]], str]] = {
    "protect": _protected,
    "lift": _lifted,
    "ask": _asked,
    "confirm": _confirmed,
    "close": _closed,
}
