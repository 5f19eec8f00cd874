"""希望を伝える: what she wishes of a service that the centre arranges, where it stands, and taking it back."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import TransitionNotAllowed

from applications.public import Birth, written_before_loss
from eligibility import engine
from facilities.forms.citizen.wish import WishForm
from facilities.models import Wish
from facilities.selectors.cards import card_of
from facilities.selectors.offerings import granted
from facilities.selectors.preparations import preparations_of
from facilities.selectors.uses import terms_of
from facilities.selectors.wishes import bookings_for, open_wish, wish_card, wishable
from facilities.services.wishing import WishOpen, WishRefused, make_wish, withdraw_wish
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .case import Case, case_of, own_wish

ALREADY = gettext_lazy(
    "この種類の希望は、もう伝えてあります。変えたいときは、この希望を取り下げてから、伝えなおしてください。"
)
MOVED_ON = gettext_lazy("この希望は、もう日程が決まっているか、取り下げられています。")


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: PortalRequest, service: str) -> HttpResponse:
    case, now = case_of(request), clock.now()
    found = next((item for item in _arranged(case) if item.code == service), None)
    if case is None or found is None:
        raise Http404
    if request.method != "POST" and (already := open_wish(case.entitlement, service)):
        return _to_open(request, already)
    form = _form(request, case, found, now.date())
    if form is None:
        return redirect("facilities:book", slug=request.municipality.slug)
    context: dict[str, object] = {"service": found, "form": form, "after_loss": case.after_loss}
    if request.method == "POST" and form.is_valid():
        token = case.token(form.cleaned_data["token"])
        try:
            wish = make_wish(
                case.entitlement, service=service, **form.said(), form_token=token, by=request.user, at=now
            )
        except WishRefused as refused:
            context["refusals"] = refused.findings
        except WishOpen as stands:
            return _to_open(request, stands.wish)
        else:
            messages.success(request, _("希望を伝えました。控えをメールで送りました。"))
            return _to_wish(request, wish)
    return render(request, "citizen/booking/make_wish.html", context)


@access.citizen
@require_safe
def wish(request: PortalRequest, pk: int) -> HttpResponse:
    """The wish with what the centre has made of it; right after it was told, its confirmation."""
    found = own_wish(request, pk)
    lost = found.entitlement.birth.outcome == Birth.Outcome.LOST
    context = {
        "card": (card := wish_card(found)),
        "preparations": preparations_of(found, card.service),
        "bookings": [card_of(booking, terms_of(booking)) for booking in bookings_for(found)],
        "old_words": lost and written_before_loss(found.entitlement.birth, found.made_at),
    }
    return render(request, "citizen/booking/wish.html", context)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask first, then take it back."""
    found = own_wish(request, pk)
    if request.method != "POST" and found.status == Wish.Status.OPEN:
        return render(request, "citizen/booking/withdraw_wish.html", {"card": wish_card(found)})
    try:
        withdraw_wish(found, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, MOVED_ON)
        return _to_wish(request, found)
    messages.success(request, _("希望を取り下げました。"))
    return redirect("facilities:bookings", slug=request.municipality.slug)


def _arranged(case: Case | None) -> list[engine.Service]:
    return granted(case.standing, engine.ArrangedBy.CENTRE) if case else []


def _form(request: PortalRequest, case: Case, service: engine.Service, on: dt.date) -> WishForm | None:
    """None where no day can be wished."""
    possible = wishable(service, case.standing, on=on)
    if possible is None:
        return None
    sent = request.POST if request.method == "POST" else give_back(request)
    return WishForm(sent, wishable=possible, on=on)


def _to_open(request: PortalRequest, already: Wish) -> HttpResponse:
    messages.warning(request, ALREADY)
    return _to_wish(request, already)


def _to_wish(request: PortalRequest, found: Wish) -> HttpResponse:
    return redirect("facilities:wish", slug=request.municipality.slug, pk=found.pk)
