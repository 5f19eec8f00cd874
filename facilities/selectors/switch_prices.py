"""What open bookings cost without the certificate of the new year. Nothing is stored: prices follow the proof."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from applications.public import Entitlement, standings_of
from eligibility import engine
from facilities.models import Booking

from .amounts import rows_by
from .limits import places_booked
from .requoting import price_anew
from .uses import use_of
from .versions import versions_of

Wanted = tuple[int, engine.Proof]
"""A birth's id, and the proof that its days of use will need."""


def prices_without(
    wanted: Collection[Wanted], municipality: int, *, on: dt.date
) -> dict[Wanted, tuple[engine.Repriced, ...]]:
    """The bookings from `on` that each proof makes cheaper: their price with it, and without. Of all in one reckoning
    of as many statements as of one.
    """
    births = {birth for birth, _ in wanted}
    live = Booking.objects.filter(entitlement__birth__in=births, status__in=Booking.LIVE, last_day__gte=on)
    open_rows = rows_by("entitlement_id", live)
    if not open_rows:
        return {}
    families = rows_by("entitlement_id", Booking.objects.filter(entitlement__in=live.values("entitlement")))
    entitlements = list(
        Entitlement.objects.filter(pk__in=open_rows).select_related("birth", "programme_version", "municipality")
    )
    standings, versions = standings_of(entitlements), versions_of(municipality)
    places = places_booked(row for rows in open_rows.values() for row in rows)
    found: defaultdict[Wanted, tuple[engine.Repriced, ...]] = defaultdict(tuple)
    for entitlement in entitlements:
        rows, uses = open_rows[entitlement.pk], [use_of(row) for row in families[entitlement.pk]]
        facts = standings[entitlement.pk].facts(rows[0].first_day)
        for birth, proof in wanted:
            if birth == entitlement.birth_id:
                held = {item for item in facts.proofs or () if not _same(item, proof)}
                with_it, without = (
                    price_anew(
                        rows,
                        uses,
                        facts=replace(facts, proofs=frozenset(proofs)),
                        versions=versions,
                        places=places,
                    )
                    for proofs in ({*held, proof}, held)
                )
                found[birth, proof] = engine.price_changes(with_it.quotes, without.quotes)
    return dict(found)


def _same(one: engine.Proof, other: engine.Proof) -> bool:
    return (one.document, one.fiscal_year) == (other.document, other.fiscal_year)
