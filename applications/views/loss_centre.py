"""The centre writes down a loss that it was told by phone, or takes it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods

from applications.forms.loss import CentreLossForm
from applications.services import losses
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .centre_case import OWN, case_to_work_on, explained, form_page, posted, to_case
from .loss import TAKE_BACK


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def tell_loss(request: PortalRequest, number: str) -> HttpResponseBase:
    """お知らせを記録する, or with `take_back` お知らせを取り消す."""
    case = case_to_work_on(request, number)
    if case.application.citizen_id == request.user.pk:
        raise PermissionDenied(OWN)  # she tells of her own on her own page
    if TAKE_BACK in request.POST:
        losses.take_back_loss(case.birth, by=request.user, at=clock.now())
        messages.success(request, "お知らせを取り消しました。")
        return to_case(request, number)
    form = CentreLossForm(posted(request), today=clock.today())
    if not form.is_valid():
        return form_page(request, case, form, "流産・死産のお知らせ", "centre/_loss_buttons.html")
    losses.record_loss(case.birth, ended_on=form.cleaned_data["ended_on"], by=request.user, at=clock.now())
    messages.success(request, "お知らせを記録しました。")
    return to_case(request, number)
