"""Asking for the file of one month, or of one payment list, with what for."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from facilities.public import checked_month, payment_list
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import ask
from postpartum_portal.shared.span import Span, next_month

from .forms import PurposeForm
from .month_end import MONTH, PAYMENTS


@access.centre_reader
@require_http_methods(["GET", "HEAD", "POST"])
def month_export(request: PortalRequest, pk: int) -> HttpResponseBase:
    report = checked_month(pk)
    if report is None:
        raise Http404
    span = Span(report.month, next_month(report.month) - dt.timedelta(days=1))
    title = f"{report.facility} {report.month.month}月分の明細"
    return _asked(request, MONTH, pk, span, title, back="facilities:month_report")


@access.centre_reader
@require_http_methods(["GET", "HEAD", "POST"])
def payment_export(request: PortalRequest, pk: int) -> HttpResponseBase:
    row = payment_list(pk)
    if row is None:
        raise Http404
    day = clock.day_of(row.made_at)
    return _asked(request, PAYMENTS, pk, Span(day, day), f"支払一覧 {row.label}", back="facilities:payment")


def _asked(request: PortalRequest, sheet: str, pk: int, span: Span, title: str, *, back: str) -> HttpResponseBase:
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask(
            sheet,
            form.cleaned_data["form"],
            span=span,
            about=pk,
            purpose=form.cleaned_data["purpose"],
            municipality_id=request.municipality.pk,
            role=request.membership.role,
            by_id=request.user.pk,
            at=clock.now(),
        )
        messages.success(request, "ファイルを作っています。できると、「書き出しの記録」から開けます。")
        return redirect("pages:exports", slug=request.municipality.slug)
    above = reverse(back, kwargs={"slug": request.municipality.slug, "pk": pk})
    context = {"form": form, "title": title, "above": above, "people": sheet == MONTH}
    return render(request, "centre/month_export.html", context)
