"""職員メモ: written and struck out from the case page."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from applications.forms.note import NoteForm, StrikeForm
from applications.services.noting import NothingToStrike, strike_note, write_note
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_key

from .centre_case import case_to_work_on, explained, form_page, to_case


@access.centre
@require_POST
@explained
def note(request: PortalRequest, number: str) -> HttpResponseBase:
    case, form = case_to_work_on(request, number), NoteForm(request.POST)
    if not form.is_valid():
        return form_page(request, case, form, "職員メモ", "centre/_note_buttons.html")
    write_note(case.application, form.cleaned_data["text"], by=request.user, at=clock.now())
    messages.success(request, "メモを書きました。")
    return to_case(request, number)


@access.centre
@require_POST
@explained
def strike(request: PortalRequest, number: str) -> HttpResponseBase:
    case, form = case_to_work_on(request, number), StrikeForm(request.POST)
    entry = row_key(request.POST.get("note", ""))
    if entry is None:
        raise NothingToStrike
    if not form.is_valid():
        return form_page(request, case, form, "メモを消す", "centre/_strike_buttons.html", note=entry)
    strike_note(case.application, entry, form.cleaned_data["reason"], by=request.user, at=clock.now())
    messages.success(request, "メモに線を引きました。文と理由は残ります。")
    return to_case(request, number)
