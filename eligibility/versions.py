"""Which version of a municipality's programme holds when."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q, QuerySet

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
        return {"now": "いまのきまり", "coming": "これから", "past": "前の版", "never": "使われない版"}[self]


@dataclass(frozen=True, slots=True)
class DatedVersion:
    """A version with its first and last day in force; None: since ever, until further notice."""

    version: ProgrammeVersion
    first: dt.date | None
    last: dt.date | None
    standing: Standing


def version_in_force(municipality: Municipality | int, on: dt.date) -> ProgrammeVersion | None:
    """The version with the latest start that has begun; an unknown start is the earliest. None: none has begun."""
    return ProgrammeVersion.objects.filter(_begun(on), municipality=municipality).order_by(*LATEST_FIRST).first()


def versions_to_come(municipality: Municipality, on: dt.date) -> tuple[ProgrammeVersion, ...]:
    """Those that begin after a day, the first one first; of several with the same start the one loaded last."""
    later = ProgrammeVersion.objects.filter(municipality=municipality, effective_from__gt=on)
    return tuple({version.effective_from: version for version in later.order_by("effective_from", "pk")}.values())


def municipalities_in_force(on: dt.date) -> QuerySet[Municipality]:
    """Those with a programme that has begun, in the order of their codes."""
    begun = ProgrammeVersion.objects.filter(_begun(on))
    return Municipality.objects.filter(pk__in=begun.values("municipality")).order_by("code")


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


def _begun(on: dt.date) -> Q:
    return Q(effective_from__isnull=True) | Q(effective_from__lte=on)


def _standing(version: ProgrammeVersion, last: dt.date | None, replaced: bool, on: dt.date) -> Standing:
    if replaced:
        return Standing.NEVER
    if version.effective_from and version.effective_from > on:
        return Standing.COMING
    return Standing.PAST if last and last < on else Standing.NOW
