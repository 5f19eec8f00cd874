"""The records that were looked up for a case: written down from the case page."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from applications.forms.official_check import OfficialCheckForm
from applications.selectors.official_checks import look_ups
from applications.services.checking import record_check
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .centre_case import case_to_work_on, explained, form_page, to_case


@access.centre
@require_POST
@explained
def official_check(request: PortalRequest, number: str) -> HttpResponseBase:
    case, now = case_to_work_on(request, number), clock.now()
    known = look_ups(case)
    form = OfficialCheckForm(request.POST, today=clock.day_of(now), agreed=known.agreed if known.consent else None)
    if not form.is_valid():
        return form_page(request, case, form, "住所や課税の確認", "centre/_official_check_buttons.html")
    record_check(case.application, **form.cleaned_data, by=request.user, at=now)
    messages.success(request, "確かめたことを記録しました。")
    return to_case(request, number)
