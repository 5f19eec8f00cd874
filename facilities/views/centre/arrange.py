"""日程を調整する: the centre looks at what some days would mean, then asks for them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from facilities.forms.centre.arrange import ArrangeForm
from facilities.services.arranging import arrange as arrange_wish
from facilities.services.booking import DayFull, NotBookable
from facilities.services.reading import read_wish
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .arrange_page import Desk, desk_of, look_at
from .who_visits import who_visits

MOVED_ON = "この希望は、もう調整されたか、取り下げられています。"
OWN = "自分の希望は、ほかの職員が調整します。"
SENT_BY_HAND = ("csrfmiddlewaretoken", "send")


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: PortalRequest, pk: int) -> HttpResponse:
    """Without `send` the days are only looked at; what was looked at comes back with `send` as it was."""
    now = clock.now()
    wish = read_wish(pk, by=request.user, at=now)
    if wish is None:
        raise Http404
    desk = desk_of(wish, on=now.date())
    form = desk.form(request.POST if request.method == "POST" else None)
    if form.is_valid() and "send" in request.POST:
        return _send(request, desk, form)
    return _page(request, desk, form)


def _send(request: PortalRequest, desk: Desk, form: ArrangeForm) -> HttpResponse:
    offering, token = form.chosen(), f"{desk.wish.entitlement_id}:{form.cleaned_data['token']}"
    try:
        arrange_wish(desk.wish, offering, **form.asked(), form_token=token, by=request.user, at=clock.now())
    except (NotBookable, DayFull):
        return _page(request, desk_of(desk.wish, on=desk.on), form)
    except PermissionDenied:
        messages.warning(request, OWN)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, MOVED_ON)
    else:
        messages.success(
            request, f"{offering.facility.name}に依頼しました。返事があると、お母さんにメールで知らせます。"
        )
        return redirect("pages:worklist", slug=request.municipality.slug)
    return redirect("facilities:arrange", slug=request.municipality.slug, pk=desk.wish.pk)


def _page(request: PortalRequest, desk: Desk, form: ArrangeForm) -> HttpResponse:
    looked = look_at(form.use(), form.chosen(), desk) if form.is_valid() else None
    if looked:
        form.refuse(looked.refusals)
    own = desk.wish.citizen_id == request.user.pk
    context: dict[str, Any] = {
        "desk": desk,
        "form": form,
        "looked": looked,
        "served": who_visits(desk, looked.proposal.use if looked else None),
        "sent": [(name, value) for name, value in request.POST.items() if name not in SENT_BY_HAND],
        "own": own,
        "may_work": may_work(request, desk),
        "now": clock.now(),
    }
    return render(request, "centre/arrange.html", context)


def may_work(request: PortalRequest, desk: Desk) -> bool:
    """Whether this person may arrange this wish now."""
    own = desk.wish.citizen_id == request.user.pk
    return bool(desk.card.open and desk.offerings and request.membership.may_change and not own)
