"""月のしめ: the list of months, one of them, sending it and taking it back."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_fsm import TransitionNotAllowed

from eligibility.public import Municipality
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.month_end import AnswerForm, SendForm
from facilities.models import MonthReport
from facilities.selectors.month_list import month_rows, municipalities_of
from facilities.selectors.month_papers import has_account
from facilities.selectors.month_sheet import MonthSheet
from facilities.selectors.month_table import unfit_of
from facilities.services.month_reading import read_sheet
from facilities.services.month_sending import NotReady, SheetChanged, send_month
from facilities.services.month_withdrawing import LookedAt, withdraw_month
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

CHANGED = "まだ送っていません。見ているあいだに、内容が変わりました。もう一度確かめてから、送ってください。"
NOT_READY = "まだ送れません。先にすることを確かめてください。"
DONE_ALREADY = "この月は、もう送られています。"
LOOKED_AT = "市が確認をはじめているので、取り下げられません。直すところは、市に連絡してください。"


@facility_staff
@require_safe
def month_ends(request: FacilityRequest) -> HttpResponse:
    rows = month_rows(request.facility, today=clock.today())
    context = {
        "waiting": [row for row in rows if row.to_send],
        "others": [row for row in rows if not row.to_send],
        "several": len({row.municipality.pk for row in rows}) > 1,
    }
    return render(request, "facility/month_ends.html", context)


@facility_staff
@require_safe
def month_end(request: FacilityRequest, town: str, month: dt.date) -> HttpResponse:
    return _page(request, sheet_or_404(request, town, month))


@facility_staff
@require_POST
def send(request: FacilityRequest, town: str, month: dt.date) -> HttpResponse:
    """What could not be sent is shown as it is now, with the answer as it was typed."""
    municipality = municipality_or_404(request, town)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet_or_404(request, town, month), form)
    answer = form.cleaned_data["answer"]
    seen = form.cleaned_data["seen"]
    try:
        send_month(request.facility, municipality, month, seen=seen, answer=answer, by=request.user, at=clock.now())
    except (SheetChanged, NotReady) as not_sent:
        messages.warning(request, CHANGED if isinstance(not_sent, SheetChanged) else NOT_READY)
        return _page(request, sheet_or_404(request, town, month), answer=answer)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, DONE_ALREADY)
    else:
        messages.success(request, f"{municipality.name}に{month.month}月分を送りました。市が確認します。")
    return redirect("facility:month_end", town=town, month=month)


@facility_staff
@require_POST
def withdraw(request: FacilityRequest, town: str, month: dt.date) -> HttpResponse:
    try:
        withdraw_month(report_or_404(request, town, month), by=request.user, at=clock.now())
    except (LookedAt, TransitionNotAllowed, Overtaken):
        messages.warning(request, LOOKED_AT)
    else:
        messages.success(request, "取り下げました。直してから、もう一度送れます。")
    return redirect("facility:month_end", town=town, month=month)


def sheet_or_404(request: FacilityRequest, town: str, month: dt.date) -> MonthSheet:
    """Raises Http404: no contract with the municipality, or a month to come."""
    municipality, now = municipality_or_404(request, town), clock.now()
    if month > clock.day_of(now):
        raise Http404
    return read_sheet(request.facility, municipality, month, by=request.user, at=now)


def report_or_404(request: FacilityRequest, town: str, month: dt.date) -> MonthReport:
    """Raises Http404: nothing was sent for that month."""
    rows = MonthReport.objects.filter(facility=request.facility).select_related("municipality", "facility")
    return get_object_or_404(rows, municipality__slug=town, month=month)


def municipality_or_404(request: FacilityRequest, town: str) -> Municipality:
    found = next((row for row in municipalities_of(request.facility) if row.slug == town), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: FacilityRequest, sheet: MonthSheet, form: SendForm | None = None, *, answer: str = ""
) -> HttpResponse:
    """`form`: as it was sent, with what is wrong; `answer`: what was typed, to be sent with what is seen now."""
    if not sheet.may_be_sent:
        form = None
    elif form is None:
        form = _form_of(sheet)(initial={"seen": sheet.seen, "answer": answer})
    context = {
        "sheet": sheet,
        "form": form,
        "report": sheet.report,
        "unfit": unfit_of(sheet),
        "unpayable": form is not None and not has_account(request.facility),
    }
    return render(request, "facility/month_end.html", context)


def _form_of(sheet: MonthSheet) -> type[SendForm]:
    """Whoever sends a returned month may answer."""
    returned = sheet.report is not None and sheet.report.status == MonthReport.Status.RETURNED
    return AnswerForm if returned else SendForm
