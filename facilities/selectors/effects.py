"""What entering an amount means for the open bookings that it touches; shown before it is saved, told afterwards."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from applications.public import Entitlement, standings_of
from eligibility import engine
from facilities.models import Booking, OfferingAmount

from .amounts import PlacedAmount, rows_by
from .limits import places_booked
from .requoting import price_anew
from .uses import use_of
from .versions import versions_of


@dataclass(frozen=True, slots=True)
class Effect:
    """The open bookings whose price an amount changes."""

    changes: tuple[engine.Repriced, ...]

    @property
    def moved(self) -> list[tuple[engine.Yen, engine.Yen]]:
        """Whole yen before and after, where both are known."""
        pairs = [(change.before, change.after) for change in self.changes]
        return [(was, is_now) for was, is_now in pairs if isinstance(was, int) and isinstance(is_now, int)]

    @property
    def before(self) -> engine.Yen:
        return engine.Yen(sum(was for was, _ in self.moved))

    @property
    def after(self) -> engine.Yen:
        return engine.Yen(sum(is_now for _, is_now in self.moved))

    @property
    def settled(self) -> list[engine.Yen]:
        """What those cost whose price was not known until now."""
        known = [(change.before, change.after) for change in self.changes]
        return [is_now for was, is_now in known if not isinstance(was, int) and isinstance(is_now, int)]

    @property
    def settled_sum(self) -> engine.Yen:
        return engine.Yen(sum(self.settled))

    def __str__(self) -> str:
        """As a form keeps what it has shown: `12 40000 20000 4 10000`."""
        numbers = (len(self.changes), self.before, self.after, len(self.settled), self.settled_sum)
        return " ".join(map(str, numbers))


def touched_by(row: PlacedAmount, *, on: dt.date) -> QuerySet[Booking]:
    """Open bookings with a day to come for which the amount holds, at its place."""
    since = max(on, row.starts_on or on)
    found = Booking.objects.filter(municipality=row.municipality_id, status__in=Booking.LIVE, last_day__gte=since)
    if isinstance(row, OfferingAmount):
        return found.filter(facility=row.facility_id, service=row.offering.service)
    return found


def effect_of(row: PlacedAmount, *, on: dt.date) -> Effect:
    """What `row`, saved or not, changes from the day `on`; in as many statements for many bookings as for one."""
    touched = touched_by(row, on=on)
    live = rows_by("entitlement_id", touched)
    if not live:
        return Effect(())
    families = rows_by("entitlement_id", Booking.objects.filter(entitlement__in=touched.values("entitlement")))
    entitlements = Entitlement.objects.filter(pk__in=touched.values("entitlement"))
    standings = standings_of(list(entitlements.select_related("birth", "programme_version")))
    versions = versions_of(row.municipality_id)
    places = places_booked((booking for rows in live.values() for booking in rows), entering=row)

    def changes(entitlement: int, rows: Sequence[Booking]) -> tuple[engine.Repriced, ...]:
        facts = standings[entitlement].facts(rows[0].first_day)
        uses = [use_of(booking) for booking in families[entitlement]]
        return price_anew(rows, uses, facts=facts, versions=versions, places=places).changes

    return Effect(tuple(change for entitlement, rows in live.items() for change in changes(entitlement, rows)))
