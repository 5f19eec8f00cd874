"""支援措置: keeping an address back, and opening it by two people for what has to be done."""

import datetime as dt

from django.db import transaction

from applications.models import AddressOpening, Household
from eligibility.engine.dates import last_day_under
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

PROTECT = "applications.screen"
TERM_MONTHS = 12
"""支援措置 lasts a year and is prolonged by asking again (住民基本台帳事務処理要領 第5-10)."""
LONGEST_OPENING = dt.timedelta(days=31)
"""How long visitors may be told at once; a safeguard of the portal, no rule of anybody."""


def protect(household: Household, *, reason: str, until: dt.date, by: User, at: dt.datetime) -> None:
    """Keep its address back from now on, or go on doing so. What was opened before is closed.

    Raises:
        PermissionDenied: not staff here, or her own household.
        TermWrong: `until` has passed, or lies beyond a year.
    """
    authorise(by, PROTECT, household)
    today = clock.day_of(at)
    if not today <= until <= last_day_under(today, TERM_MONTHS):
        raise TermWrong("期間の最後の日は、きょうから1年までの日を入れてください。")
    with transaction.atomic():
        Household.objects.filter(pk=household.pk).update(protected_until=until, protected_reason=reason)
        _close(household, at)
        events.record("household.protected", household, at=at, by_id=by.pk, until=until.isoformat())


def lift_protection(household: Household, *, by: User, at: dt.datetime) -> None:
    """Show the address as any other again: a decider's deed.

    Raises:
        PermissionDenied: not a decider here, or her own household.
    """
    authorise(by, "applications.decide", household)
    with transaction.atomic():
        if Household.objects.filter(pk=household.pk).update(protected_until=None, protected_reason=""):
            _close(household, at)
            events.record("household.protection_lifted", household, at=at, by_id=by.pk)


def ask_for_address(
    household: Household,
    *,
    purpose: str,
    audience: AddressOpening.Audience,
    last_day: dt.date | None = None,
    by: User,
    at: dt.datetime,
) -> AddressOpening:
    """Ask a colleague to open the address: for the office on this very day, for visitors through `last_day`.

    Raises:
        PermissionDenied: not staff here, or her own household.
        TermWrong: `last_day` has passed, or lies too far ahead.
    """
    authorise(by, PROTECT, household)
    today = clock.day_of(at)
    ends = today if audience == AddressOpening.Audience.OFFICE else last_day or today
    if not today <= ends <= today + LONGEST_OPENING:
        raise TermWrong("最後の日は、きょうから31日までの日を入れてください。")
    with transaction.atomic():
        opening = AddressOpening.objects.create(
            municipality_id=household.municipality_id,
            citizen_id=household.citizen_id,
            household=household,
            audience=audience,
            purpose=purpose,
            last_day=ends,
            asked_by=by,
            asked_at=at,
        )
        events.record("address.asked", opening, at=at, by_id=by.pk, household=household.pk, audience=audience.value)
    return opening


def confirm_address(opening: AddressOpening, *, by: User, at: dt.datetime) -> None:
    """The second person's yes: from now on the address is shown to those it was asked for.

    Raises:
        PermissionDenied: not staff here, her own household, or the one who asked.
        OpeningOver: it was confirmed or closed, or its day has passed.
    """
    authorise(by, "applications.confirm_address", opening)
    waiting = AddressOpening.objects.filter(
        pk=opening.pk, confirmed_at=None, closed_at=None, last_day__gte=clock.day_of(at)
    )
    with transaction.atomic():
        if not waiting.update(confirmed_by=by, confirmed_at=at):
            raise OpeningOver
        events.record("address.confirmed", opening, at=at, by_id=by.pk, household=opening.household_id)


def close_address(opening: AddressOpening, *, by: User, at: dt.datetime) -> None:
    """Keep it back again at once, or say no to what was asked.

    Raises:
        PermissionDenied: not staff here, or her own household.
    """
    authorise(by, PROTECT, opening)
    with transaction.atomic():
        if AddressOpening.objects.filter(pk=opening.pk, closed_at=None).update(closed_at=at):
            events.record("address.closed", opening, at=at, by_id=by.pk, household=opening.household_id)


class TermWrong(Exception):
    """A day that has passed, or lies too far ahead. The message says which may be named."""


class OpeningOver(Exception):
    """It was confirmed or closed meanwhile, or its day has passed."""


def _close(household: Household, at: dt.datetime) -> None:
    AddressOpening.objects.filter(household=household, closed_at=None).update(closed_at=at)
