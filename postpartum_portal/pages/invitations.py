"""/accounts/invitations/: where the mail of an invitation leads; whoever had an account before says yes here."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from facilities.public import StaffInvitation, invited_to_work, join, workplaces_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import Invitation, Membership
from postpartum_portal.accounts.services.asking import InvitationOver
from postpartum_portal.accounts.services.joining import accept, waiting_for
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_key


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: PortalRequest) -> HttpResponseBase:
    """Her open invitations, to centres and to facilities; whose sign-in was her yes goes on to work."""
    if request.method == "POST":
        return _accepted(request)
    to_centres = waiting_for(request.user, at=clock.now()).select_related("invited_by")
    to_facilities = invited_to_work(request.user, at=clock.now())
    if not to_centres and not to_facilities and _works(request):
        return redirect("landing")
    return render(request, "account/invitations.html", {"to_centres": to_centres, "to_facilities": to_facilities})


def _accepted(request: PortalRequest) -> HttpResponseBase:
    """By the name of the field: `invitation` is a centre's, `workplace` a facility's."""
    now = clock.now()
    try:
        if "workplace" in request.POST:
            asked = get_object_or_404(StaffInvitation, user=request.user, pk=row_key(request.POST["workplace"]))
            join(asked, by=request.user, at=now)
            return redirect("facility:today")
        row = get_object_or_404(Invitation, user=request.user, pk=row_key(request.POST.get("invitation", "")))
        membership = accept(row, by=request.user, at=now)
    except InvitationOver:
        messages.warning(request, _("この招待は、もう使えません。招いた人に、送りなおしてもらってください。"))
        return redirect("invitations")
    return redirect("pages:worklist", slug=membership.municipality.slug)


def _works(request: PortalRequest) -> bool:
    return Membership.objects.filter(user=request.user).exists() or bool(workplaces_of(request.user))
