"""打診: the centre asks several at once, compares their answers on the wish's page, and chooses one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_fsm import TransitionNotAllowed

from facilities.forms.centre.sound import DAYS, SoundForm
from facilities.models import Sounding
from facilities.selectors.soundings import offering_of, use_offered, with_wish
from facilities.services.agreed import agreed_to_sounding
from facilities.services.arranging import arrange_sounded
from facilities.services.booking import DayFull, NotBookable
from facilities.services.reading import read_wish
from facilities.services.sounding import AskedAlready, sound_out
from facilities.services.sounding_ends import withdraw_sounding
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .arrange import MOVED_ON, may_work
from .arrange_page import Desk, desk_of, look_at
from .who_visits import who_visits

TAKEN_BACK = "この返事は、施設が変えたか、もう終わっています。いまの返事を確かめてください。"
GIVEN_UP = "この施設は、いまはこの種類を受け入れていません。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def sound(request: PortalRequest, pk: int) -> HttpResponse:
    """Which facilities, which days, until when."""
    now = clock.now()
    wish = read_wish(pk, by=request.user, at=now)
    if wish is None:
        raise Http404
    desk = desk_of(wish, on=now.date())
    if not may_work(request, desk):
        return _to_wish(request, pk)
    form = _form(request, desk)
    if form.is_valid():
        token = f"{wish.entitlement_id}:{form.cleaned_data['token']}"
        try:
            asked = sound_out(wish, form.chosen(), **form.asked(), form_token=token, by=request.user, at=now)
        except NotBookable as refused:
            form.refuse(refused.findings)
        except AskedAlready as already:
            form.add_error("offerings_asked", f"{already.sounding.facility.name}には、もう打診しています。")
        except Overtaken:
            messages.warning(request, MOVED_ON)
            return _to_wish(request, pk)
        else:
            messages.success(request, f"{len(asked)}か所に打診しました。返事は、この画面に並びます。")
            return _to_wish(request, pk)
    context = {"desk": desk, "form": form, "here": "打診する", "served": who_visits(desk)}
    return render(request, "centre/sound.html", context)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: PortalRequest, pk: int) -> HttpResponse:
    """What the facility's yes would mean, and the button that makes it a booking."""
    now = clock.now()
    sounding = _sounding_or_404(pk)
    wish = read_wish(sounding.wish_id, by=request.user, at=now)
    if wish is None:
        raise Http404
    sounding.wish, desk = wish, desk_of(wish, on=now.date())
    offering = offering_of(sounding, on=now.date())
    if sounding.status != Sounding.Status.ACCEPTED or offering is None or not may_work(request, desk):
        messages.warning(request, TAKEN_BACK if offering else GIVEN_UP)
        return _to_wish(request, wish.pk)
    if request.method == "POST" and _seen(sounding) == request.POST.get("seen"):
        try:
            arrange_sounded(sounding, offering, by=request.user, at=now)
        except (NotBookable, DayFull):
            pass  # the page says why
        except (TransitionNotAllowed, Overtaken):
            messages.warning(request, TAKEN_BACK)
            return _to_wish(request, wish.pk)
        else:
            messages.success(request, f"{offering.facility.name}に決めました。お母さんと施設にメールで知らせました。")
            return _to_wish(request, wish.pk)
    context = {
        "desk": desk,
        "here": "施設の返事",
        "form": None,
        "sounding": sounding,
        "looked": look_at(use_offered(sounding), offering, desk, agreed=agreed_to_sounding(sounding)),
        "sent": [("seen", _seen(sounding))],
        "agreed": True,
        "now": now,
    }
    return render(request, "centre/choose.html", context)


@access.centre
@require_POST
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    sounding = _sounding_or_404(pk)
    try:
        withdraw_sounding(sounding, by=request.user, at=clock.now())
    except PermissionDenied:
        raise Http404 from None
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, TAKEN_BACK)
    else:
        messages.success(request, f"{sounding.facility.name}への打診を終えました。")
    return _to_wish(request, sounding.wish_id)


def _form(request: PortalRequest, desk: Desk) -> SoundForm:
    """Begins with her own days."""
    first: dict[str, Any] = dict(zip(DAYS, desk.wish.wished_days, strict=False))
    sent = request.POST if request.method == "POST" else None
    return SoundForm(sent, now=clock.now(), initial={**first, **desk.said()}, **desk.asks())


def _sounding_or_404(pk: int) -> Sounding:
    """Inside the municipality's scope."""
    return get_object_or_404(with_wish(Sounding.objects.all()), pk=pk)


def _seen(sounding: Sounding) -> str:
    """What the button was shown with: a yes for another day meanwhile is looked at anew."""
    return f"{sounding.day} {sounding.hour}"


def _to_wish(request: PortalRequest, pk: int) -> HttpResponse:
    return redirect("facilities:arrange", slug=request.municipality.slug, pk=pk)
