"""The menu of a facility's pages, and how they tell a consequence."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from eligibility.engine import Consequence
from facilities.selectors.guests import as_told
from facilities.selectors.move_receipts import MoveReceipt
from facilities.selectors.outcomes import Receipt

register = template.Library()
ASK_FOR_FEE = "かかるお金は、市町村に確かめてください。"


@dataclass(frozen=True, slots=True)
class Entry:
    """`pages` are the URL names of the pages that belong to it."""

    label: str
    view: str
    pages: frozenset[str]


TODAY = Entry("きょう", "facility:today", frozenset({"today", "day"}))
MOVES = frozenset({"asked_move", "decline_move", "suggest", "line"})
REQUESTS = Entry("予約の依頼", "facility:requests", frozenset({"requests", "request", "decline"}) | MOVES)
HOLDS = Entry("仮予約", "facility:holds", frozenset({"holds", "hold"}))
THROUGH = Entry("決まった予約", "facility:bookings", frozenset({"bookings", "booking", "cancel"}))
PLACES = Entry(
    "空きの設定",
    "facility:month",
    frozenset({"month", "place_rules", "apply_rules", "blocks", "block", "new_block"}),
)
COUPONS = Entry("クーポン", "facility:coupons", frozenset({"coupons", "coupon", "phone_booking"}))
SET = frozenset({"staff", "invite", "leave", "staff_member", "fees", "fee", "owed", "waive", "payee", "visits"})
MONTHS = Entry(
    "月のしめ", "facility:month_ends", frozenset({"month_ends", "month_end", "send_month", "withdraw_month"})
)
SETTINGS = Entry("設定", "facility:settings", frozenset({"settings"}) | SET)
SWITCH = Entry("施設を替える", "facility:switch", frozenset({"switch"}))


@register.filter
def effect(headline: str) -> str:
    """3日分が戻ります: what follows, without the case that it is told for (いま取り消すと)."""
    return headline.partition("、")[2]


@register.filter
def money_told(consequence: Consequence | Receipt | MoveReceipt) -> str:
    """2,000円がかかります。 Words of a municipality for a share of a reduced price may name the reduction."""
    owed = consequence.total
    return consequence.money_text if as_told(owed) is owed else ASK_FOR_FEE


@register.inclusion_tag("facility/_nav.html", takes_context=True)
def facility_nav(context: template.Context) -> dict[str, Any]:
    """Entries with where they lead; the page's own is marked, requests carry how many wait for an answer."""
    request: HttpRequest = context["request"]
    page = request.resolver_match.url_name if request.resolver_match else ""
    entries = [TODAY, REQUESTS, HOLDS, PLACES] if getattr(request, "takes_guests", True) else [REQUESTS, HOLDS]
    if getattr(request, "answers_for_others", False):
        entries.append(THROUGH)
    if getattr(request, "takes_coupons", False):
        entries.append(COUPONS)
    if getattr(request, "takes_guests", True):
        entries.append(MONTHS)
    entries.append(SETTINGS)
    if len(getattr(request, "workplaces", ())) > 1:
        entries.append(SWITCH)
    counts = {REQUESTS: getattr(request, "waiting", 0)}
    links = [
        {
            "label": entry.label,
            "count": counts.get(entry),
            "href": reverse(entry.view),
            "current": page in entry.pages,
        }
        for entry in entries
    ]
    return {"links": links, "request": request}
