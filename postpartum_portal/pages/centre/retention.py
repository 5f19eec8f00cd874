"""事務 › 保存期間と消去: how long records are kept, what goes next, what is held back and why, what went."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.letting_go import Erasure
from applications.public import Application, Household
from eligibility.engine import RECORDS, Record
from eligibility.public import Settings, keeping_on, published_keeping
from facilities.public import (
    AskedAlready,
    DemandOver,
    StillOpen,
    ask_forgetting,
    confirm_forgetting,
    due_ones,
    goes_on,
    kept_of,
    waiting_demands,
    withdraw_demand,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.deeds import do_and_tell

from .retention_forms import DemandForm, NumberForm, YearsForm
from .settings_checked import check_page, save

SHEET = "施設の月の請求にある氏名と書類"
MOST = 200
"""Lines that the page shows; the command lists all."""
TOLD = "保存期間を変えました。あすの朝から、この年数で消去します。"
DEEDS = {
    "confirm": (confirm_forgetting, "確認しました。いま消せるものを消しています。"),
    "withdraw": (withdraw_demand, "取り下げました。何も消していません。"),
}
REFUSED: dict[type[Exception], str] = {
    AskedAlready: "この方の依頼は、もう確認を待っています。",
    StillOpen: "続いている手つづきがあります。先に、取り下げか取り消しをしてください。",
    DemandOver: "先に、ほかの職員が確認したか、取り下げました。",
}


@access.centre
@require_safe
def retention(request: PortalRequest) -> HttpResponse:
    here, on = request.municipality, clock.today()
    keeping = keeping_on(here, on)
    due = list(islice(due_ones(here, on=_next_month(on)), MOST + 1))
    demands = list(waiting_demands(here.pk).select_related("asked_by").order_by("pk"))
    cases = {one.subject_id for one in due if one.subject_kind == Erasure.Subject.HOUSEHOLD}
    _note(request, cases | {one.subject_id for one in demands})
    context = {
        "kept": [(label, keeping.get(record)) for record, label in RECORDS.items()],
        "unset": any(record not in keeping for record in RECORDS),
        "going": [(_label(one.record), one) for one in due if not one.held][:MOST],
        "held": [(_label(one.record), one) for one in due if one.held][:MOST],
        "more": len(due) > MOST,
        "done": _done(Erasure.objects.filter(municipality=here, done_at__isnull=False)),
        "demands": _demands(request, demands),
        "form": NumberForm(),
    }
    return render(request, "centre/retention.html", context)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def years(request: PortalRequest) -> HttpResponseBase:
    """By the word of the button: the form, what would change ("check"), the change ("save")."""
    act, standing = request.POST.get("act", ""), Settings.of(request.municipality)
    published = dict(published_keeping(request.municipality, clock.today()))
    form = YearsForm(request.POST if act == "check" else None, standing=standing, published=published)
    if act == "save":
        return save(request, told=TOLD)
    if act not in ("", "back", "check"):
        raise Http404
    checked = check_page(request, form, page="保存期間", keeping=True) if act == "check" and form.is_valid() else None
    return checked or render(request, "centre/retention_years.html", {"form": form})


@access.decider
@require_safe
def find(request: PortalRequest) -> HttpResponseBase:
    """From a case's number to the page about its household."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        rows = Application.objects.filter(number=form.cleaned_data["number"], birth__household__erased_at=None)
        if found := rows.values_list("birth__household", flat=True).first():
            return redirect("pages:forget", slug=request.municipality.slug, pk=found)
        form.add_error("number", "この番号の申請は、ありません。")
    return render(request, "centre/forget_find.html", {"form": form})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: PortalRequest, pk: int) -> HttpResponseBase:
    """What of a mother would go at once and what is kept, before a demand of hers is written down."""
    household = get_object_or_404(Household.objects.select_related("municipality"), pk=pk, erased_at=None)
    form = DemandForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": request.user, "at": clock.now()}
        said = "依頼を書きました。別の決定者が確認すると、消去します。"
        do_and_tell(request, lambda: ask_forgetting(household, **asked), said, refused=REFUSED)
        return redirect("pages:retention", slug=request.municipality.slug)
    _note(request, {household.pk})
    context = {"form": form, "household": household, "kept": kept_of([household], on=clock.today())}
    context["open"] = goes_on(household, on=clock.today())
    return render(request, "centre/forget.html", context)


@access.decider
@require_POST
def demand(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The second person's word, or taking it back."""
    asked = get_object_or_404(waiting_demands(request.municipality.pk), pk=pk)
    if (act := request.POST.get("act", "")) not in DEEDS:
        raise Http404
    deed, said = DEEDS[act]
    do_and_tell(request, lambda: deed(asked, by=request.user, at=clock.now()), said, refused=REFUSED)
    return redirect("pages:retention", slug=request.municipality.slug)


def _next_month(on: dt.date) -> dt.date:
    """What goes this month is what is over by the first day of the next."""
    return (on.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _label(record: str) -> str:
    return RECORDS[Record(record)] if record in list(Record) else SHEET


def _done(rows: Iterable[Erasure]) -> list[tuple[dt.date, str, int]]:
    """Day, record and how many, the latest first."""
    latest = islice(rows, 5 * MOST)
    counted = Counter(
        (clock.day_of(row.done_at), _label(row.record) if row.record else "本人の依頼") for row in latest if row.done_at
    )
    return [(day, label, number) for (day, label), number in list(counted.items())[:MOST]]


def _note(request: PortalRequest, households: set[int]) -> None:
    shown = Household.objects.filter(pk__in=households).order_by("pk")
    events.record_reads("list.read", shown, at=clock.now(), by_id=request.user.pk)


def _demands(request: PortalRequest, asked: list[Erasure]) -> list[dict[str, Any]]:
    names = dict(Household.objects.filter(pk__in=[one.subject_id for one in asked]).values_list("pk", "name"))
    return [
        {"asked": one, "name": names.get(one.subject_id, ""), "own": one.asked_by_id == request.user.pk}
        for one in asked
    ]
