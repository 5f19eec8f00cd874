"""同じ部屋を使うサービス: choosing, what it would mean, and joining or parting kinds of place."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.rooms import PartForm, ShareForm
from facilities.selectors.blocks import runs_text
from facilities.selectors.places import PlaceKind
from facilities.selectors.sharing import JoinedDay, Room, joined_days, rooms_of
from facilities.services.capacity import BelowBooked, Shortage
from facilities.services.sharing import InMotion, NotToBeParted, NotToBeShared, part_places, share_places
from postpartum_portal.shared import clock, wareki

from .refusal import Refusal, guests_on, lowered

MOVED_MEANWHILE = "見ているあいだに、予約や空きが変わりました。もう一度確かめてください。"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What joining two rooms means. `numbers`: 2室: 30日; `closed`: days that become closed, in words."""

    going: Room
    staying: Room
    numbers: tuple[str, ...]
    closed: str
    refusal: Refusal | None


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: FacilityRequest) -> HttpResponse:
    """Asked with two kinds, what joining them means; sent with them, they are joined."""
    now, rooms = clock.now(), rooms_of(request.facility, on=clock.today())
    if not request.facility.keeps_capacity or len(rooms) < 2:
        messages.warning(request, "まとめられる枠がありません。先に、空きの数を設定してください。")
        return redirect("facility:place_rules")
    form = ShareForm(_sent(request), rooms=rooms)
    if not form.is_valid():
        return render(request, "facility/rooms_share.html", {"form": form})
    going, staying = (_room(rooms, form.cleaned_data[name]) for name in ("kind", "into"))
    if request.method == "POST":
        try:
            share_places(request.facility, going.kind.code, into=staying.kind.code, by=request.user, at=now)
        except (InMotion, NotToBeShared):
            messages.warning(request, MOVED_MEANWHILE)
        except BelowBooked:
            pass  # the page says on which days, and who is booked
        else:
            messages.success(request, f"{going.kind.label}は、今日から{staying.kind.label}と同じ部屋を使います。")
            return redirect("facility:place_rules")
    return render(
        request, "facility/rooms_share.html", {"form": form, "meaning": _meaning(request, going, staying, now)}
    )


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: FacilityRequest, kind: str) -> HttpResponse:
    """Asked with services, what parting them from their room means; sent with them, they are parted."""
    now = clock.now()
    room = _room(rooms_of(request.facility, on=now.date()), kind)
    form, refusal = PartForm(_sent(request), room=room), None
    if form.is_valid() and request.method == "POST":
        given = {"places": form.cleaned_data["places"], "by": request.user, "at": now}
        try:
            part_places(request.facility, form.offerings(), **given)
        except (InMotion, NotToBeParted):
            messages.warning(request, MOVED_MEANWHILE)
        except BelowBooked as below:
            refusal = _refusal(request, (room.kind,), room.kind, below.shortages, now, among=form.guests())
        else:
            messages.success(request, f"{form.told}を、今日から別の枠にしました。毎週のきまりを決めてください。")
            return redirect("facility:place_rules")
    return render(request, "facility/rooms_part.html", {"form": form, "room": room, "refusal": refusal})


def _sent(request: FacilityRequest) -> Mapping[str, Any] | None:
    return request.POST if request.method == "POST" else request.GET or None


def _room(rooms: Sequence[Room], kind: str) -> Room:
    """Raises Http404: the facility has no such kind."""
    found = next((room for room in rooms if room.kind.code == kind), None)
    if found is None:
        raise Http404
    return found


def _meaning(request: FacilityRequest, going: Room, staying: Room, now: dt.datetime) -> Meaning:
    days = joined_days(request.facility, going.kind.code, staying.kind.code, on=now.date())
    unit = staying.kind.unit
    short = [Shortage(staying.kind.code, day.day, day.limit or 0, day.used, day.blocked) for day in days if day.lacks]
    kinds = (going.kind, staying.kind)
    return Meaning(
        going=going,
        staying=staying,
        numbers=tuple(f"{_number(limit, unit)}: {many}日" for limit, many in sorted(_limits(days).items())),
        closed=runs_text([day.day for day in days if day.closed]) if any(day.closed for day in days) else "",
        refusal=_refusal(request, kinds, staying.kind, short, now) if short else None,
    )


def _limits(days: Sequence[JoinedDay]) -> Counter[int]:
    return Counter(day.limit for day in days if day.limit is not None)


def _number(limit: int, unit: str) -> str:
    return f"{limit}{unit}" if limit else "休み"


def _refusal(
    request: FacilityRequest,
    booked: Sequence[PlaceKind],
    named: PlaceKind,
    short: Sequence[Shortage],
    now: dt.datetime,
    *,
    among: Q | None = None,
) -> Refusal:
    """Each day that lacks places, with who, of all or `among` some, is booked in one of the kinds."""
    days = [lack.day for lack in short]
    shown = [guests_on(request.facility, kind, days, by=request.user, at=now, among=among) for kind in booked]
    cards = [card for of_kind in shown for card in of_kind]
    found = tuple(
        replace(
            lowered(named, lack, cards),
            title=f"{wareki.short(lack.day)}は、{lack.wanted}{named.unit}では足りません。",
        )
        for lack in short
    )
    return Refusal(days=found, refused=frozenset(days), without="", left_out="", rest=0)
