"""Certificates that a mother hands in after the approval, for the uses that still need one."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms.certificates import LATE, LateCertificatesForm
from applications.selectors.certificates import Wanted, wanted_of
from applications.services.documents import AlreadyDecided, hand_in_all
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .status import NO_FILE


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: PortalRequest) -> HttpResponse:
    """One certificate at a time: that of the asked fiscal year (`year`), else the first that is missing."""
    wanted = wanted_of(request.user, request.municipality, on=clock.today())
    chosen = _chosen(wanted, request.GET.get("year", ""))
    if chosen is None or request.method != "POST":
        return _page(request, wanted, chosen)
    try:
        refused = _hand_in(request, chosen)
    except AlreadyDecided:
        return redirect(request.get_full_path())
    if refused:
        return _page(request, wanted, chosen, refused)
    messages.success(request, _("証明書を受け取りました。センターが確かめて、メールでお知らせします。"))
    return redirect(f"{request.path}?year={chosen.fiscal_year or ''}")


def _hand_in(request: PortalRequest, chosen: Wanted) -> list[str]:
    """Keep what was sent; return the sentences about what could not be used."""
    files = request.FILES.getlist(LATE)
    if not files:
        return [str(NO_FILE)]
    return hand_in_all(chosen.application, chosen.proof, files, by=request.user, at=clock.now())


def _page(
    request: PortalRequest, wanted: Sequence[Wanted], chosen: Wanted | None, refused: Sequence[str] = ()
) -> HttpResponse:
    form = None
    if chosen:
        data = request.POST if refused else None
        form = LateCertificatesForm(data, application=chosen.application, proof=chosen.proof, refused=refused)
    others = [item for item in wanted if item is not chosen]
    context = {"chosen": chosen, "others": others, "form": form, "today": clock.today()}
    return render(request, "citizen/certificates_later.html", context)


def _chosen(wanted: Sequence[Wanted], year: str) -> Wanted | None:
    asked = [item for item in wanted if str(item.fiscal_year) == year]
    missing = [item for item in wanted if not item.waits]
    return next(iter([*asked, *missing, *wanted]), None)
