"""事務 › 職員: all of the centre read who works here; deciders invite, change and end."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.public import colleagues
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import FactorReset, Invitation, Membership
from postpartum_portal.accounts.reset_form import ResetForm
from postpartum_portal.accounts.services import asking, inviting, members, resetting
from postpartum_portal.accounts.staff import invited_to, staff_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.deeds import do_and_tell
from postpartum_portal.shared.forms import DadsForm

from .forms import EndForm, InviteForm, RoleForm

NOT_YOURS = "これは、決定者だけができます。自分のことと、自分が頼んだことは、ほかの職員がします。"
REFUSED: Mapping[type[Exception], str] = {
    PermissionDenied: NOT_YOURS,
    members.OwnMembership: NOT_YOURS,
    members.LastDecider: "決定者がいなくなります。先に、ほかの職員を決定者にしてください。",
    members.HasLeft: "この職員の登録は、もう終わっています。",
    asking.InvitationOver: "この招待は、もう受けられたか、取り下げられています。",
    resetting.AskedAlready: "もう頼んであります。決定者の確認を待ってください。",
    resetting.WorksElsewhere: "この方は、ほかの市町村のセンターでも働いています。"
    "そこでも決定者である方だけが確かめられます。",
    resetting.ResetOver: "この依頼は、もう済んだか、1日が過ぎています。",
}
"""What a service refuses, in words."""


@access.centre
@require_safe
def staff(request: PortalRequest) -> HttpResponse:
    return _list(request, InviteForm())


@access.decider
@require_POST
def invite(request: PortalRequest) -> HttpResponseBase:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    try:
        inviting.invite(request.municipality, **form.cleaned_data, by=request.user, at=clock.now())
    except inviting.WorksHere:
        form.add_error("email", "この方は、もう職員です。")
    except asking.InvitedAlready:
        form.add_error("email", "この方は、もう招いています。下の「招いている方」から送りなおせます。")
    else:
        messages.success(request, "招待のメールを送りました。7日のあいだ使えます。")
        return redirect("pages:staff", slug=request.municipality.slug)
    return _list(request, form)


@access.decider
@require_POST
def invitation(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Send it again, or withdraw it, by the word of the button."""
    row = get_object_or_404(Invitation, pk=pk, municipality=request.municipality)
    deeds = {
        "again": (inviting.send_again, "招待のメールを送りなおしました。きょうから7日のあいだ使えます。"),
        "withdraw": (inviting.withdraw, "招待を取り下げました。前のメールは、もう使えません。"),
    }
    if request.POST.get("act", "") not in deeds:
        raise Http404
    deed, said = deeds[request.POST["act"]]
    do_and_tell(request, lambda: deed(row, by=request.user, at=clock.now()), said, refused=REFUSED)
    return redirect("pages:staff", slug=request.municipality.slug)


@access.decider
@require_POST
def confirm_reset(request: PortalRequest, pk: int) -> HttpResponseBase:
    asked = get_object_or_404(FactorReset, pk=pk, municipality=request.municipality)
    said = f"{asked.user}さんの登録を消しました。次のログインで、新しく登録します。"
    do_and_tell(request, lambda: resetting.confirm_reset(asked, by=request.user, at=clock.now()), said, refused=REFUSED)
    return redirect("pages:staff", slug=request.municipality.slug)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One colleague: her role, its end, her second factor; by the word of the button."""
    found = get_object_or_404(Membership.objects.select_related("user"), pk=pk, municipality=request.municipality)
    heirs = colleagues(request.municipality).exclude(pk=found.user_id)
    act, posted = request.POST.get("act", ""), request.POST
    forms: dict[str, DadsForm] = {
        "role": RoleForm(posted if act == "role" else None, initial={"role": found.role}, auto_id="id_role_%s"),
        "reset": ResetForm(posted if act == "reset" else None, auto_id="id_reset_%s"),
        "end": EndForm(posted if act == "end" else None, heirs=heirs, auto_id="id_end_%s"),
    }
    if request.method == "POST":
        if act not in _DEEDS:
            raise Http404
        if forms[act].is_valid():
            deed, said = _DEEDS[act]
            do_and_tell(request, lambda: deed(request, found, forms[act].cleaned_data), said, refused=REFUSED)
            return redirect("pages:staff", slug=request.municipality.slug)
    own = found.user_id == request.user.pk
    context = {
        "member": found,
        "forms": forms,
        "form": forms.get(act, DadsForm()),
        "own": own,
        "may_ask": request.membership.may_change and not own,
        "may_manage": request.membership.may_decide and not own,
    }
    return render(request, "centre/staff_member.html", context)


def _list(request: PortalRequest, form: InviteForm) -> HttpResponse:
    now = clock.now()
    context = {
        "colleagues": staff_of(request.municipality),
        "invited": invited_to(request.municipality, at=now),
        "resets": resetting.waiting_resets(request.municipality.pk, at=now).select_related("user", "asked_by"),
        "form": form,
        "may_manage": request.membership.may_decide,
    }
    return render(request, "centre/staff.html", context)


def _changed(request: PortalRequest, found: Membership, said: dict[str, Any]) -> None:
    members.change_role(found, Membership.Role(said["role"]), by=request.user, at=clock.now())


def _ended(request: PortalRequest, found: Membership, said: dict[str, Any]) -> None:
    members.end_membership(found, to=said["to"], by=request.user, at=clock.now())


def _asked(request: PortalRequest, found: Membership, said: dict[str, Any]) -> None:
    resetting.ask_reset(found, reason=said["reason"], by=request.user, at=clock.now())


_DEEDS: Mapping[str, tuple[Callable[[PortalRequest, Membership, dict[str, Any]], None], str]] = {
    "role": (_changed, "役割を変えました。次に開くページから、その役割で働きます。"),
    "end": (_ended, "職員の登録を終えました。開いているログインも、切れています。"),
    "reset": (_asked, "決定者に、確認を頼みました。1日のあいだ待ちます。"),
}
