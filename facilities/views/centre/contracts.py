"""施設との契約: for what and until when, which 委託料 is entered and which is missing; entering one, and ending one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.forms.centre.contract import EndForm, PriceForm
from facilities.models import Booking, Contract, ContractPrice
from facilities.selectors.case_numbers import case_numbers
from facilities.selectors.contracts import ContractSheet, bookings_beyond, contract_sheet, contract_sheets, price_effect
from facilities.selectors.guests import with_rows
from facilities.selectors.numbers import OLDER_FROM
from facilities.services.contracts import (
    BookedBeyond,
    EndsBeforeStart,
    end_contract,
    enter_price,
    resume_contract,
    to_enter,
)
from facilities.services.reading import read_cards
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

TOO_EARLY = "契約は、その日より後に始まっています。始まった日から後の日を入力してください。"
BOOKED = "その日より後に予約があります。予約がすんでからの日にするか、先に予約の方と施設に連絡してください。"
USUAL_UNIT = {"late_cancel": ContractPrice.Per.USE, "no_show": ContractPrice.Per.USE}


@access.centre
@require_safe
def contracts(request: PortalRequest) -> HttpResponse:
    sheets = contract_sheets(request.municipality.pk, on=clock.today())
    context = {"sheets": sheets, "missing": sum(sheet.missing for sheet in sheets if not sheet.ended)}
    return render(request, "centre/contracts.html", context)


@access.centre
@require_safe
def contract(request: PortalRequest, code: str) -> HttpResponse:
    sheet = _sheet(request, code)
    ends_on = sheet.contract.ends_on
    beyond = _cards(request, list(with_rows(bookings_beyond(sheet.contract, ends_on)))) if ends_on else []
    return render(request, "centre/contract.html", {"sheet": sheet, "beyond": beyond})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def price(request: PortalRequest, code: str, service: str, kind: str) -> HttpResponseBase:
    """One price. What it means for months to come and for those already sent is shown first."""
    now, sheet = clock.now(), _sheet(request, code)
    prices = sheet.service(service)
    cell = prices.cell(kind) if prices else None
    if cell is None:
        raise Http404
    standing = cell.now or next(iter(cell.later), None)
    usual = {"starts_on": now.date(), "per": standing.per if standing else USUAL_UNIT.get(kind)}
    form = PriceForm(request.POST if request.method == "POST" else None, initial=usual)
    effect = None
    if form.is_valid():
        row = to_enter(sheet.contract, service, cell.kind, **form.cleaned_data)
        effect = price_effect(row)
        if not (effect.open or effect.closed) or request.POST.get("shown") == _said(form, effect):
            enter_price(row, by=request.user, at=now)
            messages.success(request, "委託料を入力しました。まだ送られていない月の計算に使います。")
            return redirect("facilities:contract", slug=request.municipality.slug, code=code)
    context = {"form": form, "sheet": sheet, "prices": prices, "cell": cell, "effect": effect, "older": OLDER_FROM}
    return render(request, "centre/contract_price.html", context | {"shown": _said(form, effect) if effect else ""})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PortalRequest, code: str) -> HttpResponseBase:
    """Until when a contract holds. The day is read back before it counts; bookings after it stand in its way."""
    sheet = _sheet(request, code)
    form = EndForm(
        request.POST if request.method == "POST" else None, initial={"ends_on": sheet.contract.ends_on or clock.today()}
    )
    beyond: list[Any] = []
    if form.is_valid():
        last = form.cleaned_data["ends_on"]
        beyond = _cards(request, list(with_rows(bookings_beyond(sheet.contract, last))))
        try:
            if beyond:
                form.add_error("ends_on", ValidationError(BOOKED, code="year"))
            elif request.POST.get("shown") == last.isoformat():
                end_contract(sheet.contract, on=last, by=request.user, at=clock.now())
                messages.success(request, "契約の最後の日を決めました。その後の日は、予約できません。")
                return redirect("facilities:contract", slug=request.municipality.slug, code=code)
        except EndsBeforeStart:
            form.add_error("ends_on", ValidationError(TOO_EARLY, code="year"))
        except BookedBeyond as booked:
            beyond = _cards(request, booked.bookings)
            form.add_error("ends_on", ValidationError(BOOKED, code="year"))
    context = {"form": form, "sheet": sheet, "beyond": beyond}
    return render(request, "centre/contract_end.html", context | _asking(form))


@access.decider
@require_POST
def resume(request: PortalRequest, code: str) -> HttpResponseBase:
    found: Contract = _sheet(request, code).contract
    resume_contract(found, by=request.user, at=clock.now())
    messages.success(request, "契約の最後の日を取り消しました。契約は続きます。")
    return redirect("facilities:contract", slug=request.municipality.slug, code=code)


def _sheet(request: PortalRequest, code: str) -> ContractSheet:
    sheet = contract_sheet(request.municipality.pk, code, on=clock.today())
    if sheet is None:
        raise Http404
    return sheet


def _cards(request: PortalRequest, bookings: list[Booking]) -> list[dict[str, Any]]:
    """Each booking as its guest's card, with the number of her case."""
    cases = case_numbers(booking.entitlement.birth_id for booking in bookings)
    cards = read_cards(bookings, by=request.user, at=clock.now())
    return [
        {"card": card, "case": cases.get(booking.entitlement.birth_id)}
        for card, booking in zip(cards, bookings, strict=True)
    ]


def _asking(form: EndForm) -> dict[str, Any]:
    """The day that a valid form asks for, to be read back."""
    return {"last": form.cleaned_data["ends_on"]} if form.is_bound and form.is_valid() else {}


def _said(form: PriceForm, effect: Any) -> str:
    """What was read back: another amount, unit or day is asked anew."""
    typed = form.cleaned_data
    return f"{effect} {typed['amount']} {typed['per']} {typed['starts_on']}"
