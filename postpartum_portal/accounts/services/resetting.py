"""Taking a colleague's second factor away, by two persons; her next sign-in makes her set one up anew."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from postpartum_portal.accounts.models import FactorReset, Membership, User
from postpartum_portal.accounts.models.factor_reset import VALID_FOR
from postpartum_portal.accounts.sessions import end_sessions
from postpartum_portal.shared import events, mail
from postpartum_portal.shared.lifecycle import authorise


def ask_reset(membership: Membership, *, reason: str, by: User, at: dt.datetime) -> FactorReset:
    """Ask a decider to take a colleague's second factor away, within a day.

    Raises:
        PermissionDenied: not staff here, or one's own.
        AskedAlready: a request waits for its second person.
    """
    asked = FactorReset(
        municipality_id=membership.municipality_id,
        user_id=membership.user_id,
        reason=reason,
        asked_by=by,
        asked_at=at,
        expires_at=at + VALID_FOR,
    )
    authorise(by, "accounts.ask_reset", asked)
    if membership.user_id == by.pk:
        raise PermissionDenied
    with transaction.atomic():
        User.objects.select_for_update().get(pk=membership.user_id)  # two may ask at once
        if waiting_resets(membership.municipality_id, at=at).filter(user_id=membership.user_id).exists():
            raise AskedAlready
        asked.save()
        events.record("second_factor.reset_asked", asked, at=at, by_id=by.pk, user=asked.user_id)
    return asked


def confirm_reset(asked: FactorReset, *, by: User, at: dt.datetime) -> None:
    """The second person's yes: her second factors and her sessions are gone, and a mail tells her so.

    Raises:
        PermissionDenied: not a decider here, the one who asked, or the one whose it is.
        ResetOver: it was confirmed meanwhile, its day has passed, or she works here no more.
    """
    authorise(by, "accounts.confirm_reset", asked)
    if by.pk in (asked.asked_by_id, asked.user_id):
        raise PermissionDenied
    with transaction.atomic():
        if (
            not waiting_resets(asked.municipality_id, at=at)
            .filter(pk=asked.pk)
            .update(confirmed_by=by, confirmed_at=at)
        ):
            raise ResetOver
        Authenticator.objects.filter(user_id=asked.user_id).delete()
        end_sessions(asked.user)
        events.record("second_factor.reset", asked, at=at, by_id=by.pk, user=asked.user_id)
        mail.post(
            "second_factor_reset",
            asked.user.email,
            key=f"second_factor_reset:{asked.pk}",
            at=at,
            municipality=asked.municipality,
        )


def waiting_resets(municipality_id: int, *, at: dt.datetime) -> QuerySet[FactorReset]:
    """What waits for a second person; a request of yesterday, or about somebody who has left, waits no more."""
    here = Membership.objects.filter(municipality_id=municipality_id).values("user_id")
    return FactorReset.objects.filter(
        municipality_id=municipality_id, confirmed_at=None, expires_at__gt=at, user_id__in=here
    )


class AskedAlready(Exception):
    """One request at a time."""


class ResetOver(Exception):
    """Confirmed by somebody else, or too late."""
