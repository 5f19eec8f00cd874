"""A person asks to be forgotten: what the law does not keep goes at once, the rest is told with its last day.

At a centre one decider writes her demand down and another one confirms it; the operator does it by command.
"""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from applications.letting_go import Erasure, drop_prints_of, forget_unsent
from applications.public import Household, with_case
from eligibility.engine import RECORDS, Record
from eligibility.public import Municipality, keeping_on
from facilities.selectors.keeping import GOES_ON, Due, closing_of, due_of_household
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.forgetting import StillStaff, forget_account
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.exports import drop_files
from postpartum_portal.shared.jobs import Lease, enqueue, handler
from postpartum_portal.shared.lifecycle import authorise

from .purging import erase

FORGET, DECIDE = "forget_person", "applications.decide"


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
        StillOpen: an application, a booking or a wish of hers goes on; she ends it first.
    """
    with scopes_disabled():
        households = _households(user)
        if any(goes_on(household, on=clock.day_of(at)) for household in households):
            raise StillOpen
        kept = kept_of(households, on=clock.day_of(at))
        erased = sum(_let_go(household, at) for household in households)
        unsent = forget_unsent(user, at=at)
        return Forgotten(erased, unsent, forget_account(user, by_id=by_id, at=at), kept)


def ask_forgetting(household: Household, *, reason: str, by: User, at: dt.datetime) -> Erasure:
    """Write down that she wants to be forgotten here; another decider confirms it.

    Raises:
        PermissionDenied: not a decider here, or her own household.
        AskedAlready: a demand waits for its second person.
        StillOpen: an application, a booking or a wish of hers goes on; she ends it first.
    """
    authorise(by, DECIDE, household)
    if goes_on(household, on=clock.day_of(at)):
        raise StillOpen
    asked = Erasure(
        municipality_id=household.municipality_id,
        subject_kind=Erasure.Subject.HOUSEHOLD,
        subject_id=household.pk,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            asked.save()
            events.record("erasure.asked", asked, at=at, by_id=by.pk, household=household.pk)
    except IntegrityError:
        raise AskedAlready from None
    return asked


def confirm_forgetting(asked: Erasure, *, by: User, at: dt.datetime) -> None:
    """The second person's yes: a job does it at once.

    Raises:
        PermissionDenied: not a decider here, her own household, or the one who asked.
        DemandOver: it was confirmed or withdrawn meanwhile.
    """
    authorise(by, DECIDE, Household.objects.get(pk=asked.subject_id))
    if by.pk == asked.asked_by_id:
        raise PermissionDenied
    with transaction.atomic():
        if not waiting_demands(asked.municipality_id).filter(pk=asked.pk).update(confirmed_by=by, confirmed_at=at):
            raise DemandOver
        events.record("erasure.confirmed", asked, at=at, by_id=by.pk, household=asked.subject_id)
        enqueue(FORGET, asked.pk, at=at, municipality_id=asked.municipality_id)


def withdraw_demand(asked: Erasure, *, by: User, at: dt.datetime) -> None:
    """She has thought better of it, or it was a slip: either of the deciders takes it back before it is confirmed.

    Raises:
        PermissionDenied: not a decider here, or her own household.
        DemandOver: it was confirmed or withdrawn meanwhile.
    """
    authorise(by, DECIDE, Household.objects.get(pk=asked.subject_id))
    with transaction.atomic():
        if not waiting_demands(asked.municipality_id).filter(pk=asked.pk).update(withdrawn_at=at):
            raise DemandOver
        events.record("erasure.withdrawn", asked, at=at, by_id=by.pk, household=asked.subject_id)


def waiting_demands(municipality_id: int) -> QuerySet[Erasure]:
    """Of whom one decider has written it down, and no other has confirmed it."""
    demands = Erasure.objects.filter(municipality=municipality_id, record="", withdrawn_at=None)
    return demands.filter(confirmed_at=None)


@handler(FORGET)
def forget_here(lease: Lease) -> None:
    """What of her is this municipality's; the account goes too, unless she has applied elsewhere or works somewhere."""
    at, asked = clock.now(), Erasure.objects.get(pk=lease.subject_id)
    household = Household.objects.select_related("municipality", "citizen").get(pk=asked.subject_id)
    user = household.citizen
    _let_go(household, at)
    if user:
        forget_unsent(user, at=at)
        with scopes_disabled():
            elsewhere = {row.municipality_id for row in _households(user)} - {household.municipality_id}
        if not elsewhere and not goes_on(household, on=clock.day_of(at)):
            with suppress(StillStaff):
                forget_account(user, by_id=asked.asked_by_id, at=at)
    Erasure.objects.filter(pk=asked.pk, done_at=None).update(done_at=at)


class AskedAlready(Exception):
    """One demand at a time."""


class StillOpen(Exception):
    """Something of hers goes on here; who ends it is she herself, or the centre for her."""


class DemandOver(Exception):
    """Confirmed by somebody else, or withdrawn."""


def kept_by_account(user: User, *, on: dt.date) -> tuple[Kept, ...]:
    """`kept_of` all her households in scope."""
    return kept_of(_households(user), on=on)


def goes_on(household: Household, *, on: dt.date) -> tuple[str, ...]:
    """What of hers is still worked on, in words."""
    return tuple(why for why in closing_of(household, on=on).held if why in GOES_ON)


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


def _let_go(household: Household, at: dt.datetime) -> int:
    """Copies in files, and every record whose time is over."""
    drop_prints_of(household, at=at)
    drop_files(household.municipality_id, at=at)
    on, municipality = clock.day_of(at), household.municipality
    keeping = keeping_on(municipality, on)
    return sum(erase(one, municipality, keeping, at=at) for one in _due(household, on) if one.over(on))


def _due(household: Household, on: dt.date) -> list[Due]:
    municipality: Municipality = household.municipality
    row = with_case(Household.objects.filter(pk=household.pk)).get()
    return due_of_household(row, keeping_on(municipality, on), on=on)
