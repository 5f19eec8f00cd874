"""Coupons from the case page: posted on paper, come back when a family moves away, or not come back after all."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_POST

from applications.forms.coupon_return import CouponReturnForm
from applications.models import Letter
from applications.services import posting_coupons, returning_coupons
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.pdf import Unissuable
from postpartum_portal.shared.typed import row_key

from .centre_case import case_to_work_on, explained, form_page, to_case


@access.centre
@require_POST
@explained
def return_coupons(request: PortalRequest, number: str) -> HttpResponseBase:
    case, now = case_to_work_on(request, number), clock.now()
    form = CouponReturnForm(request.POST, today=clock.day_of(now))
    if not form.is_valid():
        return form_page(request, case, form, "利用券の返却", "centre/_coupon_return_buttons.html")
    returning_coupons.return_coupons(case.application, **form.cleaned_data, by=request.user, at=now)
    messages.success(request, "利用券が返されたと記録しました。番号は使えなくなり、のこりは0です。")
    return to_case(request, number)


@access.centre
@require_POST
@explained
def send_coupons(request: PortalRequest, number: str) -> HttpResponseBase:
    """To a mother without an account: as a letter with its number, printed and posted."""
    return _send(request, number, posting_coupons.send_coupons)


@access.centre
@require_POST
@explained
def send_coupons_anew(request: PortalRequest, number: str) -> HttpResponseBase:
    """Her sheet is lost, the one that the page told of (`letter`): the next one has another code."""
    lost = row_key(request.POST.get("letter", ""))
    if lost is None:
        raise Http404
    return _send(request, number, partial(posting_coupons.send_coupons_anew, lost=lost))


def _send(request: PortalRequest, number: str, send: Callable[..., Letter]) -> HttpResponseBase:
    case = case_to_work_on(request, number)
    try:
        letter = send(case.application, by=request.user, at=clock.now())
    except Unissuable as missing:
        messages.warning(request, str(missing))
    else:
        messages.success(
            request, f"{letter.name}を作ります({letter.label})。できたら、手紙のページから印刷して郵送します。"
        )
    return to_case(request, number)


@access.centre
@require_POST
@explained
def undo_coupon_return(request: PortalRequest, number: str) -> HttpResponseBase:
    case = case_to_work_on(request, number)
    returning_coupons.undo_return(case.application, by=request.user, at=clock.now())
    messages.success(request, "返却の記録を取り消しました。のこりは、もとにもどりました。番号は新しくなります。")
    return to_case(request, number)
