"""施設の月の実績: what was sent, checked against the centre's own records; accepted, or returned with a reason."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from facilities.converters import MonthConverter
from facilities.forms.centre.month import ReturnForm
from facilities.models import MonthReport
from facilities.selectors.month_check import MonthCheck, month_check
from facilities.selectors.month_papers import CLAIM, REPORT, TITLES, paper_file
from facilities.selectors.months import MonthPage, month_page, payable_reports, waiting_reports
from facilities.services.month_centre import Bound, accept, look_at, may_reopen, reopen, send_back
from facilities.services.reading import READ
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.served import PDF, file_response
from postpartum_portal.shared.typed import row_key

MOVED = "確かめているあいだに、請求のようすが変わりました。いまの画面を見てください。"


@access.centre
@require_safe
def months(request: PortalRequest) -> HttpResponse:
    here = request.municipality.pk
    context = {
        "waiting": waiting_reports(here),
        "payable": payable_reports(here),
        "shown": _shown(request),
        "today": clock.today(),
    }
    return render(request, "centre/months.html", context)


@access.centre
@require_safe
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """One month, as soon as somebody who may check it has opened it, is the centre's to return."""
    found, now = _report(pk), clock.now()
    may_check = request.user.has_perm("facilities.check_month", found)
    if may_check:
        look_at(found, by=request.user, at=now)
    check = _check(request, found, now)
    context = {
        "check": check,
        "may_check": may_check,
        "may_reopen": may_check and may_reopen(found),
        "papers": _papers(found),
    }
    return render(request, "centre/month.html", context)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def accepting(request: PortalRequest, pk: int) -> HttpResponseBase:
    """What is agreed to stands above the button: yen, and how many lines do not fit the records."""
    found = _report(pk)
    if request.method == "POST":
        try:
            accept(found, revision=_revision(request), by=request.user, at=clock.now())
            messages.success(request, "確認しました。支払一覧に入れられます。")
        except (TransitionNotAllowed, Overtaken):
            messages.warning(request, MOVED)
        return redirect("facilities:month_report", slug=request.municipality.slug, pk=pk)
    return render(request, "centre/month_accept.html", {"check": _check(request, found, clock.now())})


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def returning(request: PortalRequest, pk: int) -> HttpResponseBase:
    found = _report(pk)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            send_back(found, revision=_revision(request), reason=reason, by=request.user, at=clock.now())
            messages.success(request, "施設に差し戻しました。施設で働く人に、メールで知らせました。")
        except (TransitionNotAllowed, Overtaken):
            messages.warning(request, MOVED)
        return redirect("facilities:month_report", slug=request.municipality.slug, pk=pk)
    return render(request, "centre/month_return.html", {"form": form, "report": found})


@access.centre
@require_POST
def reopening(request: PortalRequest, pk: int) -> HttpResponseBase:
    try:
        reopen(_report(pk), by=request.user, at=clock.now())
        messages.success(request, "確認を取り消しました。もういちど確かめられます。")
    except (Bound, TransitionNotAllowed, Overtaken):
        messages.warning(request, MOVED)
    return redirect("facilities:month_report", slug=request.municipality.slug, pk=pk)


@access.centre
@require_safe
def paper(request: PortalRequest, pk: int, paper: str) -> HttpResponseBase:
    """One of the two papers as the facility sent it."""
    found = _report(pk)
    content = paper_file(found, paper) if paper in _papers(found) else None
    if content is None:
        raise Http404
    lines = found.lines.select_related("booking")
    events.record_reads(READ, [line.booking for line in lines], at=clock.now(), by_id=request.user.pk)
    return file_response(content, f"{TITLES[paper]}_{found.facility}_{found.month:%Y-%m}.pdf", kind=PDF)


def _report(pk: int) -> MonthReport:
    """What a facility has not sent yet is its own."""
    rows = MonthReport.objects.exclude(status=MonthReport.Status.DRAFT).select_related(
        "facility", "municipality", "submitted_by", "accepted_by", "returned_by"
    )
    return get_object_or_404(rows, pk=pk)


def _check(request: PortalRequest, found: MonthReport, now: dt.datetime) -> MonthCheck:
    check = month_check(found, today=clock.day_of(now))
    events.record_reads(READ, check.bookings, at=now, by_id=request.user.pk)
    return check


def _papers(found: MonthReport) -> dict[str, str]:
    """Code → the file that a worker has made."""
    files = {REPORT: found.report_file, CLAIM: found.claim_file}
    return {code: name for code, name in files.items() if name}


def _shown(request: PortalRequest) -> MonthPage:
    """The month that is asked for; without one, the last that is over."""
    today = clock.today()
    last = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    try:
        month = MonthConverter().to_python(request.GET.get("month", ""))
    except ValueError:
        month = last
    return month_page(request.municipality.pk, min(month, today.replace(day=1)), today=today)


def _revision(request: HttpRequest) -> int:
    """Which revision the form was about; 0, which was never sent, where it does not say."""
    return row_key(request.POST.get("revision", "")) or 0
