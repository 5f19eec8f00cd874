"""Programme files become rows. Loading a folder again changes nothing; a new file adds a version."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from eligibility.models import Municipality, ProgrammeVersion
from eligibility.programmes import Programme, load_facilities, load_programme
from eligibility.programmes.beside import facility_lists, programmes_of
from eligibility.signals import programmes_loaded, version_added
from postpartum_portal.shared import clock

from .contacts import contact


@dataclass(frozen=True, slots=True)
class Loaded:
    """A programme file and its row; `new` unless the same text was there before."""

    version: ProgrammeVersion
    new: bool


def load_programmes(directory: Path, *, at: dt.datetime) -> list[Loaded]:
    """Load every programme file of a folder, all or none; apps above then load what lies beside them.

    Raises:
        ProgrammeFileError: naming file, line and key of all that is wrong in a file, in a list of facilities too.
    """
    with transaction.atomic():
        loaded = [_load(path, at) for path in sorted(directory.glob("*.yaml"))]
        for path in facility_lists(directory):
            load_facilities(path, programmes_of(path))  # refuses what no version of its programme knows
        programmes_loaded.send(sender=ProgrammeVersion, directory=directory, on=clock.day_of(at))
    return loaded


def _load(path: Path, at: dt.datetime) -> Loaded:
    programme = load_programme(path)
    version, new = ProgrammeVersion.objects.get_or_create(
        municipality=_municipality(programme, clock.day_of(at)),
        sha256=programme.sha256,
        defaults={
            "file_name": path.name,
            "text": path.read_text(encoding="utf-8"),
            "published": programme.published,
            "effective_from": programme.effective_from,
            "loaded_at": at,
        },
    )
    if new:
        version_added.send(sender=ProgrammeVersion, version=version, at=at)
    return Loaded(version, new)


def _municipality(programme: Programme, on: dt.date) -> Municipality:
    """The municipality as the file names it. What its own staff may set is taken from the file once, at the start."""
    named = {
        "slug": programme.slug,
        "name": programme.name,
        "office": contact(programme.terms.offices[0]),
    }
    letters = programme.terms.letters
    started = {"letter_number_format": letters.number.pattern}
    if programme.effective_from and programme.effective_from > on:
        # Not in force yet: it may open a municipality, not rename one or move its office.
        return Municipality.objects.get_or_create(code=programme.code, defaults=named | started)[0]
    return Municipality.objects.update_or_create(code=programme.code, defaults=named, create_defaults=named | started)[
        0
    ]
