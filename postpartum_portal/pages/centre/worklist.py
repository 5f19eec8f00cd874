"""きょう進めるもの: the centre's list, narrowed and searched, and below it what else waits for somebody."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import EVERY, TODAY, Desk, KeepViewForm, saved_views
from facilities.public import leaves_outcomes_open
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs.runner import failed_jobs

from .narrowed import Narrowed
from .rows import rows
from .waiting import others_waiting, waiting_rows


@access.centre
@require_safe
def worklist(request: PortalRequest) -> HttpResponse:
    now = clock.now()
    desk = Desk(now=now)
    asked = Narrowed(request.GET, request, desk)
    words, tabs = asked.words, desk.tabs(asked.narrowing)
    page = desk.page(asked.narrowing, request.GET.get("page", "1"))
    lines = rows(page.object_list, request, now=now, pickable=request.membership.may_change)
    context: dict[str, Any] = {
        "form": asked.form,
        "words": words,
        "tabs": tabs,
        "chosen": asked.state,
        "whole": tabs[0].code,
        "every": EVERY,
        "offices": asked.offices,
        "office": asked.office,
        "people": asked.people,
        "charge": asked.charge,
        "views": saved_views(request.user, request.municipality),
        "most_views": KeepViewForm.MOST,
        "page": page,
        "more": desk.more,
        "rows": lines,
        "colleagues": asked.staff if any(line.pick for line in lines) else (),
        **({} if words else others_waiting(request.membership, asked.office, now)),
        "outcomes": not words and leaves_outcomes_open(request.municipality),
        "stopped": 0 if words else failed_jobs(request.municipality.pk).count(),
        "order": _order(asked.state),
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
