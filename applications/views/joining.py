"""紙で申請した方のアカウント: signed in by code at the address that the centre wrote down, she says who she is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.forms.joining import JoinForm
from applications.models import AccountOffer
from applications.services import joining
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .centre_case import posted


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: PortalRequest, pk: int) -> HttpResponse:
    """Name and day of birth, and nothing before: the address may have been typed wrong."""
    offer = get_object_or_404(AccountOffer, pk=pk, citizen=request.user, municipality=request.municipality)
    home = redirect("pages:my_page", slug=request.municipality.slug)
    if offer.joined_at:
        return home
    form = JoinForm(posted(request) or give_back(request), today=clock.today())
    if request.method != "POST" or not form.is_valid():
        return _page(request, offer, form)
    try:
        with tenant(municipality=request.municipality.pk):  # her rows are nobody's yet
            right = joining.join(offer, **form.cleaned_data, by=request.user, at=clock.now())
    except joining.OfferClosed:
        return redirect(request.path)
    except joining.HasHousehold:
        messages.warning(
            request, _("あなたの申請は、もうマイページにあります。紙の申請のことは、センターに電話してください。")
        )
        return home
    if right:
        messages.success(
            request,
            _("紙の申請を、マイページで見られるようになりました。「だれが見たか」には、きょうからの記録が出ます。"),
        )
        return home
    form.add_error(None, _("紙の申請とちがいます。氏名と生年月日を確かめてください。"))
    offer.refresh_from_db()
    return _page(request, offer, form)


def _page(request: PortalRequest, offer: AccountOffer, form: JoinForm) -> HttpResponse:
    return render(request, "citizen/join.html", {"form": form, "offer": offer})
