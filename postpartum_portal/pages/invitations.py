"""/accounts/invitations/: where the mail of an invitation leads; whoever had an account before says yes here."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import Invitation, Membership
from postpartum_portal.accounts.services.inviting import InvitationOver
from postpartum_portal.accounts.services.joining import accept, waiting_for
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_key


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: PortalRequest) -> HttpResponseBase:
    """Her open invitations; whose sign-in was her yes goes on to work."""
    if request.method == "POST":
        return _accepted(request)
    waiting = waiting_for(request.user, at=clock.now()).select_related("invited_by")
    if not waiting and Membership.objects.filter(user=request.user).exists():
        return redirect("landing")
    return render(request, "account/invitations.html", {"waiting": waiting})


def _accepted(request: PortalRequest) -> HttpResponseBase:
    row = get_object_or_404(Invitation, user=request.user, pk=row_key(request.POST.get("invitation", "")))
    try:
        membership = accept(row, by=request.user, at=clock.now())
    except InvitationOver:
        messages.warning(request, _("この招待は、もう使えません。招いた人に、送りなおしてもらってください。"))
        return redirect("invitations")
    return redirect("pages:worklist", slug=membership.municipality.slug)
