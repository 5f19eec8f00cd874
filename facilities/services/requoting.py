"""Whatever changes the order of a family's uses changes stored prices in the same transaction."""

import datetime as dt
from typing import Any

from applications.public import standing_of
from eligibility import engine
from eligibility.public import programme_of
from facilities.models import Booking
from facilities.selectors.requoting import family_bookings, price_of_day, requote
from facilities.selectors.uses import use_of
from facilities.selectors.versions import Versions
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.tenancy import tenant

from .records import quote_record


def settle_prices(
    booking: Booking, versions: Versions, *, by: User | None, at: dt.datetime
) -> tuple[engine.Repriced, ...]:
    """Store the prices of a family's open bookings as they are now that `booking` was made or given up.

    Part of the caller's transaction, which holds the family. Returns what has changed for the others, to be told to
    her.
    """
    if not versions.count_first_uses:
        return ()
    family = family_bookings(booking.entitlement)
    if all(row.pk == booking.pk for row in family if row.status in Booking.LIVE) and booking.status in Booking.LIVE:
        return ()
    facts = standing_of(booking.entitlement).facts(booking.first_day)
    found = requote(family, [use_of(row) for row in family], facts=facts, versions=versions)
    for row in family:
        if row.pk in found.quotes:
            store_price(row, found.quotes[row.pk], facts, versions, by=by, at=at)
    return tuple(change for change in found.changes if change.number != booking.pk)


def quote_anew(booking: Booking, versions: Versions) -> dict[str, Any]:
    """What a booking costs on the days it has in hand, by the household's class of the first of them, to be kept."""
    facts = standing_of(booking.entitlement).facts(booking.first_day)
    quote = price_of_day(booking, family_bookings(booking.entitlement), facts=facts, versions=versions)
    return _record(booking, quote, facts, versions)


def store_price(
    row: Booking, quote: engine.Quote, facts: engine.Facts, versions: Versions, *, by: User | None, at: dt.datetime
) -> None:
    """Keep a new price. What was frozen at check-in meanwhile stays: the update looks at the status again."""
    record = _record(row, quote, facts, versions)
    if record == row.quote:
        return
    with tenant(municipality=row.municipality_id):
        days = {"first_day": row.first_day, "last_day": row.last_day}  # moved since it was read, it has another price
        Booking.objects.filter(pk=row.pk, status__in=Booking.LIVE, **days).update(quote=record)
    if record["total"] != row.quote["total"]:
        events.record("booking.repriced", row, at=at, by_id=by.pk if by else None)


def _record(row: Booking, quote: engine.Quote, facts: engine.Facts, versions: Versions) -> dict[str, Any]:
    version = versions.of_service(row.service, row.first_day)
    household = engine.effective_class(facts, programme_of(version).terms, on=row.first_day)
    return quote_record(quote, household_class=household.code, version_id=version.pk)
