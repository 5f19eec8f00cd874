"""Prices that become others: by a new version, an entered amount, a certificate, or what a family has reported.

The open bookings that it touches are reckoned again and their mothers are told. Bookings that a new version would
refuse are kept, no unit moves, and a service that it has given up keeps the terms it had.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _

from applications.public import (
    Entitlement,
    HouseholdClass,
    class_changed,
    class_proved,
    entitlement_changed,
    hold_family,
    standing_of,
    used_before,
)
from eligibility import engine
from eligibility.engine.wording import month_day, weekday_day
from eligibility.public import MunicipalAmount, ProgrammeVersion, version_added
from facilities.models import Booking, OfferingAmount
from facilities.selectors.amounts import PlacedAmount
from facilities.selectors.effects import touched_by
from facilities.selectors.requoting import family_bookings, price_anew
from facilities.selectors.uses import use_of
from facilities.selectors.versions import Versions, versions_of
from postpartum_portal.shared import clock, jobs, mail
from postpartum_portal.shared.tenancy import tenant

from .requoting import store_price

REPRICE_BOOKINGS = "reprice_bookings"
REPRICE_BY_MUNICIPAL_AMOUNT = "reprice_by_municipal_amount"
REPRICE_BY_OFFERING_AMOUNT = "reprice_by_offering_amount"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why prices change. `key` makes one mail of it for a family; `words` begin that mail's sentence."""

    key: str
    words: str


@receiver(version_added)
def ask_for_new_prices(*, version: ProgrammeVersion, at: dt.datetime, **_signal: Any) -> None:
    """One job for the municipality, if anybody has booked a day of the version."""
    with tenant(municipality=version.municipality_id):
        if _under(version, on=clock.day_of(at)).exists():
            jobs.enqueue(REPRICE_BOOKINGS, version.pk, at=at, municipality_id=version.municipality_id)


def ask_for_prices_by(row: PlacedAmount, *, at: dt.datetime) -> None:
    """One job for the amount, if anybody has booked a day on which it holds, at its place."""
    kind = REPRICE_BY_OFFERING_AMOUNT if isinstance(row, OfferingAmount) else REPRICE_BY_MUNICIPAL_AMOUNT
    if touched_by(row, on=clock.day_of(at)).exists():
        jobs.enqueue(kind, row.pk, at=at, municipality_id=row.municipality_id)


@jobs.handler(REPRICE_BOOKINGS)
def reprice_bookings(lease: jobs.Lease) -> None:
    """Store what bookings under the version `lease.subject_id` cost by it."""
    version, now = ProgrammeVersion.objects.get(pk=lease.subject_id), clock.now()
    since = _("（%(day)sから）") % {"day": weekday_day(version.effective_from)} if version.effective_from else ""
    cause = Cause(
        str(version.pk),
        _("%(municipality)sの産後ケアの新しいきまり%(since)sにより")
        % {"municipality": version.municipality.name, "since": since},
    )
    versions = versions_of(version.municipality_id)
    _reprice_families(lease, _under(version, on=clock.day_of(now)), versions, cause, at=now)


@jobs.handler(REPRICE_BY_MUNICIPAL_AMOUNT)
def reprice_by_municipal_amount(lease: jobs.Lease) -> None:
    """Store what bookings cost by an amount of the whole municipality."""
    _reprice_by(lease, MunicipalAmount.objects.select_related("municipality").get(pk=lease.subject_id))


@jobs.handler(REPRICE_BY_OFFERING_AMOUNT)
def reprice_by_offering_amount(lease: jobs.Lease) -> None:
    """Store what bookings cost by an amount of one service at a facility."""
    _reprice_by(lease, OfferingAmount.objects.select_related("municipality", "offering").get(pk=lease.subject_id))


@receiver(class_proved)
def reprice_by_certificate(*, row: HouseholdClass, at: dt.datetime, **_signal: Any) -> None:
    """A household's class has one more proof: what its open bookings cost follows it at once."""
    _reprice_household(row, Cause(f"class:{row.pk}", _("出していただいた証明書を確かめましたので")), at=at)


@receiver(class_changed)
def reprice_by_class(*, row: HouseholdClass, at: dt.datetime, **_signal: Any) -> None:
    """A household is of another class from a day on: so are its open bookings of those days."""
    _reprice_household(row, Cause(f"class:{row.pk}", _("届け出ていただいた世帯の区分により")), at=at)


@receiver(entitlement_changed)
def reprice_by_entitlement(*, entitlement: Entitlement, at: dt.datetime, **_signal: Any) -> None:
    """What a price hangs on besides the class, such as how many children come, may have become another."""
    _reprice_entitlement(entitlement, Cause(f"entitlement:{at.isoformat()}", _("届け出や決定により")), at=at)


@receiver(used_before)
def reprice_by_used_before(*, entitlement: Entitlement, at: dt.datetime, **_signal: Any) -> None:
    """Of the first uses that cost less some were had before, or not after all."""
    cause = Cause(f"used_before:{at.isoformat()}", _("紙の利用券などで使った分を記録しましたので"))
    _reprice_entitlement(entitlement, cause, at=at)


def _reprice_entitlement(entitlement: Entitlement, cause: Cause, *, at: dt.datetime) -> None:
    coming = _open_from(clock.day_of(at), entitlement.municipality_id)
    if coming.filter(entitlement=entitlement).exists():
        _reprice_family(entitlement.pk, coming, versions_of(entitlement.municipality_id), cause, at=at)


def _reprice_household(row: HouseholdClass, cause: Cause, *, at: dt.datetime) -> None:
    coming, versions = _open_from(clock.day_of(at), row.municipality_id), versions_of(row.municipality_id)
    for entitlement in Entitlement.objects.filter(birth__household=row.household_id).order_by("pk"):
        _reprice_family(entitlement.pk, coming, versions, cause, at=at)


def _under(version: ProgrammeVersion, *, on: dt.date) -> QuerySet[Booking]:
    """Open bookings with a day to come under the version, whose price rests on another one."""
    since = max(on, version.effective_from or on)
    return _open_from(since, version.municipality_id).exclude(quote__version=version.pk)


def _open_from(day: dt.date, municipality: int) -> QuerySet[Booking]:
    return Booking.objects.filter(municipality=municipality, status__in=Booking.LIVE, last_day__gte=day)


def _reprice_by(lease: jobs.Lease, row: PlacedAmount) -> None:
    now = clock.now()
    since = _("%(day)sからの") % {"day": weekday_day(row.starts_on)} if row.starts_on else ""
    kind = "offering" if isinstance(row, OfferingAmount) else "municipal"
    cause = Cause(
        f"{kind}:{row.pk}",
        _("%(municipality)sの産後ケアの料金に使う%(since)s額が決まりましたので")
        % {"municipality": row.municipality.name, "since": since},
    )
    versions = versions_of(row.municipality_id)
    _reprice_families(lease, touched_by(row, on=clock.day_of(now)), versions, cause, at=now)


def _reprice_families(
    lease: jobs.Lease, touched: QuerySet[Booking], versions: Versions, cause: Cause, *, at: dt.datetime
) -> None:
    """One family in each transaction, so far as the job's time goes; its next claim goes on with the families left.

    Killed anywhere, or run twice, it writes and tells only what is still to be.
    """
    left = touched.filter(entitlement__gt=lease.cursor).order_by("entitlement")
    for entitlement in left.values_list("entitlement", flat=True).distinct():
        with transaction.atomic():
            lease.advance(entitlement)
            _reprice_family(entitlement, touched, versions, cause, at=at)
        if lease.pause():
            return


def _reprice_family(
    entitlement_id: int, touched: QuerySet[Booking], versions: Versions, cause: Cause, *, at: dt.datetime
) -> None:
    """Store and tell what becomes another of a family's bookings in `touched`. Part of the caller's transaction."""
    rows = Entitlement.objects.select_related("birth", "citizen", "municipality", "programme_version")
    entitlement = rows.get(pk=entitlement_id)
    hold_family(entitlement)
    family = family_bookings(entitlement)
    chosen = set(touched.filter(entitlement=entitlement).values_list("pk", flat=True))
    live = [row for row in family if row.pk in chosen]
    if not live:
        return
    facts = standing_of(entitlement).facts(live[0].first_day)
    found = price_anew(live, [use_of(row) for row in family], facts=facts, versions=versions)
    moved = [sentence for row in live if (sentence := _moved_deadline(row, versions))]
    for row in live:
        store_price(row, found.quotes[row.pk], facts, versions, by=None, at=at)
    _tell(entitlement, cause, [change.sentence for change in found.changes], moved, at=at)


def _moved_deadline(booking: Booking, versions: Versions) -> str:
    """`7月5日の宿泊型: 7月3日(金) 17:00 まで`, if the deadline that she was told has become another; else ""."""
    use = use_of(booking)
    terms = versions.terms_of(use.service, use.first_day)
    told = engine.deadline_of(use, versions.terms_told(booking.quote["version"]))
    now = engine.deadline_of(use, terms)
    if (told.at, told.inclusive) == (now.at, now.inclusive):
        return ""
    return _("%(day)sの%(service)s: %(wording)s") % {
        "day": month_day(use.first_day),
        "service": terms.service(use.service).label,
        "wording": now.wording,
    }


def _tell(
    entitlement: Entitlement, cause: Cause, prices: Sequence[str], deadlines: Sequence[str], *, at: dt.datetime
) -> None:
    """One mail for a family and cause, if there is anything to say and anybody to write to."""
    if entitlement.citizen is None or not (prices or deadlines):
        return
    mail.post(
        "bookings_repriced",
        entitlement.citizen.email,
        key=f"bookings_repriced:{cause.key}:{entitlement.pk}",
        at=at,
        cause=cause.words,
        prices=prices,
        deadlines=deadlines,
        municipality=entitlement.municipality,
    )
