"""One number of the register: how the letter reached her, and what is done where it is spoiled."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms.letters import ANEW, DeliveredForm, ReissueForm, SpoiledForm
from applications.models import Letter
from applications.selectors.contesting import contests_of, told
from applications.selectors.letters import registered
from applications.selectors.protection import address_is_open
from applications.services.posting import NotInTime, record_delivery, undo_posting
from applications.services.voiding import NotReissuable, VoidAlready, reissue_letter, void_letter
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.forms import DadsForm
from postpartum_portal.shared.pdf import Unissuable

OWN = "自分の手紙は、ほかの職員が扱います。無効にするのは、決定する職員です。"
VOID_ALREADY = "見ているあいだに、ほかの人が無効にしました。"
FORMS: Mapping[str, type[DadsForm]] = {
    "delivered": DeliveredForm,
    "undo": DadsForm,
    "void": SpoiledForm,
    "reissue": ReissueForm,
}
"""What may be done, by the word of its button."""


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def letter_entry(request: PortalRequest, pk: int) -> HttpResponseBase:
    letter = get_object_or_404(Letter.objects.select_related("household", "municipality"), pk=pk)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, letter)
    if act not in FORMS:
        raise Http404
    form = FORMS[act](request.POST, auto_id=f"id_{act}_%s")
    if not form.is_valid():
        return _page(request, letter, **{act: form})
    try:
        said = _DEEDS[act](letter, form.cleaned_data, {"by": request.user, "at": clock.now()})
    except PermissionDenied:
        messages.warning(request, OWN)
    except VoidAlready:
        messages.warning(request, VOID_ALREADY)
    except (NotReissuable, Unissuable) as refused:
        messages.warning(request, str(refused))
    except NotInTime as refused:
        if "delivered_on" not in form.fields:
            raise Http404 from refused
        form.add_error("delivered_on", str(refused))
        return _page(request, letter, **{act: form})
    else:
        messages.success(request, said)
    return redirect(request.path)


def _page(request: PortalRequest, letter: Letter, **bound: DadsForm) -> HttpResponseBase:
    events.record_reads("list.read", [letter], at=clock.now(), by_id=request.user.pk)
    rows = told(Letter.objects.filter(pk=letter.pk)).select_related("household", "replaced_by", "replaces", "voided_by")
    line = registered(list(rows), on=clock.today())[0]
    may_change = request.membership.may_change and letter.citizen_id != request.user.pk
    issued, decides = letter.status == Letter.Status.ISSUED, request.membership.may_decide
    offered = {
        "delivered": may_change and issued,
        "void": may_change and decides and letter.status != Letter.Status.VOID,
        "reissue": may_change and decides and letter.status != Letter.Status.VOID,
    }
    context: dict[str, Any] = {
        "line": line,
        "form": next(iter(bound.values()), DadsForm()),
        "contests": contests_of([line.letter], on=clock.today()).get(letter.pk, ()),
        "may_undo": may_change and issued and (letter.posted_on or letter.delivered_on),
        "may_open": letter.household is None or address_is_open(letter.household, request.user, at=clock.now()),
        "today": clock.today(),
        **{
            f"{act}_form": bound.get(act) or FORMS[act](auto_id=f"id_{act}_%s") if offers else None
            for act, offers in offered.items()
        },
    }
    return render(request, "centre/letter_entry.html", context)


def _delivered(letter: Letter, said: dict[str, Any], acting: dict[str, Any]) -> str:
    record_delivery(letter, delivered_on=said["delivered_on"], delivery=Letter.Delivery(said["delivery"]), **acting)
    return "届いた日を記録しました。"


def _undone(letter: Letter, _said: dict[str, Any], acting: dict[str, Any]) -> str:
    undo_posting(letter, **acting)
    return "郵送の記録を取り消しました。"


def _voided(letter: Letter, said: dict[str, Any], acting: dict[str, Any]) -> str:
    void_letter(letter, reason=said["reason"], **acting)
    return f"{letter.label}を無効にしました。番号は台帳に残ります。"


def _reissued(letter: Letter, said: dict[str, Any], acting: dict[str, Any]) -> str:
    new = reissue_letter(letter, reason=said["reason"], anew=said["text"] == ANEW, **acting)
    return f"{letter.label}を無効にし、{new.label}を出しました。"


_DEEDS: Mapping[str, Callable[[Letter, dict[str, Any], dict[str, Any]], str]] = {
    "delivered": _delivered,
    "undo": _undone,
    "void": _voided,
    "reissue": _reissued,
}
