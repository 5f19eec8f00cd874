"""The one way to show where somebody lives: under protection (支援措置) two people have to open it first."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from applications.models import AddressOpening, Household
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock

HIDDEN = "（支援措置のため、表示していません）"
Audience = AddressOpening.Audience


def address_for(household: Household, viewer: User, *, at: dt.datetime) -> str:
    """`〒187-0043 小平市…`, or the sentence that it is kept back. Every page, list and export asks here."""
    return in_full(household) if address_is_open(household, viewer, at=at) else HIDDEN


def address_is_open(household: Household, viewer: User, *, at: dt.datetime) -> bool:
    """Whether this person may see it: it is not protected, it is her own, or she is one of the two who opened it."""
    if not household.protected or (household.citizen_id is not None and household.citizen_id == viewer.pk):
        return True
    two = Q(asked_by=viewer) | Q(confirmed_by=viewer)
    return _holding(household, at).filter(two, audience=Audience.OFFICE).exists()


def visit_address_for(household: Household, *, at: dt.datetime) -> str:
    """What whoever visits her is told; the street address alone, as on a visitor's list."""
    if not household.protected or _holding(household, at).filter(audience=Audience.VISIT).exists():
        return household.address
    return HIDDEN


def in_full(household: Household) -> str:
    return f"〒{household.postcode} {household.address}"


@dataclass(frozen=True, slots=True)
class Protection:
    """Where a household stands with its protection, seen by one person.

    `over`: its term has passed, and somebody has to prolong or lift it; `waiting`: to be confirmed by another person;
    `held`: confirmed, and until when.
    """

    household: Household
    over: bool
    open: bool
    waiting: tuple[AddressOpening, ...]
    held: tuple[AddressOpening, ...]


def protection_of(household: Household, viewer: User, *, at: dt.datetime) -> Protection | None:
    """None where nothing is kept back."""
    if household.protected_until is None:
        return None
    day = clock.day_of(at)
    rows = AddressOpening.objects.filter(household=household, closed_at=None, last_day__gte=day)
    openings = tuple(rows.select_related("asked_by", "confirmed_by"))
    return Protection(
        household,
        over=household.protected_until < day,
        open=address_is_open(household, viewer, at=at),
        waiting=tuple(row for row in openings if row.confirmed_at is None),
        held=tuple(row for row in openings if row.confirmed_at is not None),
    )


def openings_to_confirm(*, on: dt.date) -> tuple[AddressOpening, ...]:
    """What waits for a second person in the tenant scope, the oldest first."""
    rows = AddressOpening.objects.filter(confirmed_at=None, closed_at=None, last_day__gte=on)
    return tuple(rows.select_related("household", "asked_by"))


def _holding(household: Household, at: dt.datetime) -> QuerySet[AddressOpening]:
    return AddressOpening.objects.filter(
        household=household, confirmed_at__isnull=False, closed_at=None, last_day__gte=clock.day_of(at)
    )
