"""A number below what is booked, as its page refuses it: which days, who is affected, what can be done instead."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from facilities.forms.staff.places import PlacesForm
from facilities.selectors.guests import GuestCard
from facilities.selectors.places import PlaceKind
from facilities.services.capacity import Shortage
from postpartum_portal.shared import wareki

NAMED_DAYS = 3


@dataclass(frozen=True, slots=True)
class RefusedDay:
    title: str
    fact: str
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


def refusal_of(form: PlacesForm, found: Sequence[tuple[PlaceKind, Shortage, Sequence[GuestCard]]]) -> Refusal:
    """Each refused day with its guests; the form's boxes are marked."""
    refused = sorted({shortage.day for _, shortage, _ in found})
    for kind in {kind.code: kind for kind, _, _ in found}.values():
        form.refuse(kind, _box_sentence(kind, [shortage for other, shortage, _ in found if other == kind]))
    return Refusal(
        days=tuple(_refused_day(*item) for item in found),
        refused=frozenset(refused),
        without=",".join(filter(None, [form.cleaned_data["without"], *(day.isoformat() for day in refused)])),
        left_out=_days(refused),
        rest=len([day for day in form.days() if day not in refused]),
    )


def _refused_day(kind: PlaceKind, shortage: Shortage, cards: Sequence[GuestCard]) -> RefusedDay:
    what = f"{shortage.wanted}{kind.unit}に減らせません。" if shortage.wanted else "休みにできません。"
    guests = tuple(card for card in cards if card.first_day <= shortage.day <= card.last_day)
    offered = shortage.used - len(guests)
    kept = f"うち{offered}{kind.unit}は、お母さんの返事を待って取ってあります。" if offered else ""
    return RefusedDay(
        title=f"{wareki.short(shortage.day)}の{kind.label}は、{what}",
        fact=f"{shortage.used}{kind.unit}に予約があります。{kept}",
        guests=guests,
    )


def _box_sentence(kind: PlaceKind, short: Sequence[Shortage]) -> str:
    days = _days([shortage.day for shortage in short])
    if len(short) == 1:
        return f"{days}は{short[0].used}{kind.unit}より減らせません。"
    return f"{days}は、予約の数より減らせません。"


def _days(days: Sequence[dt.date]) -> str:
    """14日, 14日・15日; many are only counted."""
    if len(days) > NAMED_DAYS:
        return f"予約のある{len(days)}日"
    return "・".join(f"{day.day}日" for day in days)
