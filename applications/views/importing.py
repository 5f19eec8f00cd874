"""承認の引き継ぎ: a file of running approvals is checked, looked at, and taken over whole."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.forms.importing import ImportForm
from applications.importing.columns import template_file
from applications.importing.reading import Slip
from applications.models import ApprovalImport
from applications.selectors.approval_imports import SHOWN, alike, checked, columns_for, taken_over
from applications.services.taking_over import SlipsFound, TakenOverBefore, keep_file, take_over
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.served import CSV, file_response

SLIPS_SHOWN = 200


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def import_approvals(request: PortalRequest) -> HttpResponseBase:
    """With a file: its slips, or on to looking at it. Nothing is taken over here."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    slips: tuple[Slip, ...] = ()
    now = clock.now()
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            kept, found = keep_file(request.municipality, content, by=request.user, at=now)
        except TakenOverBefore as before:
            row = before.earlier
            done = f"{wareki.moment(row.imported_at or now)}に{row.by}さんが{row.rows}件を引き継いでいます。"
            form.add_error("file", f"同じ内容のファイルです。{done}2回は引き継げません。")
        else:
            if kept:
                return redirect("applications:import_preview", slug=request.municipality.slug, pk=kept.pk)
            slips = found.slips
    context = {
        "form": form,
        "columns": columns_for(request.municipality),
        "slips": slips[:SLIPS_SHOWN],
        "slips_in_all": len(slips),
        "taken_over": taken_over(request.municipality),
    }
    return render(request, "centre/import.html", context)


@access.decider
@require_safe
def import_template(request: PortalRequest) -> HttpResponse:
    content = template_file(columns_for(request.municipality))
    return file_response(content, f"approvals-{request.municipality.slug}.csv", kind=CSV)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: PortalRequest, pk: int) -> HttpResponseBase:
    """How many there are, the first of them, and who may be on record already; then the deed."""
    waiting = get_object_or_404(ApprovalImport.objects.select_related("municipality"), pk=pk)
    if request.method == "POST":
        try:
            done = take_over(waiting, by=request.user, at=clock.now())
        except SlipsFound:
            messages.warning(request, "きまりが変わったので、読みなおしが必要です。ファイルをもう一度入れてください。")
        else:
            messages.success(request, f"{done.rows}件の承認を引き継ぎました。")
        return redirect("applications:import_approvals", slug=request.municipality.slug)
    if waiting.imported_at:
        return redirect("applications:import_approvals", slug=request.municipality.slug)
    found = checked(request.municipality, bytes(waiting.content))
    matches = alike(request.municipality, found.approvals)
    context = {
        "waiting": waiting,
        "approvals": found.approvals[:SHOWN],
        "used": sum(bool(item.used or item.reductions) for item in found.approvals),
        "awaited": sum(not (item.born_on or item.lost_on) for item in found.approvals),
        "lost": sum(item.lost_on is not None for item in found.approvals),
        "matches": matches[:SLIPS_SHOWN],
        "matches_in_all": len(matches),
    }
    return render(request, "centre/import_preview.html", context)
