"""The door of `eligibility`: municipalities, and the programme that holds on a day. The engine is open to all."""

import datetime as dt

from django.db.models import F, Q

from .amounts import as_entered, entered_amounts, that_count
from .models import AmountRow, MunicipalAmount, Municipality, ProgrammeVersion
from .programmes import Programme, load_programme
from .signals import programmes_loaded

__all__ = [
    "AmountRow",
    "MunicipalAmount",
    "Municipality",
    "Programme",
    "ProgrammeVersion",
    "as_entered",
    "entered_amounts",
    "get_municipality",
    "programme_of",
    "programme_on",
    "programmes_loaded",
    "that_count",
    "version_on",
]


def get_municipality(slug: str) -> Municipality | None:
    return Municipality.objects.filter(slug=slug).first()


def version_on(municipality: Municipality, on: dt.date) -> ProgrammeVersion:
    """The version in force on a day: the one with the latest start that has begun; an unknown start is the earliest.

    Raises:
        NoProgramme: none has begun by that day.
    """
    begun = Q(effective_from__isnull=True) | Q(effective_from__lte=on)
    latest_first = (F("effective_from").desc(nulls_last=True), "-pk")  # among equals the file loaded last
    found = ProgrammeVersion.objects.filter(begun, municipality=municipality).order_by(*latest_first).first()
    if found is None:
        raise NoProgramme(municipality.slug, on)
    return found


def programme_on(municipality: Municipality, on: dt.date) -> Programme:
    """The compiled programme in force on a day."""
    return programme_of(version_on(municipality, on))


def programme_of(version: ProgrammeVersion) -> Programme:
    """The compiled programme of a version: what a decision was taken under."""
    return load_programme(version.text)  # compiled once per text


class NoProgramme(Exception):
    """A municipality has no programme in force on the asked day."""
