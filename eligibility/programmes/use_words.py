"""A use in the office's words: 「宿泊型 1泊 2026-03-02」「助産師による訪問 2時間 2026-03-02 9:00」."""

import re
from datetime import date, time, timedelta

from eligibility.engine import Service, ServiceKind, Terms, Use
from eligibility.programmes.fields import DAY

_USE = re.compile(rf"(\S+)(?: (\d{{1,3}})(泊|日|時間|分))? ({DAY})(?: (\d{{1,2}}:\d\d))?", re.ASCII)
_SHAPE = "「宿泊型 1泊 2026-03-02」「助産師による訪問 2時間 2026-03-02 9:00」の形で書いてください。"
_LENGTHS = {ServiceKind.STAY: {"泊"}, ServiceKind.DAY: {"日", "時間", "分"}, ServiceKind.VISIT: {"時間", "分"}}


def use_of(words: str, terms: Terms) -> Use:
    """The use that the words name; a service goes by its label or short label without blanks.

    Raises:
        ValueError: with a sentence that says why they name none.
    """
    found = _USE.fullmatch(" ".join(words.split()))
    if not found:
        raise ValueError(_SHAPE)
    label, number, unit, day, start = found.groups()
    service = service_of(label, terms)
    if service.kind is ServiceKind.STAY and not unit:
        raise ValueError(f"{service.label}は、何泊かも書いてください(例: {plain(service.label)} 1泊 {day})。")
    if unit and unit not in _LENGTHS[service.kind]:
        raise ValueError(f"{service.label}の長さは、{unit}では書けません。")
    first, at = _day(day), _clock(start) if start else None
    nights = {"泊": int(number or 0), "日": int(number or 1) - 1}.get(unit, 0)
    hours = {"時間": float(number or 0), "分": int(number or 0) / 60}.get(unit)
    return Use(service.code, first, first + timedelta(days=nights), start_time=at, hours=hours)


def use_words(use: Use, terms: Terms) -> str:
    """The words for a use, as one writes them."""
    service = terms.service(use.service)
    start = f"{use.start_time.hour}:{use.start_time.minute:02}" if use.start_time else ""
    words = (plain(service.label), _length(use, service), use.first_day.isoformat(), start)
    return " ".join(word for word in words if word)


def service_of(label: str, terms: Terms) -> Service:
    """The service with this label or short label.

    Raises:
        ValueError: with a sentence that names those there are.
    """
    for service in terms.services:
        if plain(label) in (plain(service.label), plain(service.short_label)):
            return service
    known = "、".join(plain(service.label) for service in terms.services)
    raise ValueError(f"{label} という種類はありません。{known} のどれかを書いてください。")


def plain(label: str) -> str:
    """A label without blanks, as it stands in an example."""
    return "".join(label.split())


def _length(use: Use, service: Service) -> str:
    if use.hours is not None:
        minutes = round(use.hours * 60)
        return f"{minutes}分" if minutes % 60 else f"{minutes // 60}時間"
    if service.kind is ServiceKind.STAY:
        return f"{use.nights}泊"
    return f"{use.days}日" if use.nights else ""


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ValueError(f"{words} という日はありません。") from None


def _clock(words: str) -> time:
    try:
        return time.fromisoformat(words.zfill(5))
    except ValueError:
        raise ValueError(f"{words} という時刻はありません。") from None
