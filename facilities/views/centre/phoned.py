"""希望を電話で受ける: the centre takes a wish down for whoever calls, with an account or without."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.public import standing_of
from eligibility import engine
from facilities.forms.centre.phoned import PhonedWishForm
from facilities.models import Wish
from facilities.selectors.offerings import granted
from facilities.selectors.wish_desk import case_number
from facilities.selectors.wishes import open_wish, wishable
from facilities.services.reading import read_entitlement
from facilities.services.wishing import WishOpen, WishRefused, take_wish
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

NOTHING_LEFT = "いまは希望を受けられません。生まれた日の届け出がまだか、のこりがないか、使える期間が終わっています。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: PortalRequest, entitlement: int, service: str) -> HttpResponse:
    """What she wishes of one service, and who called when."""
    now = clock.now()
    found = read_entitlement(entitlement, by=request.user, at=now)
    if found is None or not request.user.has_perm("facilities.take_wish", found):
        raise Http404
    standing = standing_of(found)
    item = next((row for row in granted(standing, engine.ArrangedBy.CENTRE) if row.code == service), None)
    if item is None:
        raise Http404
    if already := open_wish(found, service):
        return _to_wish(request, already)
    number = case_number(found.birth)
    possible = wishable(item, standing, on=now.date())
    if possible is None:
        messages.warning(request, NOTHING_LEFT)
        return _to_case(request, number)
    form = PhonedWishForm(request.POST if request.method == "POST" else None, wishable=possible, now=now)
    context: dict[str, object] = {"service": item, "household": found.birth.household, "number": number, "form": form}
    if form.is_valid():
        token = f"{found.pk}:{form.cleaned_data['token']}"
        try:
            wish = take_wish(
                found, service=service, **form.said(), **form.heard(), form_token=token, by=request.user, at=now
            )
        except WishRefused as refused:
            context["refusals"] = refused.findings
        except WishOpen as stands:
            return _to_wish(request, stands.wish)
        else:
            messages.success(request, "希望を記録しました。このまま日程を調整できます。")
            return _to_wish(request, wish)
    return render(request, "centre/take_wish.html", context)


def _to_case(request: PortalRequest, number: str) -> HttpResponse:
    if number:
        return redirect("pages:case", slug=request.municipality.slug, number=number)
    return redirect("pages:worklist", slug=request.municipality.slug)


def _to_wish(request: PortalRequest, wish: Wish) -> HttpResponse:
    return redirect("facilities:arrange", slug=request.municipality.slug, pk=wish.pk)
