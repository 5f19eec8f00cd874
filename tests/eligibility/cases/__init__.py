"""Worked cases in the office's words, as data: reading them, and turning their words into the engine's values."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from eligibility.engine import TOKYO, Facts, Terms, Use, UseStatus

HERE = Path(__file__).parent


def cases(name: str) -> Iterator[dict[str, Any]]:
    """The cases of a file; every value is text, as it was typed."""
    # BaseLoader, as programme files: 12:30 stays 12:30.
    yield from yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def facts_of(given: dict[str, str], terms: Terms) -> Facts:
    """{生まれた日: …, 世帯: …}; a class that needs a proof has it."""
    household = next(item for item in terms.classes if item.label == given.get("世帯", terms.classes[0].label))
    return Facts(
        due_date=_day(given.get("予定日")),
        birth_date=_day(given.get("生まれた日")),
        children=int(given.get("子どもの人数", "1")),
        household_class=household.code,
        proofs=frozenset({household.waiver.proof.code} if household.waiver else ()),
    )


def use_of(words: str, terms: Terms, *, status: UseStatus = UseStatus.LIVE) -> Use:
    """「宿泊型 2泊 2026-03-02」「助産師による訪問 2026-03-02」「家事育児サポーターによる訪問 2時間 2026-03-02」"""
    label, *middle, first = words.split()
    service = next(item for item in terms.services if item.label == label)
    length = middle[0] if middle else ""
    nights = int(length.removesuffix("泊")) if length.endswith("泊") else 0
    hours = float(length.removesuffix("時間")) if length.endswith("時間") else None
    day = date.fromisoformat(first)
    return Use(service.code, day, date.fromordinal(day.toordinal() + nights), hours=hours, status=status)


def moment(words: str) -> datetime:
    """2026-06-09T15:59:59, in Tokyo."""
    return datetime.fromisoformat(words).replace(tzinfo=TOKYO)


def yes(words: str) -> bool:
    return {"はい": True, "いいえ": False}[words]


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
