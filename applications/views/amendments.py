"""The change of an approval, as the centre sees it: read, looked at as a letter, issued by a decider."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.letters.preview import preview_page
from applications.models import Amendment
from applications.services.amending import NothingToAmend, issue_amendment, prepare_amendment
from applications.services.preparing import SameHands
from applications.services.reading import read_amendment
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.pdf import Unissuable

OWN = "自分の申請は、ほかの職員が進めます。"
SAME_HANDS = "聞き取りをした人とは別の人が決定します。"
NOTHING = "この変更は、もう通知したか、いまは要りません。"


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: PortalRequest, pk: int) -> HttpResponseBase:
    """What changes, line by line; pressed once, the letter gets its number."""
    found = _found(request, pk)
    acting: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        if request.method == "POST":
            issue_amendment(found, **acting)
            messages.success(request, "決定しました。通知書は数秒でできます。")
            return _to_case(request, found)
        prepared = prepare_amendment(found, **acting)
    except (PermissionDenied, SameHands, NothingToAmend, Unissuable) as refusal:
        messages.warning(request, _why(refusal))
        return _to_case(request, found)
    return render(request, "centre/amendment.html", {"amendment": found, "letter": prepared.letter})


@access.decider
@require_safe
def preview(request: PortalRequest, pk: int) -> HttpResponse:
    """The letter on screen, its number still to come."""
    try:
        prepared = prepare_amendment(_found(request, pk), by=request.user, at=clock.now())
    except (PermissionDenied, SameHands, NothingToAmend, Unissuable):
        raise Http404 from None
    return HttpResponse(preview_page(prepared.letter))


def _found(request: PortalRequest, pk: int) -> Amendment:
    found = read_amendment(pk, by=request.user, at=clock.now())
    if found is None:
        raise Http404
    return found


def _why(refusal: Exception) -> str:
    match refusal:
        case PermissionDenied():
            return OWN
        case SameHands():
            return SAME_HANDS
        case Unissuable():
            return str(refusal)
    return NOTHING


def _to_case(request: PortalRequest, found: Amendment) -> HttpResponseBase:
    number = found.decision.application.number
    return redirect("pages:case", slug=request.municipality.slug, number=number)
