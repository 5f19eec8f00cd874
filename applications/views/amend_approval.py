"""変更: a decider changes what an approval gives, looks at the letter, and issues it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from applications.forms.amend import AmendForm
from applications.letters.numbers import closed_words
from applications.letters.preview import preview_page
from applications.selectors.amendments import given_by, latest_amendment
from applications.services import preparing, regranting
from applications.services.revoking import NotApproved, authorise_revocation
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.pdf import Unissuable

from .centre_case import case_to_work_on, explained, form_page, posted, to_case

NOTHING = "いまと同じ内容です。変えるところを直してください。"


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def amend_approval(request: PortalRequest, number: str) -> HttpResponseBase:
    """All that the approval is to give; with `preview`, the letter of the change instead, and nothing changes."""
    case = case_to_work_on(request, number)
    authorise_revocation(case.application, request.user)
    if case.decision is None:
        raise NotApproved
    latest = latest_amendment(case.decision)
    form = AmendForm(
        posted(request),
        case=case,
        given=given_by(case.decision),
        initial={"based_on": latest.pk if latest else None},
    )
    if form.is_valid():
        acting: dict[str, Any] = {**form.change, "by": request.user, "at": clock.now()}
        try:
            if "preview" in request.POST:
                return HttpResponse(preview_page(regranting.prepare_change(case.application, **acting).letter))
            regranting.change_approval(case.application, based_on=form.cleaned_data["based_on"], **acting)
        except regranting.NothingChanged:
            form.add_error(None, NOTHING)
        except (preparing.NotGrantable, preparing.ReasonTooThin, regranting.StillUsed, Unissuable) as mistake:
            form.add_error(None, str(mistake))
        else:
            messages.success(request, "変更を決定しました。通知書は数秒でできます。")
            return to_case(request, number)
    closed = closed_words(request.municipality) if not form.errors else ""
    return form_page(request, case, form, "承認を変更する", "centre/_amend_buttons.html", closed=closed)
