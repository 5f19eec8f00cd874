"""What facilities hand over about a family's care, on the case page, and the word that the centre has seen it."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from applications.public import Birth
from facilities.public import Handover, handover_numbered, handovers_of, read_care, see_handover
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

SEEN_ALREADY = "ほかの人が先に確かめたか、施設が書きなおしました。いまの内容を見てください。"


def read_handovers(birth: Birth, *, by: User, at: dt.datetime) -> tuple[Handover, ...]:
    """For `centre/_handovers.html`, the latest day first; that they were read is noted."""
    found = handovers_of(birth)
    read_care([told.record for told in found], by=by, at=at)
    return found


@access.centre
@require_POST
def see(request: PortalRequest, number: str, pk: int) -> HttpResponse:
    """`number`: of the case whose page is gone back to."""
    told = handover_numbered(pk)
    if told is None or not request.user.has_perm("facilities.see_handover", told.record):
        raise Http404
    try:
        see_handover(told.record, by=request.user, at=clock.now())
    except Overtaken:
        messages.warning(request, SEEN_ALREADY)
    else:
        messages.success(request, "引き継ぎを確かめたと記録しました。")
    return redirect("pages:case", request.municipality.slug, number)
