"""Somebody writes for her: who it is, and her one page to agree, refuse, take it back or go on herself."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from applications.models import Birth, Proxy
from applications.selectors.proxies import own_draft, own_open
from applications.selectors.standing import latest_birth
from applications.selectors.summary import summary
from applications.services import consenting
from eligibility.access import programme_for
from eligibility.engine import Family
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant


class Deed(NamedTuple):
    """What a button does, what is said then, and which page comes next; "" for this one."""

    service: Callable[..., Any]
    said: Promise
    onward: str = ""


DEEDS = {
    "consent": Deed(consenting.consent, gettext_lazy("同意を記録しました。")),
    "decline": Deed(consenting.decline, gettext_lazy("断りました。書かれていたものは消しました。"), "pages:my_page"),
    "withdraw": Deed(consenting.withdraw, gettext_lazy("同意を取り消しました。"), "pages:my_page"),
    "take_over": Deed(
        consenting.take_over, gettext_lazy("あなたの書きかけの申請になりました。続きを書けます。"), "applications:start"
    ),
    "prefer": Deed(consenting.prefer, gettext_lazy("代わりに書いてもらったものを申請しました。")),
}
"""By the button's value."""


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def proxy_for_me(request: PortalRequest, pk: int) -> HttpResponse:
    """Before she has agreed it shows who writes, and not a word of what: the address may have been typed wrong."""
    proxy = get_object_or_404(Proxy.objects.select_related("municipality"), pk=pk, citizen=request.user)
    with tenant(municipality=request.municipality.pk):  # what is written is nobody's yet
        if request.method == "POST":
            return _act(request, proxy)
        if proxy.status in Proxy.ENDED:
            messages.info(request, _("この方は、あなたに代わって書くことは、もうできません。"))
            return redirect("pages:my_page", slug=request.municipality.slug)
        return render(request, "citizen/proxy/for_me.html", _context(request, proxy))


def _act(request: PortalRequest, proxy: Proxy) -> HttpResponse:
    deed = DEEDS.get(request.POST.get("go", ""))
    if deed is None:
        raise Http404
    try:
        deed.service(proxy, by=request.user, at=clock.now())
    except (consenting.ProxyEnded, consenting.HasHerOwn, consenting.AnotherWrites):
        return redirect(request.path)  # which says how it stands
    messages.success(request, str(deed.said))
    return redirect(deed.onward, slug=request.municipality.slug) if deed.onward else redirect(request.path)


def _context(request: PortalRequest, proxy: Proxy) -> dict[str, Any]:
    terms = programme_for(request.municipality, clock.today()).terms
    birth = latest_birth(request.user, request.municipality)
    lost = birth is not None and birth.outcome == Birth.Outcome.LOST
    shown = proxy.status == Proxy.Status.CONSENTED and proxy.application is not None and not lost
    return {
        "proxy": proxy,
        "consents": (terms.said_to(Family.BEREAVED) if lost else terms).consents,
        "sections": summary(proxy.application, terms) if shown and proxy.application else (),
        "own_draft": own_draft(proxy) if proxy.entered_at is None else None,
        "own_open": own_open(proxy) if proxy.entered_at is None else None,
        "another": _another(proxy),
        "after_loss": lost,
    }


def _another(proxy: Proxy) -> Proxy | None:
    """Who else writes for her with her consent."""
    others = Proxy.objects.filter(municipality=proxy.municipality_id, citizen=proxy.citizen_id).exclude(pk=proxy.pk)
    return others.filter(status=Proxy.Status.CONSENTED, entered_at=None).first()
