"""事務 › 施設の職員: at which facilities under contract somebody works, and asking the first one."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.forms.staff.staff import FirstForm
from facilities.models import Contract, StaffInvitation
from facilities.selectors.colleagues import without_staff
from facilities.services import staff_inviting
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.services.asking import InvitationOver, InvitedAlready
from postpartum_portal.shared import clock

OVER = "この招待は、もう受けられたか、取り下げられています。"
HAS_STAFF = "この施設には、もう職員がいます。ほかの職員は、施設の管理者が招きます。"


@access.centre
@require_safe
def facility_staff(request: PortalRequest) -> HttpResponse:
    places = without_staff(request.municipality, at=clock.now())
    return render(request, "centre/facility_staff.html", {"places": places})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def invite_first(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Whom the centre asks to manage the staff of a facility at which nobody works yet."""
    contract = get_object_or_404(Contract.objects.select_related("facility"), pk=pk)
    form = FirstForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        at = clock.now()
        try:
            staff_inviting.invite_first(
                contract.facility, **form.asked(), municipality=request.municipality, by=request.user, at=at
            )
        except InvitedAlready:
            form.add_error("email", "このアドレスは、もうこの施設に招かれています。")
        except staff_inviting.HasStaff:
            messages.warning(request, HAS_STAFF)
            return redirect("facilities:facility_staff", slug=request.municipality.slug)
        else:
            messages.success(request, "招待のメールを送りました。7日のあいだ使えます。")
            return redirect("facilities:facility_staff", slug=request.municipality.slug)
    return render(request, "centre/facility_staff_invite.html", {"form": form, "facility": contract.facility})


@access.decider
@require_POST
def first_invitation(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Send it again, or withdraw it, by the word of the button."""
    row = get_object_or_404(StaffInvitation, pk=pk, municipality=request.municipality)
    deeds = {
        "again": (staff_inviting.send_again, "招待のメールを送りなおしました。きょうから7日のあいだ使えます。"),
        "withdraw": (staff_inviting.withdraw, "招待を取り下げました。前のメールは、もう使えません。"),
    }
    if request.POST.get("act", "") not in deeds:
        raise Http404
    deed, said = deeds[request.POST["act"]]
    try:
        deed(row, by=request.user, at=clock.now())
    except InvitationOver:
        messages.warning(request, OVER)
    else:
        messages.success(request, said)
    return redirect("facilities:facility_staff", slug=request.municipality.slug)
