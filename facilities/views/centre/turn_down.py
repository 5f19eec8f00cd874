"""利用できないと知らせる: what cannot be had, with the reason that she reads."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_fsm import TransitionNotAllowed

from applications.public import issues_availability
from facilities.forms.centre.turn_down import TurnDownForm
from facilities.services.arranging import turn_down as turn_down_wish
from facilities.services.reading import read_wish
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.pdf import Unissuable

from .arrange import MOVED_ON
from .arrange_page import desk_of


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def turn_down(request: PortalRequest, pk: int) -> HttpResponse:
    now = clock.now()
    wish = read_wish(pk, by=request.user, at=now)
    if wish is None:
        raise Http404
    desk = desk_of(wish, on=now.date())
    if not desk.card.open or not request.user.has_perm("facilities.arrange", wish):
        messages.warning(request, MOVED_ON)
        return redirect("facilities:arrange", slug=request.municipality.slug, pk=pk)
    form = TurnDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            turn_down_wish(wish, reason=form.cleaned_data["reason"], by=request.user, at=now)
        except Unissuable as missing:
            form.add_error("reason", str(missing))
        except (TransitionNotAllowed, Overtaken):
            messages.warning(request, MOVED_ON)
            return redirect("facilities:arrange", slug=request.municipality.slug, pk=pk)
        else:
            messages.success(request, "利用できないことを記録しました。")
            return redirect("facilities:arrange", slug=request.municipality.slug, pk=pk)
    context = {
        "desk": desk,
        "here": "利用できないと知らせる",
        "form": form,
        "letter": issues_availability(wish.entitlement),
    }
    return render(request, "centre/turn_down.html", context)
