"""本人に代わって申し込む: beginning to write for a mother, and where what is written stands."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms.proxy import BeginForm
from applications.models import Proxy
from applications.selectors.answers import open_steps
from applications.selectors.proxies import state_told, written_by
from applications.services import consenting, proxies
from eligibility.access import programme_for
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant


def written(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer only to the one who writes, as long as the mother has not said no; to all others there is no such page.

    The draft is nobody's own, so the scope is the municipality: a view behind this touches nothing but `proxy`.
    """

    @wraps(view)
    def guarded(request: Any, pk: int, **named: Any) -> HttpResponse:
        with tenant(municipality=request.municipality.pk):
            rows = Proxy.objects.select_related("municipality", "application")
            mine = rows.filter(writer=request.user, municipality=request.municipality, status__in=Proxy.OPEN)
            return view(request, get_object_or_404(mine, pk=pk), **named)

    return guarded


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PortalRequest) -> HttpResponse:
    """Who writes, and for whom; above it what the same person has in hand."""
    with tenant(municipality=request.municipality.pk):
        sent = request.POST if request.method == "POST" else give_back(request)
        form = BeginForm(sent, municipality=request.municipality)
        if request.method == "POST" and form.is_valid():
            begun = _begin(request, form)
            if begun:
                return redirect("applications:proxy", slug=request.municipality.slug, pk=begun.pk)
        mine = [(proxy, state_told(proxy)) for proxy in written_by(request.user, request.municipality)]
        return render(request, "citizen/proxy/begin.html", {"form": form, "mine": mine})


@access.citizen
@written
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: PortalRequest, proxy: Proxy) -> HttpResponse:
    """Where it stands, in one sentence; giving it up, as long as it is not the mother's own application."""
    if request.method != "POST":
        context = {"proxy": proxy, "state": state_told(proxy), "next_step": _next_step(request, proxy)}
        return render(request, "citizen/proxy/proxy.html", context)
    if proxy.entered_at is None:
        consenting.withdraw(proxy, by=request.user, at=clock.now())
        messages.success(request, _("代わりに書くのをやめました。書いたものは消しました。"))
    return redirect("applications:begin_proxy", slug=request.municipality.slug)


def _next_step(request: PortalRequest, proxy: Proxy) -> str:
    """The address where writing goes on; "" once it is out of hand."""
    if not proxy.writes or proxy.application is None:
        return ""
    slug, terms = request.municipality.slug, programme_for(request.municipality, clock.today()).terms
    for step in open_steps(proxy.application, terms):
        return reverse("applications:proxy_step", kwargs={"slug": slug, "pk": proxy.pk, "step": step.value})
    return reverse("applications:proxy_review", kwargs={"slug": slug, "pk": proxy.pk})


def _begin(request: PortalRequest, form: BeginForm) -> Proxy | None:
    try:
        return proxies.begin(request.municipality, proxies.Told(**form.cleaned_data), by=request.user, at=clock.now())
    except proxies.OwnAddress:
        form.add_error(
            "mother_email", _("あなた自身のアドレスです。ご自分の申請は、代わりではなく「申請する」から書けます。")
        )
    except proxies.TooManyBegun:
        form.add_error(None, _("きょう始められる数を超えました。あしたまた始めるか、センターに電話してください。"))
    return None
