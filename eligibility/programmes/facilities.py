"""The facilities of a municipality as its page lists them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from eligibility.engine import Source
from eligibility.programmes.fields import (
    Code,
    Day,
    MunicipalityCode,
    Phone,
    Postcode,
    Sourced,
    Strict,
    Text,
    Url,
    Whole,
)
from eligibility.programmes.reading import read, validate

FacilityKind = Literal["facility", "visitor"]


@dataclass(frozen=True, slots=True)
class FacilityRecord:
    """A facility, or an organisation that sends visitors. An empty text or None is what the page does not say."""

    code: str
    kind: FacilityKind
    name: str
    legal_name: str
    postcode: str
    address: str
    phones: tuple[str, ...]
    url: str
    services: tuple[str, ...]
    places: int | None
    """How many mothers a day; the page does not say, the facility enters it."""
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class FacilityList:
    municipality: str
    """The municipality's code."""
    starts: date
    """From when the list holds."""
    facilities: tuple[FacilityRecord, ...]


def load_facilities(path: Path) -> FacilityList:
    """Read a facility file.

    Raises:
        ProgrammeFileError: naming file, line and key of all that is wrong.
    """
    document = read(path.read_text(encoding="utf-8"), file=path.name)
    entry = validate(document, _FacilityFile)
    codes = [item.code for item in entry.facilities]
    twice = [number for number, code in enumerate(codes) if code in codes[:number]]
    if twice:
        raise document.error(*((("facilities", number, "code"), "同じコードがもうあります。") for number in twice))
    records = tuple(_record(item, entry.document, entry.url) for item in entry.facilities)
    return FacilityList(entry.municipality, entry.starts, records)


class _FacilityEntry(Sourced):
    code: Code
    kind: FacilityKind
    name: Text
    legal_name: Text = ""
    postcode: Postcode = ""
    address: Text = ""
    phones: tuple[Phone, ...]
    url: Url = ""
    services: tuple[Code, ...]
    places: Whole | None = None
    note: Text = ""


class _FacilityFile(Strict):
    municipality: MunicipalityCode
    starts: Day = Field(alias="from")
    document: Text
    url: Url = ""
    facilities: tuple[_FacilityEntry, ...]


def _record(entry: _FacilityEntry, document: str, url: str) -> FacilityRecord:
    return FacilityRecord(
        code=entry.code,
        kind=entry.kind,
        name=entry.name,
        legal_name=entry.legal_name,
        postcode=entry.postcode,
        address=entry.address,
        phones=entry.phones,
        url=entry.url,
        services=entry.services,
        places=entry.places,
        note=entry.note,
        source=entry.origin(document, url),
    )
