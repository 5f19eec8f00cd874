"""書き出し: asking for a file, the record of all files, and the file itself for a day."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.pages.centre.numbers.asked import asked_of
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.exports import fetch, files_of, span_of, table_of
from postpartum_portal.shared.models import Export
from postpartum_portal.shared.served import CSV, WORKBOOK, file_response

from .asking import ask_for
from .forms import ExportForm

ROWS_A_PAGE = 30
KINDS = {Export.Form.CSV: CSV, Export.Form.CP932: "text/csv; charset=cp932", Export.Form.XLSX: WORKBOOK}


@access.centre_reader
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: PortalRequest) -> HttpResponseBase:
    """Everybody at the centre sees which tables left, for whom and what for; an auditor takes out what he may read."""
    given = request.POST if request.method == "POST" else request.GET
    asked = asked_of(given, slug=request.municipality.slug, today=clock.today())
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and ask_for(request, form, asked, form.cleaned_data["sheet"]):
        return redirect(f"{request.path}?{asked.query}")
    page = Paginator(Export.objects.select_related("asked_by"), ROWS_A_PAGE).get_page(request.GET.get("page", "1"))
    context = {"form": form, "asked": asked, "page": page, "rows": [_line(row, request) for row in page.object_list]}
    return render(request, "centre/numbers/exports.html", context)


@access.centre
@require_safe
def export_file(request: PortalRequest, pk: int) -> HttpResponse:
    return _file(request, pk, report=False)


@access.centre
@require_safe
def export_report(request: PortalRequest, pk: int) -> HttpResponse:
    """Which characters the file could not hold."""
    return _file(request, pk, report=True)


def _file(request: PortalRequest, pk: int, *, report: bool) -> HttpResponse:
    export = Export.objects.filter(pk=pk).first()
    content = fetch(export, report=report, by_id=request.user.pk, at=clock.now()) if export else None
    if export is None or content is None:
        raise Http404
    return file_response(content, _name(export, report), kind=CSV if report else KINDS[Export.Form(export.form)])


def _name(export: Export, report: bool) -> str:
    title = f"{table_of(export.sheet).title}_{export.narrowed['first']}_{export.narrowed['last']}"
    if report:
        return f"{title}_入らなかった文字.csv"
    return f"{title}.{'xlsx' if export.form == Export.Form.XLSX else 'csv'}"


def _line(export: Export, request: PortalRequest) -> dict[str, object]:
    """`files`: the ways to what can still be opened, by the person who asked for it."""
    span = span_of(export)
    there = export.written_at and not export.removed_at and export.expires_at and clock.now() < export.expires_at
    names = ("export_file", "export_report")[: len(files_of(export))]
    mine = there and export.asked_by_id == request.user.pk
    address = {"slug": request.municipality.slug, "pk": export.pk}
    return {
        "export": export,
        "title": table_of(export.sheet).title,
        "days": "〜".join(wareki.no_weekday(day) for day in (span.first, span.last)),
        "there": there,
        "files": [reverse(f"pages:{name}", kwargs=address) for name in names] if mine else [],
    }
