"""The register of letters: found, posted, printed many at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from applications.forms.letters import FindLettersForm, PostedForm
from applications.models import PRINT_LETTERS, Letter, PrintRun
from applications.selectors.letters import found, register, stopped_letters, tabs
from applications.services.posting import NotInTime, mark_posted
from applications.services.printing import MOST, NothingToPrint, ask_print, read_print
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs.runner import failed_jobs
from postpartum_portal.shared.typed import row_key

from .letters import pdf_response

NOTHING_CHOSEN = "手紙を選んでください。"


@access.centre
@require_safe
def centre_letters(request: PortalRequest) -> HttpResponseBase:
    """The register of numbers, narrowed as the address says."""
    form = FindLettersForm(request.GET)
    page, lines = register(form.sought, on=clock.today(), page=request.GET.get("page", "1"))
    events.record_reads("list.read", [line.letter for line in lines], at=clock.now(), by_id=request.user.pk)
    context = {
        "form": form,
        "sought": form.sought,
        "tabs": tabs(),
        "page": page,
        "lines": lines,
        "stopped": stopped_letters(request.municipality),
        "prints": PrintRun.objects.filter(deleted_at=None).select_related("asked_by")[:5],
    }
    return render(request, "centre/letters.html", context)


@access.centre
@require_POST
def post_letters(request: PortalRequest) -> HttpResponseBase:
    """Ask for the day on which the chosen letters were posted, then write it down."""
    chosen = _chosen(request)
    if not chosen:
        return _back(request, NOTHING_CHOSEN)
    today = clock.today()
    sent = "posted_on_year" in request.POST
    form = PostedForm(request.POST if sent else None, today=today)
    if sent and form.is_valid():
        try:
            marked = mark_posted(chosen, **form.cleaned_data, by=request.user, at=clock.now())
        except NotInTime as refused:
            form.add_error("posted_on", str(refused))
        else:
            messages.success(request, f"{len(marked)}通を郵送したと記録しました。")
            return _back(request)
    rows = Letter.objects.filter(pk__in=chosen).defer("snapshot").select_related("household").order_by("pk")
    return render(request, "centre/letters_posted.html", {"form": form, "letters": rows})


@access.centre
@require_POST
def print_letters(request: PortalRequest) -> HttpResponseBase:
    """Ask for one print of the chosen letters."""
    try:
        run = ask_print(_chosen(request), request.municipality, by=request.user, at=clock.now())
    except NothingToPrint as refused:
        return _back(request, str(refused))
    return redirect("applications:print_run", slug=request.municipality.slug, pk=run.pk)


@access.centre
@require_safe
def print_run(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Where a print stands: which letters are in it, which are not and why."""
    run = get_object_or_404(PrintRun.objects.select_related("asked_by"), pk=pk)
    lines = list(run.lines.select_related("letter__household"))
    events.record_reads("list.read", [line.letter for line in lines], at=clock.now(), by_id=request.user.pk)
    context = {
        "run": run,
        "printed": [line for line in lines if line.pages],
        "missing": [line for line in lines if line.problem],
        "asked": len(lines),
        "own": run.asked_by_id == request.user.pk,
        "stopped": failed_jobs(request.municipality.pk).filter(kind=PRINT_LETTERS, subject_id=run.pk).exists(),
    }
    return render(request, "centre/print_run.html", context)


@access.centre
@require_safe
def print_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    run = get_object_or_404(PrintRun, pk=pk)
    pdf = read_print(run, by=request.user, at=clock.now())
    if pdf is None:
        raise Http404
    return pdf_response(pdf, f"手紙のまとめ印刷{run.pk}")


def _chosen(request: PortalRequest) -> list[int]:
    """The letters that were ticked, or with `all` as many of what the filter finds as one print takes."""
    if "all" in request.POST:
        rows: Any = found(FindLettersForm(request.POST).sought).filter(status=Letter.Status.ISSUED)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    return [pk for typed in request.POST.getlist("letter") if (pk := row_key(typed)) is not None]


def _back(request: PortalRequest, refused: str = "") -> HttpResponseBase:
    if refused:
        messages.warning(request, refused)
    return redirect("applications:centre_letters", slug=request.municipality.slug)
