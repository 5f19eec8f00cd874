"""Sessions that are over: run out, for nobody comes back to log out, or ended by others."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth import update_session_auth_hash
from django.core.management import call_command
from django.dispatch import receiver
from django.http import HttpRequest

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import Lease, enqueue, handler, planner

from .models import User

CLEAR = "clear_sessions"


@planner
def plan_clearing(now: dt.datetime) -> None:
    """Once a day; two planners at once make one job."""
    enqueue(CLEAR, clock.day_of(now).toordinal(), at=now)


@handler(CLEAR)
def clear_expired(lease: Lease) -> None:
    """Django's own command. A session ends by the system's clock, also where the portal's runs ahead of it."""
    call_command("clearsessions")


def end_sessions(user: User) -> None:
    """End every open session of somebody at its next request.

    A session is good as long as its account's password is the one it began with; nobody here has a password, so what
    stands in its place may be replaced at any time.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])


@receiver([authenticator_added, authenticator_removed])
def others_end(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Whoever sets a second factor up, or takes one away, stays; sessions elsewhere, begun without it, end.

    Else somebody who reads her mails, and came in before her, would go on with the one factor he had.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        end_sessions(user)
        update_session_auth_hash(request, user)
