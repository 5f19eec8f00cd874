"""The versions of a programme over time, where a stay over a change of price is split by day."""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.terms import PriceChange, Terms


@dataclass(frozen=True, slots=True)
class Timeline:
    """Versions in the order in which they come into force; the first may have been there since ever (None)."""

    versions: tuple[tuple[date | None, Terms], ...]

    def on(self, day: date) -> Terms:
        """The version in force on a day; before the first one, the first."""
        for starts, terms in reversed(self.versions):
            if starts is None or starts <= day:
                return terms
        return self.versions[0][1]


def terms_of_price(service: str, in_force: Terms, decided: Terms) -> Terms:
    """Price and cancellation follow the version in force on the day of use; a service that it has given up, the
    decision's own."""
    return in_force if in_force.offers(service) else decided


def version_for(day: date, service: str, terms: Terms, timeline: Timeline | None) -> Terms:
    """The version that prices a day of a use whose first day is priced by `terms`.

    It is `terms` itself unless these split a use by day, and that day's version prices the service in the same unit.
    """
    if timeline is None or terms.price_change is PriceChange.FIRST_DAY:
        return terms
    version, per = timeline.on(day), terms.service(service).price.per
    same = any(item.code == service and item.price.per is per for item in version.services)
    return version if same else terms
