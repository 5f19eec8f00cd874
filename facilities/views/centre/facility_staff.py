"""事務 › 施設の職員: asking the first one of a facility under contract, and helping one who lost her second factor."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility.public import Municipality
from facilities.forms.staff.staff import FirstForm, StaffResetForm
from facilities.models import Contract, Facility, StaffInvitation, StaffReset
from facilities.selectors.colleagues import resets_reached, without_staff
from facilities.selectors.contracts import reached_under
from facilities.services import staff_inviting, staff_resetting
from facilities.views import resets
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.services.asking import InvitationOver, InvitedAlready
from postpartum_portal.shared import clock

OVER = "この招待は、もう受けられたか、取り下げられています。"
ASKED = "もう1人の確認を待っています。1日のうちに、ほかの決定者か、施設の管理者に知らせてください。"
HAS_STAFF = "この施設には、もう職員がいます。ほかの職員は、施設の管理者が招きます。"


@access.centre
@require_safe
def facility_staff(request: PortalRequest) -> HttpResponse:
    now, here = clock.now(), request.municipality
    context = {
        "places": without_staff(here, at=now),
        "staffed": _staffed(here),
        "resets": resets.said_of(
            resets_reached(here, at=now), by=request.user, on=clock.day_of(now), municipality=here
        ),
    }
    return render(request, "centre/facility_staff.html", context)


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


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def ask_reset(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Of somebody at the facility `pk`, which answers under a contract that holds; a second person confirms it."""
    facility = get_object_or_404(_staffed(request.municipality), pk=pk)
    colleagues = {str(row.pk): row for row in facility.staff.select_related("user").order_by("-manages", "pk")}
    form = StaffResetForm(request.POST if request.method == "POST" else None, colleagues=colleagues.values())
    if form.is_valid():
        who, said = colleagues[form.cleaned_data["who"]], {"reason": form.cleaned_data["reason"]}
        try:
            staff_resetting.ask_reset(who, **said, by=request.user, at=clock.now(), municipality=request.municipality)
        except tuple(resets.REFUSED) as reason:
            form.add_error("who", resets.REFUSED[type(reason)])
        else:
            messages.success(request, ASKED)
            return redirect("facilities:facility_staff", slug=request.municipality.slug)
    return render(request, "centre/facility_staff_reset.html", {"form": form, "facility": facility})


@access.decider
@require_POST
def confirm_reset(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The second person's yes; also to what a colleague of hers asked."""
    here = request.municipality
    asked = get_object_or_404(StaffReset, pk=pk, facility__in=reached_under(here, on=clock.today()))
    resets.confirm(request, asked, here)
    return redirect("facilities:facility_staff", slug=here.slug)


def _staffed(municipality: Municipality) -> QuerySet[Facility]:
    reached = reached_under(municipality, on=clock.today())
    return Facility.objects.filter(pk__in=reached, staff__isnull=False).distinct()
