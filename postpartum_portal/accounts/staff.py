"""Who works at a centre, as the page of its staff shows them."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from eligibility.public import Municipality

from .models import Invitation, Membership


@dataclass(frozen=True, slots=True)
class Colleague:
    """`secured`: a second factor is set up; recovery codes alone are none."""

    membership: Membership
    secured: bool


def staff_of(municipality: Municipality) -> list[Colleague]:
    """Those who work here now, deciders first."""
    rows = list(Membership.objects.filter(municipality=municipality).select_related("user"))
    factors = Authenticator.objects.filter(user_id__in=[row.user_id for row in rows])
    secured = set(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    order = [Membership.Role.DECIDER, Membership.Role.CENTRE, Membership.Role.AUDITOR]
    rows.sort(key=lambda row: (order.index(Membership.Role(row.role)), row.pk))
    return [Colleague(row, row.user_id in secured) for row in rows]


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: Invitation
    expired: bool


def invited_to(municipality: Municipality, *, at: dt.datetime) -> list[Invited]:
    """Invitations nobody has answered; one that has expired may be sent again."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        municipality=municipality, accepted_at=None, withdrawn_at=None
    ).select_related("invited_by")
    return [Invited(row, row.expires_at <= at) for row in rows]
