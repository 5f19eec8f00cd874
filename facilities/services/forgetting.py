"""A person asks to be forgotten: what the law does not keep goes at once, the rest is told with its last day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django_scopes import scopes_disabled

from applications.public import Household, drop_prints_of, forget_unsent, with_case
from eligibility.engine import RECORDS, Record
from eligibility.public import Municipality, keeping_on
from facilities.selectors.keeping import Due, due_of_household
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.forgetting import forget_account
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import drop_files

from .purging import erase


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of hers that stays: until a day, or without one where the municipality has set no time for it."""

    municipality: str
    record: str
    until: dt.date | None
    held: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return RECORDS[Record(self.record)]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went at once, and what stays. `gone`: whether the account's own row is gone too."""

    erased: int
    unsent: int
    gone: bool
    kept: tuple[Kept, ...]


def forget_person(user: User, *, by_id: int | None, at: dt.datetime) -> Forgotten:
    """In all municipalities: drafts and proxies, copies in files, records whose time is over, then the account.

    Each in a transaction of its own; a run that dies is run again and goes on.

    Raises:
        StillStaff: the account works at a centre or a facility.
    """
    with scopes_disabled():
        households = _households(user)
        kept = kept_of(households, on=clock.day_of(at))
        erased = sum(_erase_over(household, at) for household in households)
        unsent = forget_unsent(user, at=at)
        for household in households:
            drop_prints_of(household, at=at)
            drop_files(household.municipality_id, at=at)
        return Forgotten(erased, unsent, forget_account(user, by_id=by_id, at=at), kept)


def kept_by_account(user: User, *, on: dt.date) -> tuple[Kept, ...]:
    """`kept_of` all her households in scope."""
    return kept_of(_households(user), on=on)


def kept_of(households: Iterable[Household], *, on: dt.date) -> tuple[Kept, ...]:
    """What of her records stays on a day whatever she asks for, municipality by municipality."""
    return tuple(kept for household in households for kept in _kept(household, on))


def _households(user: User) -> list[Household]:
    return list(Household.objects.filter(citizen=user).select_related("municipality").order_by("pk"))


def _kept(household: Household, on: dt.date) -> Iterable[Kept]:
    name, due = household.municipality.name, _due(household, on)
    yield from (Kept(name, one.record, one.until, one.held) for one in due if not one.over(on))
    timed = {one.record for one in due}
    application = {Record.APPLICATION, Record.REFUSAL}
    for record in Record:
        if record not in timed and (record not in application or not timed & application):
            yield Kept(name, record, None)


def _erase_over(household: Household, at: dt.datetime) -> int:
    on, municipality = clock.day_of(at), household.municipality
    keeping = keeping_on(municipality, on)
    return sum(erase(one, municipality, keeping, at=at) for one in _due(household, on) if one.over(on))


def _due(household: Household, on: dt.date) -> list[Due]:
    municipality: Municipality = household.municipality
    row = with_case(Household.objects.filter(pk=household.pk)).get()
    return due_of_household(row, keeping_on(municipality, on), on=on)
