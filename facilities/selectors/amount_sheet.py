"""The centre's sheet of unpublished amounts: what is open, what is entered for it, from when and by whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from eligibility import engine
from eligibility.public import (
    AmountRow,
    MunicipalAmount,
    Municipality,
    ProgrammeVersion,
    dated_versions,
    programme_of,
    that_count,
    version_in_force,
)
from facilities.models import Facility, Offering, OfferingAmount

from .amounts import Holder, rows_by
from .offerings import offerings_in_force


@dataclass(frozen=True, slots=True)
class Said:
    """An entered amount in words; an empty text where there is none."""

    row: AmountRow
    household_class: str
    """Its label; empty: it holds for every class."""
    per: str
    sentence: str
    """The sentence of the list that publishes it."""
    by_facility: bool
    """Whether the facility's own staff entered it."""


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """An unpublished amount at one place, with what holds there `now` and what is entered for `later` days."""

    key: str
    label: str
    reason: str
    holder: Holder
    now: tuple[Said, ...]
    later: tuple[Said, ...]

    @property
    def offering(self) -> Offering | None:
        return self.holder if isinstance(self.holder, Offering) else None

    @property
    def is_entered(self) -> bool:
        return bool(self.now or self.later)


@dataclass(frozen=True, slots=True)
class AmountSheet:
    """All unpublished amounts of a programme: those of the municipality, and those of each facility."""

    starts: dt.date | None
    """When the programme begins, if it has not begun yet: the amounts are then those of that day."""
    classes: tuple[engine.HouseholdClass, ...]
    municipal: tuple[OpenAmount, ...]
    facilities: tuple[tuple[Facility, tuple[OpenAmount, ...]], ...]

    def __iter__(self) -> Iterator[OpenAmount]:
        yield from self.municipal
        for _, amounts in self.facilities:
            yield from amounts

    def find(self, key: str, offering: int | None) -> OpenAmount | None:
        """The one with this key in the municipality, or at the facility of an offering."""
        at_place = (amount for amount in self if (amount.offering.pk if amount.offering else None) == offering)
        return next((amount for amount in at_place if amount.key == key), None)


def amount_sheet(municipality: Municipality, *, on: dt.date) -> AmountSheet | None:
    """What the programme in force, or the next to begin, leaves open, with what is entered; None without any."""
    version = _version(municipality, on)
    if version is None:
        return None
    coming = version.effective_from if version.effective_from and version.effective_from > on else None
    terms = programme_of(version).terms
    reader = _Reader(terms, coming or on)
    everywhere: list[tuple[engine.Unpublished, str]] = []
    at_facilities: list[tuple[engine.Unpublished, str]] = []
    for amount, label in engine.unpublished_amounts(terms):
        (at_facilities if amount.who_knows == "facility" else everywhere).append((amount, label))
    rows = list(MunicipalAmount.objects.filter(municipality=municipality).select_related("entered_by"))
    return AmountSheet(
        starts=coming,
        classes=terms.classes,
        municipal=tuple(reader.read(amount, label, municipality, rows) for amount, label in everywhere),
        facilities=_of_facilities(municipality, at_facilities, reader),
    )


def _version(municipality: Municipality, on: dt.date) -> ProgrammeVersion | None:
    if in_force := version_in_force(municipality, on):
        return in_force
    latest_first = [dated.version for dated in dated_versions(municipality, on=on) if dated.standing == "coming"]
    return latest_first[-1] if latest_first else None


def _of_facilities(
    municipality: Municipality, unpublished: Sequence[tuple[engine.Unpublished, str]], reader: "_Reader"
) -> tuple[tuple[Facility, tuple[OpenAmount, ...]], ...]:
    """In the order of the facility file; a facility with nothing open is left out."""
    offered = offerings_in_force(reader.on, municipality=municipality).select_related("facility")
    rows = OfferingAmount.objects.filter(municipality=municipality).select_related("entered_by")
    own = rows_by("offering_id", rows)
    found = [
        reader.read(amount, label, offering, own[offering.pk])
        for offering in offered.order_by("facility_id", "pk")
        for amount, label in unpublished
        if reader.concerns(amount, offering)
    ]
    return tuple((facility, tuple(group)) for facility, group in groupby(found, key=attrgetter("holder.facility")))


@dataclass(frozen=True, slots=True)
class _Reader:
    terms: engine.Terms
    on: dt.date

    def read(self, amount: engine.Unpublished, label: str, holder: Holder, rows: Iterable[AmountRow]) -> OpenAmount:
        said = [row for row in that_count(rows) if row.key == amount.key]
        later = [row for row in said if row.starts_on and row.starts_on > self.on]
        begun = [row for row in said if row not in later]
        now = [next(group) for _, group in groupby(begun, key=attrgetter("household_class"))]  # the latest first day
        return OpenAmount(amount.key, label, amount.reason, holder, self._said(now), self._said(later[::-1]))

    def concerns(self, amount: engine.Unpublished, offering: Offering) -> bool:
        """Whether an amount is about the service of an offering: its key names that one, or none at all."""
        named = set(amount.key.split(".")) & {service.code for service in self.terms.services}
        return not named or offering.service in named

    def _said(self, rows: Sequence[AmountRow]) -> tuple[Said, ...]:
        for_all = "ほかの区分" if any(row.household_class for row in rows) else ""
        # A class that the programme no longer knows goes by its code.
        labels = {item.code: item.label for item in self.terms.classes} | {"": for_all}
        return tuple(_words(row, labels.get(row.household_class, row.household_class)) for row in rows)


def _words(row: AmountRow, household_class: str) -> Said:
    if isinstance(row, OfferingAmount):
        return Said(row, household_class, row.per, row.source, row.by_facility)
    return Said(row, household_class, per="", sentence="", by_facility=False)
