"""Places that are not there to be taken away, as a page refuses it: which days, who is affected, what can be done."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db.models import Q

from facilities.models import Booking, Facility
from facilities.selectors.guests import GuestCard, with_rows
from facilities.selectors.places import PlaceKind, holders
from facilities.services.blocks import Lack
from facilities.services.capacity import Shortage
from facilities.services.reading import read_cards
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import wareki

NAMED_DAYS = 3

Short = TypeVar("Short", Shortage, Lack)


class Refusable(Protocol):
    """A form that sets something for several days, of which some may be left out by `without`."""

    cleaned_data: dict[str, Any]

    def days(self) -> list[dt.date]: ...

    def refuse(self, kind: PlaceKind, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class RefusedDay:
    """`box` ends the sentence at the form's box, after the days: 2室より減らせません。"""

    day: dt.date
    kind: PlaceKind
    title: str
    fact: str
    box: str
    guests: tuple[GuestCard, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`without` are all days left out so far, as the form takes them; `left_out` names the refused ones in words.

    `rest` counts the days that can be set.
    """

    days: tuple[RefusedDay, ...]
    refused: frozenset[dt.date]
    without: str
    left_out: str
    rest: int


def refusal_of(form: Refusable, found: Sequence[RefusedDay]) -> Refusal:
    """Each refused day with its guests; the form's boxes are marked."""
    refused = sorted({item.day for item in found})
    for kind in {item.kind.code: item.kind for item in found}.values():
        form.refuse(kind, _box_sentence([item for item in found if item.kind == kind]))
    return Refusal(
        days=tuple(found),
        refused=frozenset(refused),
        without=",".join(filter(None, [form.cleaned_data["without"], *(day.isoformat() for day in refused)])),
        left_out=_days(refused),
        rest=len([day for day in form.days() if day not in refused]),
    )


def refused_days(
    facility: Facility,
    kinds: Iterable[PlaceKind],
    short: Iterable[Short],
    said: Callable[[PlaceKind, Short, Sequence[GuestCard]], RefusedDay],
    *,
    by: User,
    at: dt.datetime,
) -> list[RefusedDay]:
    """Who is affected, kind by kind; `said` words one of the days: `lowered` or `not_free`."""
    found: list[RefusedDay] = []
    for kind in kinds:
        days = [item for item in short if item.place == kind.code]
        cards = guests_on(facility, kind, [item.day for item in days], by=by, at=at)
        found += [said(kind, item, cards) for item in days]
    return found


def guests_on(
    facility: Facility, kind: PlaceKind, days: Collection[dt.date], *, by: User, at: dt.datetime, among: Q | None = None
) -> tuple[GuestCard, ...]:
    """Who, of all or `among` some, holds a place of a kind on one of the days; that they were shown is noted."""
    held = Booking.objects.filter(holders(facility, kind.code, days), among or Q())
    return read_cards(with_rows(held), by=by, at=at)


def lowered(kind: PlaceKind, shortage: Shortage, cards: Sequence[GuestCard]) -> RefusedDay:
    """A number below what is booked and blocked."""
    what = f"{shortage.wanted}{kind.unit}に減らせません。" if shortage.wanted else "休みにできません。"
    guests, booked = _there(shortage.day, cards), shortage.used - shortage.blocked
    blocked = f"使わない枠に{shortage.blocked}{kind.unit}取ってあります。" if shortage.blocked else ""
    return RefusedDay(
        day=shortage.day,
        kind=kind,
        title=f"{wareki.short(shortage.day)}の{kind.label}は、{what}",
        fact=f"{_booked(kind, booked, len(guests))}{blocked}",
        box=f"{shortage.used}{kind.unit}より減らせません。",
        guests=guests,
    )


def not_free(kind: PlaceKind, lack: Lack, cards: Sequence[GuestCard]) -> RefusedDay:
    """More places to be blocked than are left."""
    guests, left = _there(lack.day, cards), max(0, lack.limit - lack.booked - lack.blocked)
    what = "すべてを使わない枠にできません。" if lack.wanted is None else f"{lack.wanted}{kind.unit}取れません。"
    there = f"{lack.limit}{kind.unit}のうち、" if lack.limit else "枠がありません。"
    blocked = f"使わない枠に{lack.blocked}{kind.unit}取ってあります。" if lack.blocked else ""
    rest = f"取れるのは{left}{kind.unit}です。" if left else "取れる枠はありません。"
    return RefusedDay(
        day=lack.day,
        kind=kind,
        title=f"{wareki.short(lack.day)}の{kind.label}は、{what}",
        fact=f"{there}{_booked(kind, lack.booked, len(guests))}{blocked}{rest}",
        box=f"取れる枠が{left}{kind.unit}です。" if left else "取れる枠がありません。",
        guests=guests,
    )


def _there(day: dt.date, cards: Sequence[GuestCard]) -> tuple[GuestCard, ...]:
    return tuple(card for card in cards if card.first_day <= day <= card.last_day)


def _booked(kind: PlaceKind, booked: int, guests: int) -> str:
    """2室に予約があります。 and how many of them are offered to families, or kept for a caller, without a booking."""
    if not booked:
        return ""
    kept = booked - guests
    told = f"うち{kept}{kind.unit}は、お母さんの返事を待って取ってあります。" if kept > 0 else ""
    return f"{booked}{kind.unit}に予約があります。{told}"


def _box_sentence(refused: Sequence[RefusedDay]) -> str:
    days = _days([item.day for item in refused])
    return (
        f"{days}は{refused[0].box}" if len(refused) == 1 else f"{days}は、予約と使わない枠の数があるため、できません。"
    )


def _days(days: Sequence[dt.date]) -> str:
    """14日, 14日・15日, 4月30日・5月1日; many are only counted."""
    if len(days) > NAMED_DAYS:
        return f"予約のある{len(days)}日"
    in_one_month = len({(day.year, day.month) for day in days}) == 1
    return "・".join(f"{day.day}日" if in_one_month else f"{day.month}月{day.day}日" for day in days)
