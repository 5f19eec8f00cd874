"""Letters on screen: hers, and the file as it left the house."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from applications.selectors.own_letters import own_letters
from applications.services.reading import AddressKeptBack, read_letter
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.served import PDF, file_response

KEPT_BACK = gettext_lazy("支援措置の方の手紙です。住所を見るには、もう1人の職員の確認がいります。")


@access.citizen
@require_safe
def letters(request: PortalRequest) -> HttpResponseBase:
    today = clock.today()
    return render(request, "citizen/letters.html", {"letters": own_letters(on=today), "today": today})


@access.citizen
@require_safe
def letter(request: PortalRequest, pk: int) -> HttpResponseBase:
    return _served(request, pk)


@access.centre
@require_safe
def centre_letter(request: PortalRequest, pk: int) -> HttpResponseBase:
    try:
        return _served(request, pk)
    except AddressKeptBack:
        messages.warning(request, KEPT_BACK)
        return redirect("applications:letter_entry", slug=request.municipality.slug, pk=pk)


def _served(request: PortalRequest, pk: int) -> HttpResponse:
    found = read_letter(pk, by=request.user, at=clock.now())
    if found is None:
        raise Http404
    return pdf_response(found.pdf, found.letter.label)


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """`pdf` for the browser's viewer, kept nowhere, under `name` when it is saved."""
    return file_response(pdf, f"{name}.pdf", kind=PDF, shown=True)
