"""紙の利用券などで使った分: counted on a page of the case, and taken back there."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.used_before import UndoUsedBeforeForm, UsedBeforeForm
from applications.models import Entitlement
from applications.selectors.carried_over import Entry, countable, entitlement_for, entries_of
from applications.selectors.case import Case
from applications.services.carrying_over import (
    NotCountable,
    NothingGranted,
    NothingToUndo,
    record_used_before,
    undo_used_before,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_key

from .centre_case import case_to_work_on, explained, posted, to_case, told_how


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
@explained
def used_before(request: PortalRequest, number: str) -> HttpResponseBase:
    case, now = case_to_work_on(request, number), clock.now()
    form = UsedBeforeForm(posted(request), countable=countable(_entitlement(case), on=clock.today()))
    if form.is_valid():
        try:
            record_used_before(case.application, **form.entry, by=request.user, at=now)
        except NotCountable as mistake:
            form.add_error(None, str(mistake))
        else:
            messages.success(request, f"使った分を数えました。予約の料金が変わるときは、{told_how(case.application)}")
            return to_case(request, number)
    return _page(request, case, form)


@access.centre
@require_POST
@explained
def undo(request: PortalRequest, number: str) -> HttpResponseBase:
    case, now, entry = case_to_work_on(request, number), clock.now(), row_key(request.POST.get("entry", ""))
    if entry is None:
        raise NothingToUndo
    form = UndoUsedBeforeForm(request.POST, entry=entry)
    if not form.is_valid():
        return _page(
            request, case, UsedBeforeForm(countable=countable(_entitlement(case), on=clock.today())), undoing=form
        )
    undo_used_before(case.application, form.entry, form.cleaned_data["note"], by=request.user, at=now)
    messages.success(request, "取り消しました。記録は両方とも残ります。")
    return redirect("applications:used_before", slug=request.municipality.slug, number=number)


def _entitlement(case: Case) -> Entitlement:
    found = entitlement_for(case.application)
    if found is None:
        raise NothingGranted
    return found


def _page(
    request: PortalRequest, case: Case, form: UsedBeforeForm, *, undoing: UndoUsedBeforeForm | None = None
) -> HttpResponse:
    """What is recorded, with the form for more; `undoing` is the one that came back."""
    may_change = request.membership.may_change and case.application.citizen_id != request.user.pk
    entries = [
        (entry, _undo_form(entry, undoing) if may_change and entry.undone is None else None)
        for entry in entries_of(_entitlement(case), on=clock.today())
    ]
    wrong = undoing or form
    context = {
        "case": case,
        "entries": entries,
        "used_form": form,
        "may_change": may_change,
        "form": wrong,
        "told_how": told_how(case.application),
    }
    return render(request, "centre/used_before.html", context)


def _undo_form(entry: Entry, undoing: UndoUsedBeforeForm | None) -> UndoUsedBeforeForm:
    return undoing if undoing and undoing.entry == entry.row.pk else UndoUsedBeforeForm(entry=entry.row.pk)
