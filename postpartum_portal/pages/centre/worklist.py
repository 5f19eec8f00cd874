"""きょう進めるもの: the centre's list, narrowed by state or searched, and below it the days to be arranged."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import (
    NO_OFFICE,
    TODAY,
    changes_to_see,
    entries_found,
    entries_waiting,
    is_of_office,
    messages_to_answer,
    proxies_to_enter,
    to_check,
    told_losses,
    waiting_amendments,
    worklist_tabs,
)
from eligibility.engine import Terms
from eligibility.public import programme_of, version_in_force
from facilities.public import all_told_unwell, leaves_outcomes_open, open_wishes
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.forms import DadsForm, LineField

from .rows import rows, wish_rows

Row = TypeVar("Row")


class FindForm(DadsForm):
    show_need = False
    q = LineField(label="氏名・かな・電話・受付番号", limit=60, required=False)


@access.centre
@require_safe
def worklist(request: PortalRequest) -> HttpResponse:
    now = clock.now()
    today = now.date()
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    version = version_in_force(request.municipality, today)
    offices = _offices(programme_of(version).terms) if version else []
    office = _chosen(request.GET.get("office", ""), [code for code, _ in offices] or [""])
    tabs = worklist_tabs(on=today, office=office)
    chosen = _chosen(request.GET.get("state", ""), [tab.code for tab in tabs])
    number = request.GET.get("page", "1")
    shown: dict[str, Any] = {"state": chosen, "now": now, "office": office}
    page = entries_found(words, page=number) if words else entries_waiting(**shown, page=number)
    context: dict[str, Any] = {
        "form": form,
        "words": words,
        "tabs": tabs,
        "chosen": "" if words else chosen,
        "offices": offices,
        "office": office,
        "page": page,
        "rows": rows(page.object_list, slug=request.municipality.slug, now=now),
        **({} if words else _other_lists(request, office, now)),
        "outcomes": not words and leaves_outcomes_open(request.municipality),
        "order": _order(words, chosen),
        "today": today,
    }
    events.record_reads("list.read", _listed(context), at=now, by_id=request.user.pk)
    return render(request, "centre/worklist.html", context)


def _other_lists(request: PortalRequest, office: str, now: dt.datetime) -> dict[str, Any]:
    """What waits besides the applications, each list narrowed to the same office. A draft says itself which it is."""

    def here(waiting: Iterable[Row], own: Callable[[Row], str]) -> list[Row]:
        return [row for row in waiting if is_of_office(own(row), office)]

    amended = waiting_amendments() if request.membership.may_decide else ()
    wishes = here(open_wishes(), lambda card: card.wish.entitlement.birth.household.office)
    return {
        "certificates": here(to_check(), lambda check: check.household.office),
        "changes": here(changes_to_see(), lambda change: change.household.office),
        "threads": here(messages_to_answer(), lambda waits: waits.household.office),
        "proxies": here(proxies_to_enter(), lambda told: told.office),
        "losses": here(told_losses(), lambda told: told.loss.birth.household.office),
        "unwell": here(all_told_unwell(now=now), lambda told: told.card.booking.entitlement.birth.household.office),
        "amendments": here(amended, lambda change: change.decision.application.birth.household.office),
        "wishes": wish_rows(wishes, on=clock.day_of(now)),
    }


def _listed(context: dict[str, Any]) -> Iterator[Model]:
    """The rows that put somebody's name on the page."""
    yield from (entry.application for entry in context["page"].object_list)
    yield from (check.application for check in context.get("certificates", ()))
    yield from (change.notice for change in context.get("changes", ()))
    yield from (waits.oldest for waits in context.get("threads", ()))
    yield from (told.proxy for told in context.get("proxies", ()))
    yield from (told.loss for told in context.get("losses", ()))
    yield from (told.card.booking for told in context.get("unwell", ()))
    yield from context.get("amendments", ())
    yield from (row.card.wish for row in context.get("wishes", ()))


def _order(words: str, chosen: str) -> str:
    if words:
        return "受付の新しい順"
    return "決定の新しい順" if chosen == TODAY else "約束の時刻、受付の古い順"


def _offices(terms: Terms) -> list[tuple[str, str]]:
    """Code and name of those that the list may be narrowed to, after all of them; empty where there are not several."""
    local = [(office.code, office.name) for office in terms.local_offices]
    return [("", "すべて"), *local, (NO_OFFICE, "決まっていない")] if local else []


def _chosen(asked: str, codes: list[str]) -> str:
    return asked if asked in codes else codes[0]
