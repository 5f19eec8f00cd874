"""A month to take along: its two papers as they were sent, and its lines as a table."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.selectors.month_papers import TITLES
from facilities.selectors.month_table import table_of, unfit_table
from facilities.services.month_reading import read_paper
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Export
from postpartum_portal.shared.served import CSV, PDF, WORKBOOK, file_response

from .month_ends import report_or_404, sheet_or_404

NOT_YET = "書類は、いま作っています。少し待ってから、もう一度開いてください。"
UNFIT = "unfit"
"""In place of a form: which characters CP932 does not have."""
KINDS = {
    str(Export.Form.CSV): (CSV, ".csv"),
    str(Export.Form.CP932): ("text/csv; charset=cp932", "_sjis.csv"),
    str(Export.Form.XLSX): (WORKBOOK, ".xlsx"),
    UNFIT: (CSV, "_入らない文字.csv"),
}


@facility_staff
@require_safe
def paper(request: FacilityRequest, town: str, month: dt.date, which: str) -> HttpResponse:
    if which not in TITLES:
        raise Http404
    report = report_or_404(request, town, month)
    found = read_paper(report, which, by=request.user, at=clock.now())
    if found is None:
        messages.info(request, NOT_YET)
        return redirect("facility:month_end", town=town, month=month)
    return file_response(found, f"{TITLES[which]}_{month:%Y-%m}.pdf", kind=PDF, shown=True)


@facility_staff
@require_safe
def table(request: FacilityRequest, town: str, month: dt.date, form: str) -> HttpResponse:
    if form not in KINDS:
        raise Http404
    sheet, (kind, ending) = sheet_or_404(request, town, month), KINDS[form]
    content = unfit_table(sheet) if form == UNFIT else table_of(sheet, form).content
    return file_response(content, f"実績_{sheet.municipality.name}_{month:%Y-%m}{ending}", kind=kind)
