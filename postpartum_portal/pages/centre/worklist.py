"""きょう進めるもの: the centre's list, narrowed and searched, and below it what else waits for somebody."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import (
    EVERY,
    MINE,
    NO_OFFICE,
    NOBODY,
    TODAY,
    Desk,
    KeepViewForm,
    Narrowing,
    colleagues,
    saved_views,
)
from eligibility.engine import Terms
from eligibility.public import programme_of, version_in_force
from facilities.public import leaves_outcomes_open
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.forms import DadsForm, LineField
from postpartum_portal.shared.jobs.runner import failed_jobs

from .rows import rows
from .waiting import others_waiting, waiting_rows

Choices = Sequence[tuple[str, str]]


class FindForm(DadsForm):
    show_need = False
    q = LineField(label="氏名・かな・電話・受付番号", limit=60, required=False)


@access.centre
@require_safe
def worklist(request: PortalRequest) -> HttpResponse:
    now = clock.now()
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    staff = list(colleagues(request.municipality))
    offices, people = _offices(request, now.date()), _people(staff, request.user)
    office = _chosen(request.GET.get("office", ""), offices)
    charge = _chosen(request.GET.get("charge", ""), people)
    desk = Desk(now=now)
    who = Narrowing(office=office, charge=str(request.user.pk) if charge == MINE else charge, words=words)
    tabs = desk.tabs(who)
    state = _chosen(request.GET.get("state", EVERY), [(tab.code, tab.label) for tab in tabs], EVERY if words else "")
    page = desk.page(Narrowing(state, who.office, who.charge, words), request.GET.get("page", "1"))
    may_change = request.membership.may_change
    context: dict[str, Any] = {
        "form": form,
        "words": words,
        "tabs": tabs,
        "chosen": state,
        "whole": tabs[0].code,
        "every": EVERY,
        "offices": offices,
        "office": office,
        "people": people,
        "charge": charge,
        "views": saved_views(request.user, request.municipality),
        "most_views": KeepViewForm.MOST,
        "page": page,
        "more": desk.more,
        "rows": rows(page.object_list, slug=request.municipality.slug, now=now, pickable=may_change),
        "colleagues": staff if may_change else (),
        **({} if words else others_waiting(request.membership, office, now)),
        "outcomes": not words and leaves_outcomes_open(request.municipality),
        "stopped": 0 if words else failed_jobs(request.municipality.pk).count(),
        "order": _order(state),
        "today": now.date(),
    }
    events.record_reads("list.read", _listed(context), at=now, by_id=request.user.pk)
    return render(request, "centre/worklist.html", context)


def _listed(context: dict[str, Any]) -> Iterator[Model]:
    """The rows that put somebody's name on the page."""
    yield from (entry.application for entry in context["page"].object_list)
    yield from waiting_rows(context)


def _order(state: str) -> str:
    return {EVERY: "受付の新しい順", TODAY: "決定の新しい順"}.get(state, "約束の時刻、受付の古い順")


def _offices(request: PortalRequest, on: dt.date) -> Choices:
    """Code and name of those that the list may be narrowed to, after all of them; empty where there are not several."""
    version = version_in_force(request.municipality, on)
    terms: Terms | None = programme_of(version).terms if version else None
    local = [(office.code, office.name) for office in terms.local_offices] if terms else []
    return [("", "すべて"), *local, (NO_OFFICE, "決まっていない")] if local else []


def _people(staff: Iterable[User], user: User) -> Choices:
    """Who may be in charge; whoever looks goes by 自分."""
    others = [(str(other.pk), str(other)) for other in staff if other != user]
    return [("", "すべて"), (MINE, "自分"), (NOBODY, "未定"), *others]


def _chosen(asked: str, choices: Choices, otherwise: str = "") -> str:
    """What is asked for, if there is such a choice; else `otherwise`, or the first."""
    codes = [code for code, _ in choices] or [""]
    return asked if asked in codes else otherwise or codes[0]
