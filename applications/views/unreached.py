"""メールが届かない方: whom the centre has to phone, what she has not got, and what was done about it."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms.stopped import HersAddressForm
from applications.selectors.unreached import Unreached, unreached
from applications.services.stopped_mails import NotStopped, send_hers_elsewhere, told_by_phone
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.typed import row_key

GONE = "この方のメールは、もう止まっていません。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def not_reached(request: PortalRequest) -> HttpResponseBase:
    """The list; a press says that one of them (`household`) was told by phone."""
    if request.method != "POST":
        lines = unreached(request.municipality)
        _note(request, lines)
        return render(request, "centre/unreached.html", {"lines": lines})
    pk = row_key(request.POST.get("household", ""))
    hers = None if pk is None else _hers(request, pk)
    try:
        if hers is None:
            raise NotStopped
        told_by_phone(hers, request.municipality, by=request.user, at=clock.now())
    except NotStopped:
        messages.warning(request, GONE)
    else:
        messages.success(request, f"{hers.household.name}さんに電話で伝えたと記録しました。")
    return redirect(request.path)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def other_address(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Another address for all that one of them has not got."""
    hers = _hers(request, pk)
    if hers is None or not request.membership.may_change:
        raise Http404
    form = HersAddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        _note(request, [hers])
        return render(request, "centre/unreached_address.html", {"line": hers, "form": form})
    try:
        send_hers_elsewhere(hers, request.municipality, form.cleaned_data["to"], by=request.user, at=clock.now())
    except NotStopped:
        messages.warning(request, GONE)
    else:
        messages.success(request, f"{len(hers.missed)}通を、新しい送り先に送りなおしています。")
    return redirect("applications:unreached", slug=request.municipality.slug)


def _hers(request: PortalRequest, household: int) -> Unreached | None:
    return next(iter(unreached(request.municipality, household=household)), None)


def _note(request: PortalRequest, lines: list[Unreached]) -> None:
    events.record_reads("list.read", [line.household for line in lines], at=clock.now(), by_id=request.user.pk)
