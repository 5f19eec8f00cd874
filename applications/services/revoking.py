"""Revoking an approval: one transaction for the decision, what ends with it, and its letter with the number.

There is no way back: what is to hold afterwards is a new application, or a review of this decision.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed

from applications.letters import revoke as letter
from applications.letters.content import LetterContent
from applications.letters.register import enter_letter
from applications.models import Amendment, Application, Coupon, Decision, Entitlement, Letter, Revocation
from applications.selectors.amendments import original_of
from applications.selectors.endings import entitlement_under, grants_of, grants_on, lost_with, revocation_of
from applications.signals import approval_revoked, entitlement_changed
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, pass_transition

from .holding import hold_family
from .preparing import SameHands, authorise_decision, check_reason, number_to_come, printable


def revoke(application: Application, *, by: User, at: dt.datetime, reason: str, effective_on: dt.date) -> Revocation:
    """End an approval from `effective_on` on. `reason` is the facts and the rule as the letter will say them.

    What was used stays used. Bookings of days from then on, places in line and wishes are given up by whoever keeps
    them (`approval_revoked`), free of charge; coupons are withdrawn.

    Raises:
        AlreadyRevoked: somebody else was first; says who and when. Nothing changes.
        What `prepare_revocation` raises.
    """
    content = prepare_revocation(application, by=by, at=at, reason=reason, effective_on=effective_on)
    with transaction.atomic():
        row = _revoke(application, by=by, at=at, reason=reason, effective_on=effective_on)
        _end_grants(row, by=by, at=at)
        Amendment.objects.filter(decision=row.decision, issued_at=None).delete()
        on = clock.day_of(at)
        enter_letter(Letter.Kind.REVOCATION, content, about=application, on=on, at=at)
        events.record("decision.revoked", row.decision, at=at, by_id=by.pk, application=application.pk)
    return row


def authorise_revocation(application: Application, by: User) -> None:
    """Raises PermissionDenied, SameHands, AlreadyRevoked or NotApproved: as `prepare_revocation`."""
    authorise_decision(application, by)
    if application.status == Application.Status.APPROVED:
        return
    earlier = revocation_of(application)
    raise AlreadyRevoked(earlier) if earlier else NotApproved


def may_redecide(application: Application, by: User) -> bool:
    """Whether an approval stands here that this person may change or end."""
    try:
        authorise_revocation(application, by)
    except (PermissionDenied, SameHands, AlreadyRevoked, NotApproved):
        return False
    return True


def prepare_revocation(
    application: Application, *, by: User, at: dt.datetime, reason: str, effective_on: dt.date
) -> LetterContent:
    """The letter of a revocation, its number still to come.

    Raises:
        PermissionDenied, SameHands, ReasonTooThin, MissingGlyph: as for a refusal.
        AlreadyRevoked, NotApproved: there is no approval to end (any more).
        EndsInThePast: the day has passed; what was used rightly stays right.
    """
    authorise_revocation(application, by)
    decision, on = _approval(application), clock.day_of(at)
    if effective_on < on:
        raise EndsInThePast
    check_reason(reason, application, on=on)
    content = letter.revocation(
        decision,
        original_of(application),
        number=number_to_come(application, on),
        on=on,
        effective_on=effective_on,
        reason=reason,
    )
    return printable(content)


class AlreadyRevoked(Exception):
    """Two deciders at once: the other one's `revocation` stands."""

    def __init__(self, revocation: Revocation) -> None:
        super().__init__(revocation.pk)
        self.revocation = revocation


class NotApproved(Exception):
    """Nothing was approved here: there is nothing to revoke or to change."""


class EndsInThePast(Exception):
    """An approval ends today or on a day to come."""


def _approval(application: Application) -> Decision:
    rows = Decision.objects.select_related("application__municipality", "application__birth__household")
    return rows.get(application=application)


def _revoke(application: Application, *, by: User, at: dt.datetime, reason: str, effective_on: dt.date) -> Revocation:
    """Pass the transition, which only one decider can."""
    decision = Decision.objects.get(application=application)
    try:
        pass_transition(application.revoke)
    except (Overtaken, TransitionNotAllowed):
        earlier = revocation_of(application)
        raise AlreadyRevoked(earlier) if earlier else NotApproved from None
    return Revocation.objects.create(
        municipality_id=application.municipality_id,
        citizen_id=application.citizen_id,
        decision=decision,
        reason=reason,
        effective_on=effective_on,
        revoked_at=at,
        by=by,
    )


def _end_grants(row: Revocation, *, by: User, at: dt.datetime) -> None:
    """Whoever books meanwhile was first and is given up with the others, or comes later and finds nothing granted."""
    entitlement = entitlement_under(row.decision)
    hold_family(entitlement)
    lost = lost_with(row.decision, on=row.effective_on)
    grants_of(row.decision).exclude(ends_on__lte=row.effective_on).update(ends_on=row.effective_on)
    since = row.effective_on
    approval_revoked.send(sender=Revocation, entitlement=entitlement, services=lost, since=since, by=by, at=at)
    if not grants_on(entitlement, clock.day_of(at)).exists():
        Coupon.objects.filter(entitlement=entitlement, withdrawn_at=None).update(withdrawn_at=at)
    entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)
