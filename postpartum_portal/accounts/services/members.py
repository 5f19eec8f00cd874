"""Changing what a colleague may do, and ending it."""

import datetime as dt

from django.db import transaction

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.sessions import end_sessions
from postpartum_portal.accounts.signals import work_laid_down
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

from .inviting import MANAGE


def change_role(membership: Membership, role: Membership.Role, *, by: User, at: dt.datetime) -> None:
    """Let a colleague do more or less from her next request on; whoever only reads leaves her cases to the others.

    Raises:
        PermissionDenied: not a decider here.
        OwnMembership: her own.
        LastDecider: nobody else decides here.
        HasLeft: it ended meanwhile.
    """
    authorise(by, MANAGE, membership)
    with transaction.atomic():
        before = _locked(membership, by=by)
        if before.role == role:
            return
        _check_decider_stays(before)
        Membership.objects.filter(pk=before.pk).update(role=role)
        events.record("membership.changed", before, at=at, by_id=by.pk, role=role, was=before.role)
        if role == Membership.Role.AUDITOR:
            work_laid_down.send(sender=Membership, membership=before, to=None, by_id=by.pk, at=at)


def end_membership(membership: Membership, *, to: User | None, by: User, at: dt.datetime) -> None:
    """Somebody leaves: her cases go to `to`, or to whoever takes them on; all her sessions end at the next request.

    Raises:
        PermissionDenied: not a decider here.
        OwnMembership, LastDecider, HasLeft: as `change_role`.
    """
    authorise(by, MANAGE, membership)
    with transaction.atomic():
        ending = _locked(membership, by=by)
        _check_decider_stays(ending)
        Membership.objects.filter(pk=ending.pk).update(ended_at=at)
        events.record("membership.ended", ending, at=at, by_id=by.pk, to=to.pk if to else None)
        work_laid_down.send(sender=Membership, membership=ending, to=to, by_id=by.pk, at=at)
        end_sessions(ending.user)


class OwnMembership(Exception):
    """One's own role is for another decider to change."""


class LastDecider(Exception):
    """Nobody would be left who may decide."""


class HasLeft(Exception):
    """The membership ended meanwhile."""


def _locked(membership: Membership, *, by: User) -> Membership:
    """The row as it stands, one change at a time: two deciders may be about to end each other's."""
    Municipality.objects.select_for_update().get(pk=membership.municipality_id)
    authorise(by, MANAGE, membership)
    if membership.user_id == by.pk:
        raise OwnMembership
    row = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        raise HasLeft
    return row


def _check_decider_stays(leaving: Membership) -> None:
    others = Membership.objects.filter(
        municipality_id=leaving.municipality_id, role=Membership.Role.DECIDER, user__is_active=True
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise LastDecider
