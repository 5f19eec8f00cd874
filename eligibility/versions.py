"""Which version of a municipality's programme holds when."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q

from .models import Municipality, ProgrammeVersion

LATEST_FIRST = (F("effective_from").desc(nulls_last=True), "-pk")  # among equals the file loaded last


class Standing(StrEnum):
    NOW = "now"
    COMING = "coming"
    PAST = "past"
    NEVER = "never"
    """Another version of the same day took its place before anybody could use it."""

    @property
    def label(self) -> str:
        return {"now": "いま効力があります", "coming": "これから", "past": "前の版", "never": "使われない版"}[self]


@dataclass(frozen=True, slots=True)
class DatedVersion:
    """A version with its first and last day in force; None: since ever, until further notice."""

    version: ProgrammeVersion
    first: dt.date | None
    last: dt.date | None
    standing: Standing


def version_in_force(municipality: Municipality | int, on: dt.date) -> ProgrammeVersion | None:
    """The version with the latest start that has begun; an unknown start is the earliest. None: none has begun."""
    begun = Q(effective_from__isnull=True) | Q(effective_from__lte=on)
    return ProgrammeVersion.objects.filter(begun, municipality=municipality).order_by(*LATEST_FIRST).first()


def dated_versions(municipality: Municipality, *, on: dt.date) -> list[DatedVersion]:
    """Every version, the latest start first; drafts' publications beside what was loaded from files."""
    rows = ProgrammeVersion.objects.filter(municipality=municipality).defer("text", "draft__text", "draft__replay")
    found: list[DatedVersion] = []
    following: dt.date | None = None
    for version in rows.select_related("draft__published_by", "draft__uploaded_by").order_by(*LATEST_FIRST):
        replaced = bool(found) and version.effective_from == found[-1].version.effective_from
        last = following - dt.timedelta(days=1) if following else None
        found.append(DatedVersion(version, version.effective_from, last, _standing(version, last, replaced, on)))
        if not replaced:
            following = version.effective_from
    return found


def _standing(version: ProgrammeVersion, last: dt.date | None, replaced: bool, on: dt.date) -> Standing:
    if replaced:
        return Standing.NEVER
    if version.effective_from and version.effective_from > on:
        return Standing.COMING
    return Standing.PAST if last and last < on else Standing.NOW
