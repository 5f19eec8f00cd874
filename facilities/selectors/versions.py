"""The versions of a municipality's programme, read once: price and deadline follow the one in force on a day of use."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from eligibility import engine
from eligibility.public import Municipality, ProgrammeVersion, programme_of


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one programme in the order in which they come into force; at least one."""

    rows: tuple[ProgrammeVersion, ...]

    def on(self, day: dt.date) -> ProgrammeVersion:
        """The version in force on a day; before the first one has begun, the first."""
        begun = [row for row in self.rows if row.effective_from is None or row.effective_from <= day]
        return begun[-1] if begun else self.rows[0]

    def of_service(self, code: str, day: dt.date) -> ProgrammeVersion:
        """The version that prices a use that begins on a day: the one in force or, where it has given up the service,
        the last before it that had it. What was booked under the old rules ends under them.
        """
        until = self.rows[: self.rows.index(self.on(day)) + 1]
        return next((row for row in reversed(until) if programme_of(row).terms.offers(code)), until[-1])

    def terms_of(self, code: str, day: dt.date) -> engine.Terms:
        return programme_of(self.of_service(code, day)).terms

    def terms_told(self, version_id: int) -> engine.Terms:
        """The terms on which a stored price rests."""
        return next(programme_of(row).terms for row in self.rows if row.pk == version_id)

    def terms_on(self, day: dt.date) -> engine.Terms:
        return programme_of(self.on(day)).terms

    @property
    def terms(self) -> tuple[engine.Terms, ...]:
        """Of all versions."""
        return tuple(programme_of(row).terms for row in self.rows)

    @property
    def timeline(self) -> engine.Timeline | None:
        """For a stay over a change of price; None where there is nothing to change to."""
        if len(self.rows) == 1:
            return None
        return engine.Timeline(tuple((row.effective_from, programme_of(row).terms) for row in self.rows))

    @property
    def count_first_uses(self) -> bool:
        """Whether some reduction is for the first so many uses, so that one booking may change the price of others."""
        return any(reduction.first for row in self.rows for reduction in programme_of(row).terms.reductions)


def versions_of(municipality: Municipality | int) -> Versions:
    """One statement. Of two that begin on one day the one loaded last holds, as `version_on` has it."""
    rows = ProgrammeVersion.objects.filter(municipality=municipality)
    return Versions(tuple(rows.order_by(F("effective_from").asc(nulls_first=True), "pk")))
