"""The centre returns an application to be corrected, or takes the return back."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.correct import ReturnForm
from applications.services import returning
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .centre_case import case_to_work_on, explained, form_page, posted, to_case, told_how


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def return_case(request: PortalRequest, number: str) -> HttpResponseBase:
    """差し戻す."""
    case = case_to_work_on(request, number)
    if case.application.citizen_id is None:
        messages.warning(request, "紙の方には差し戻せません。電話で聞いて、「訂正する」で直してください。")
        return to_case(request, number)
    form = ReturnForm(posted(request), case=case)
    if not form.is_valid():
        return form_page(request, case, form, "差し戻す", "centre/_return_buttons.html")
    returning.return_for_correction(
        case.application,
        marks=form.marks,
        message=form.cleaned_data["message"],
        by=request.user,
        at=clock.now(),
    )
    messages.success(request, f"差し戻しました。{told_how(case.application)}")
    return to_case(request, number)


@access.centre
@require_POST
@explained
def take_return_back(request: PortalRequest, number: str) -> HttpResponseBase:
    """差し戻しをやめる."""
    case = case_to_work_on(request, number)
    returning.take_return_back(case.application, by=request.user, at=clock.now())
    messages.success(request, f"差し戻しをやめました。{told_how(case.application)}")
    return to_case(request, number)
