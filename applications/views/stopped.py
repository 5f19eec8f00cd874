"""止まっている処理: letters, mails and reckonings that a worker gave up, and the ways to go on."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms.stopped import AddressForm, LetGoForm
from applications.selectors.stopped_work import StoppedWork, stopped_mail, stopped_work
from applications.services.retrying import retry_all, retry_job
from applications.services.stopped_mails import NotStopped, let_go, send_elsewhere
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs.runner import failed_jobs
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.typed import row_key

LET_GO = "let_go"
GONE = "もう止まっていません。"


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def stopped(request: PortalRequest) -> HttpResponseBase:
    """The list, with a button for one (`job`) and for all."""
    if request.method == "POST":
        return _tried_again(request)
    page, lines = stopped_work(request.municipality, request.GET.get("page", "1"))
    _note(request, lines)
    context = {"page": page, "lines": lines, "failed": failed_jobs(request.municipality.pk).count()}
    return render(request, "centre/stopped.html", context)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One mail: send it elsewhere, or with `let_go` let go of it."""
    line = stopped_mail(request.municipality, pk)
    if line is None or not request.membership.may_change:
        raise Http404
    posted: Any = request.POST if request.method == "POST" else None
    letting_go = posted is not None and LET_GO in posted
    address, letting = AddressForm(None if letting_go else posted), LetGoForm(posted if letting_go else None)
    form = letting if letting_go else address
    if not form.is_valid():
        _note(request, [line])
        context = {"line": line, "form": form, "address": address, "letting": letting}
        return render(request, "centre/stopped_mail.html", context)
    try:
        _settled(request, pk, form.cleaned_data)
    except NotStopped:
        messages.warning(request, GONE)
    return redirect("applications:stopped", slug=request.municipality.slug)


def _settled(request: PortalRequest, pk: int, said: dict[str, Any]) -> None:
    done: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if "reason" in said:
        let_go(pk, request.municipality, Job.DropReason(said["reason"]), **done)
        messages.success(request, "送るのをやめました。理由は一覧に残ります。")
    else:
        send_elsewhere(pk, request.municipality, said["to"], **done)
        messages.success(request, "新しい送り先に送りなおしています。")


def _note(request: PortalRequest, lines: Iterable[StoppedWork]) -> None:
    shown = [row for line in lines for row in (line.job, line.household) if row]
    events.record_reads("list.read", shown, at=clock.now(), by_id=request.user.pk)


def _tried_again(request: PortalRequest) -> HttpResponseBase:
    done: dict[str, Any] = {"by": request.user, "at": clock.now()}
    job = request.POST.get("job", "")
    if not job:
        messages.success(request, f"{retry_all(request.municipality, **done)}件を、もう一度やりなおしています。")
    elif (pk := row_key(job)) is not None and retry_job(pk, request.municipality, **done):
        messages.success(request, "もう一度やりなおしています。")
    else:
        messages.warning(request, GONE)
    return redirect(request.path)
