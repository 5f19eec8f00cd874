"""訂正: what a mother wrote, put right by the centre with a reason."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods

from applications.forms.rectify import RectifyForm
from applications.selectors.rectifications import RECTIFIABLE
from applications.services.rectifying import ChangedMeanwhile, NothingRectified, NotRectifiable
from applications.services.rectifying import rectify as put_right
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .centre_case import case_to_work_on, explained, form_page, posted, to_case

SAME = "いまと同じです。違うところを直してください。"
MEANWHILE = "開いているあいだに、同じところが変わりました。開きなおして、いまの内容を見てから直してください。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def rectify(request: PortalRequest, number: str) -> HttpResponseBase:
    case, now = case_to_work_on(request, number), clock.now()
    if case.application.status not in RECTIFIABLE:
        raise NotRectifiable
    form = RectifyForm(posted(request), application=case.application, terms=case.terms, on=clock.day_of(now))
    if form.is_valid():
        given = form.cleaned_data
        try:
            put_right(
                case.application, form.after, stood=given["stood"], reason=given["reason"], by=request.user, at=now
            )
        except NothingRectified:
            form.add_error(None, SAME)
        except ChangedMeanwhile:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, "訂正しました。判定も計算しなおしています。")
            return to_case(request, number)
    return form_page(request, case, form, "申請の内容を訂正する", "centre/_rectify_buttons.html")
