"""A line of the worklist in words: what state it is in, what is to be done next, how long she has waited."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from applications.public import Application, Birth, Entry, Pace, case_address
from facilities.public import WishCard
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, wareki

Status = Application.Status
TAGS = {
    "new": ("", "新着"),
    "call": ("key", "電話する"),
    "again": ("key", "かけ直し"),
    "back": ("key", "再提出"),
    "decide": ("ok", "決定待ち"),
}
"""Tone and word of a state; a filled tag (key) means that somebody must act now."""


LACKS_PROOF = "証明書がそろっていません"
READ_FIRST = "お知らせを読んでから"
"""After a loss: before anything is said on the phone."""


@dataclass(frozen=True, slots=True)
class Row:
    """What `components/worklist.html` prints. `late`: a promised call, or the promised decision, is overdue.

    `pick` is what ticking the row sends: its number, and who was in charge when the page was drawn.
    """

    href: str
    name: str
    reading: str
    tone: str
    status: str
    next: str
    next_note: str
    waited: str
    late: bool
    owner: str
    received: dt.date
    number: str
    waited_note: str = ""
    pick: str = ""


@dataclass(frozen=True, slots=True)
class WishRow:
    """`waited`: days since she told it."""

    card: WishCard
    waited: int


def rows(entries: Iterable[Entry], request: PortalRequest, *, now: dt.datetime, pickable: bool = False) -> list[Row]:
    """Each leads to its case, which keeps the address of this list."""
    return [_row(entry, request, now.astimezone(clock.TOKYO), pickable=pickable) for entry in entries]


def wish_rows(cards: Iterable[WishCard], *, on: dt.date) -> list[WishRow]:
    return [WishRow(card, (on - clock.day_of(card.wish.made_at)).days) for card in cards]


def tag(application: Application, state: str) -> tuple[str, str]:
    """Tone and word; what waits for nobody here goes by the name of its status."""
    return TAGS.get(state, ("", application.status_label))


def _row(entry: Entry, request: PortalRequest, now: dt.datetime, *, pickable: bool) -> Row:
    application = entry.application
    tone, word = tag(application, entry.state)
    received = clock.day_of(entry.submitted_at)
    missed = entry.state == "again" and entry.call_back_at is not None and entry.call_back_at < now
    is_open = application.status in Application.OPEN
    action, note = _next(entry, now.date())
    if is_open and _lost(application):
        note = READ_FIRST
    if entry.lacks_proof:
        note = f"{note}。{LACKS_PROOF}".lstrip("。")
    if proxy := getattr(application, "proxy", None):  # who wrote it in her place
        note = f"代理申請({proxy.get_relation_display()})・本人の{proxy.get_status_display()}。{note}"
    return Row(
        href=case_address(request.municipality.slug, application.number, request.GET.urlencode()),
        name=entry.household.name,
        reading=entry.household.kana,
        tone=tone,
        status=word,
        next=action,
        next_note="約束の時刻を過ぎました" if missed else note,
        waited=_waited(entry.pace.days) if is_open else "",
        waited_note=_promise(entry.pace) if is_open else "",
        late=missed or entry.pace.late,
        owner=str(application.assignee) if application.assignee else "",
        received=received,
        number=application.number,
        pick=f"{application.number}/{application.assignee_id or ''}" if pickable and is_open else "",
    )


def _next(entry: Entry, today: dt.date) -> tuple[str, str]:
    """What is to be done, and what to know before."""
    application, best = entry.application, f"つながりやすい時間 {entry.call_times}"
    if entry.state == "new":
        return "申請を読み、担当を決める", best
    if entry.state == "call":
        begun = application.status == Status.SCREENING
        return ("聞き取りを続ける" if begun else "1回目の電話"), best
    if entry.state == "again":
        return _call_again(entry.call_back_at, today), best
    if entry.state == "decide":
        return "承認するか決める", f"聞き取りでは {application.hearing.get_recommendation_display()}"
    if entry.state == "back":
        return "直したところを読む", best
    if entry.state == "returned":
        return "本人が直すのを待つ", ""
    return "することはありません", ""


def _call_again(promised: dt.datetime | None, today: dt.date) -> str:
    if promised is None:
        return "もう一度電話"
    local = promised.astimezone(clock.TOKYO)
    day = "" if local.date() == today else f"{wareki.short(local.date())} "
    return f"{day}{wareki.clock_time(local)} に電話"


def _waited(days: int) -> str:
    return f"{days}日" if days else "きょう"


def _promise(pace: Pace) -> str:
    """Working days where the promise counts those, and what is left of it; "" where nothing is promised."""
    if pace.ready_on is None:
        return ""
    unit = "日" if pace.worked is None else "開庁日"
    worked = "" if pace.worked is None else f"{pace.worked}開庁日。"
    if pace.late:
        return worked + (f"めやすを{-pace.left}{unit}過ぎました" if pace.left else "めやすの日を過ぎました")
    return worked + (f"めやすまで{pace.left}{unit}" if pace.left else "めやすは、きょう")


def _lost(application: Application) -> bool:
    return application.birth is not None and application.birth.outcome == Birth.Outcome.LOST
