"""A new version of the programme: the prices of bookings made for its days follow it, and mothers are told.

Bookings that it would refuse are kept, no unit moves, and a service that it has given up keeps the terms it had.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from applications.public import Entitlement, standing_of
from eligibility import engine
from eligibility.engine.wording import month_day
from eligibility.public import ProgrammeVersion, version_added
from facilities.models import Booking
from facilities.selectors.requoting import family_bookings, price_anew
from facilities.selectors.uses import use_of
from facilities.selectors.versions import Versions, versions_of
from postpartum_portal.shared import clock, jobs, mail
from postpartum_portal.shared.tenancy import tenant

from .requoting import hold, store_price

REPRICE_BOOKINGS = "reprice_bookings"


@receiver(version_added)
def ask_for_new_prices(*, version: ProgrammeVersion, at: dt.datetime, **_signal: Any) -> None:
    """One job for the municipality, if anybody has booked a day of the version."""
    with tenant(municipality=version.municipality_id):
        if _to_price(version, on=clock.day_of(at)).exists():
            jobs.enqueue(REPRICE_BOOKINGS, version.pk, at=at, municipality_id=version.municipality_id)


@jobs.handler(REPRICE_BOOKINGS)
def reprice_bookings(lease: jobs.Lease) -> None:
    """Store what bookings under the version `lease.subject_id` cost by it, one family in each transaction.

    Killed anywhere, or run twice, it goes on with the families that are left: a stored price names its version.
    """
    version, now = ProgrammeVersion.objects.get(pk=lease.subject_id), clock.now()
    versions = versions_of(version.municipality_id)
    families = _to_price(version, on=clock.day_of(now)).order_by("entitlement").values_list("entitlement", flat=True)
    for entitlement in families.distinct():
        with transaction.atomic():
            lease.renew()
            reprice_family(entitlement, version, versions, at=now)


def reprice_family(entitlement_id: int, version: ProgrammeVersion, versions: Versions, *, at: dt.datetime) -> None:
    """Store and tell what becomes another under `version`. Part of the caller's transaction."""
    rows = Entitlement.objects.select_related("birth", "citizen", "municipality", "programme_version")
    entitlement = rows.get(pk=entitlement_id)
    hold(entitlement, versions)
    family = family_bookings(entitlement)
    coming = _to_price(version, on=clock.day_of(at)).filter(entitlement=entitlement).values_list("pk", flat=True)
    live = [row for row in family if row.pk in set(coming)]
    if not live:
        return
    facts = standing_of(entitlement).facts(live[0].first_day)
    found = price_anew(live, [use_of(row) for row in family], facts=facts, versions=versions)
    moved = [sentence for row in live if (sentence := _moved_deadline(row, versions))]
    for row in live:
        store_price(row, found.quotes[row.pk], facts, versions, by=None, at=at)
    _tell(entitlement, version, [change.sentence for change in found.changes], moved, at=at)


def _to_price(version: ProgrammeVersion, *, on: dt.date) -> QuerySet[Booking]:
    """Open bookings with a day to come under the version, whose price rests on another one."""
    since = max(on, version.effective_from or on)
    open_ones = Booking.objects.filter(municipality=version.municipality_id, status__in=Booking.LIVE)
    return open_ones.filter(last_day__gte=since).exclude(quote__version=version.pk)


def _moved_deadline(booking: Booking, versions: Versions) -> str:
    """`7月5日の宿泊型: 7月3日(金) 17:00 まで`, if the deadline that she was told has become another; else ""."""
    use = use_of(booking)
    terms = versions.terms_of(use.service, use.first_day)
    told = engine.deadline_of(use, versions.terms_told(booking.quote["version"]))
    now = engine.deadline_of(use, terms)
    if (told.at, told.inclusive) == (now.at, now.inclusive):
        return ""
    return f"{month_day(use.first_day)}の{terms.service(use.service).label}: {now.wording}"


def _tell(
    entitlement: Entitlement,
    version: ProgrammeVersion,
    prices: Sequence[str],
    deadlines: Sequence[str],
    *,
    at: dt.datetime,
) -> None:
    """One mail for a family and version, if there is anything to say and anybody to write to."""
    if entitlement.citizen is None or not (prices or deadlines):
        return
    mail.post(
        "bookings_repriced",
        entitlement.citizen.email,
        key=f"bookings_repriced:{version.pk}:{entitlement.pk}",
        at=at,
        version=version,
        prices=prices,
        deadlines=deadlines,
        municipality=entitlement.municipality,
    )
