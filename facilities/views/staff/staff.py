"""設定 › 職員: all of a facility read who works there; who manages its staff invites, changes and ends."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.staff import ColleagueForm
from facilities.models import StaffInvitation, StaffMembership, StaffReset
from facilities.selectors.colleagues import (
    colleagues_at,
    invited_at,
    manages_staff,
    others_manage,
    staff_changes,
    waiting_resets,
)
from facilities.services import staff_inviting, staff_resetting, staffing
from facilities.views import resets
from postpartum_portal.accounts.reset_form import ResetForm
from postpartum_portal.accounts.services.asking import InvitationOver, InvitedAlready
from postpartum_portal.shared import clock
from postpartum_portal.shared.deeds import do_and_tell

NOT_YOURS = "これは、管理者だけができます。自分のことは、ほかの管理者がします。"
ASKED = "もう1人の確認を待っています。1日のうちに、ほかの管理者か、契約している市町村の決定者に知らせてください。"
LAST_ONE = "管理者がいなくなります。先に、ほかの職員を管理者にしてください。"
REFUSED: Mapping[type[Exception], str] = {
    PermissionDenied: NOT_YOURS,
    staffing.OwnWork: NOT_YOURS,
    staffing.HasLeft: "この職員の登録は、もう終わっています。",
    staffing.LastOne: LAST_ONE,
    InvitationOver: "この招待は、もう受けられたか、取り下げられています。",
}
"""What a service refuses, in words."""


@facility_staff
@require_safe
def staff(request: FacilityRequest) -> HttpResponse:
    return _list(request, ColleagueForm())


@facility_staff
@require_POST
def invite(request: FacilityRequest) -> HttpResponseBase:
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    try:
        staff_inviting.invite_colleague(request.facility, **form.asked(), by=request.user, at=clock.now())
    except PermissionDenied:
        messages.warning(request, NOT_YOURS)
        return redirect("facility:staff")
    except staff_inviting.WorksHere:
        form.add_error("email", "この方は、もう職員です。")
    except InvitedAlready:
        form.add_error("email", "この方は、もう招いています。下の「招いている方」から送りなおせます。")
    else:
        messages.success(request, "招待のメールを送りました。7日のあいだ使えます。")
        return redirect("facility:staff")
    return _list(request, form)


@facility_staff
@require_POST
def invitation(request: FacilityRequest, pk: int) -> HttpResponseBase:
    """Send it again, or withdraw it, by the word of the button. What a centre sent is the centre's."""
    row = get_object_or_404(StaffInvitation, pk=pk, facility=request.facility, municipality=None)
    deeds = {
        "again": (staff_inviting.send_again, "招待のメールを送りなおしました。きょうから7日のあいだ使えます。"),
        "withdraw": (staff_inviting.withdraw, "招待を取り下げました。前のメールは、もう使えません。"),
    }
    if request.POST.get("act", "") not in deeds:
        raise Http404
    deed, said = deeds[request.POST["act"]]
    do_and_tell(request, lambda: deed(row, by=request.user, at=clock.now()), said, refused=REFUSED)
    return redirect("facility:staff")


@facility_staff
@require_POST
def confirm_reset(request: FacilityRequest, pk: int) -> HttpResponseBase:
    """The second person's yes to a colleague's lost second factor."""
    asked = get_object_or_404(StaffReset, pk=pk, facility=request.facility)
    resets.confirm(request, asked)
    return redirect("facility:staff")


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: FacilityRequest, pk: int) -> HttpResponseBase:
    """One colleague: her second factor, whether she manages the staff, the end of her work; by the button's word."""
    found = get_object_or_404(StaffMembership.objects.select_related("user"), pk=pk, facility=request.facility)
    act = request.POST.get("act", "")
    form = ResetForm(request.POST if act == "reset" else None)
    if request.method == "POST" and (act != "reset" or form.is_valid()):
        deeds: Mapping[str, tuple[Callable[[], None], str]] = {
            "manage": (lambda: _set(request, found, True), "管理者にしました。"),
            "staff": (lambda: _set(request, found, False), "管理者ではなくなりました。"),
            "end": (lambda: _end(request, found), "職員の登録を終えました。開いているログインも、切れています。"),
            "reset": (lambda: _ask(request, found, form.cleaned_data), ASKED),
        }
        if act not in deeds:
            raise Http404
        do_and_tell(request, *deeds[act], refused={**resets.REFUSED, **REFUSED})
        return redirect("facility:staff")
    own = found.user_id == request.user.pk
    may_manage = manages_staff(request.user, request.facility) and not own
    context = {"member": found, "own": own, "may_manage": may_manage, "form": form}
    return render(request, "facility/staff_member.html", context)


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: FacilityRequest) -> HttpResponseBase:
    """Her own wish, confirmed; her sessions end with it. Whoever manages the staff alone reads first why she cannot."""
    if request.method == "POST":
        try:
            staffing.leave(request.facility, by=request.user, at=clock.now())
        except staffing.LastOne:
            messages.warning(request, LAST_ONE)
            return redirect("facility:staff")
        return redirect("account_login")
    reason = "" if others_manage(request.user, request.facility) else LAST_ONE
    return render(request, "facility/staff_leave.html", {"reason": reason})


def _list(request: FacilityRequest, form: ColleagueForm) -> HttpResponse:
    now = clock.now()
    waiting = waiting_resets(at=now).filter(facility=request.facility)
    context = {
        "colleagues": colleagues_at(request.facility),
        "resets": resets.said_of(waiting, by=request.user, on=clock.day_of(now)),
        "invited": invited_at(request.facility, at=now),
        "changes": staff_changes(request.facility),
        "form": form,
        "may_manage": manages_staff(request.user, request.facility),
    }
    return render(request, "facility/staff.html", context)


def _set(request: FacilityRequest, found: StaffMembership, manages: bool) -> None:
    staffing.set_manages(found, manages, by=request.user, at=clock.now())


def _end(request: FacilityRequest, found: StaffMembership) -> None:
    staffing.end_work(found, by=request.user, at=clock.now())


def _ask(request: FacilityRequest, found: StaffMembership, said: dict[str, Any]) -> None:
    staff_resetting.ask_reset(found, reason=said["reason"], by=request.user, at=clock.now())
